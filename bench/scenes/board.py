"""Scenes of boards, the page of honours, and both in a hall."""

from __future__ import annotations

from bench.scenes.scene import Scene, at
from core import clock
from core.values.week import local_date

PAST = "/thi/lam-binh-2023"
SEASON = f"/thi/cai-cach-hanh-chinh-{local_date(clock.now()).year}"

BOARD_SCENES = (
    Scene("bang-xa-cua-ban", "Bảng xếp hạng, đã chọn xã của bạn", at(SEASON + "/bang?xa={flagship.own_unit}")),
    Scene("bang-thon", "Bảng xếp hạng có thôn", at("/thi/{flagship.villages}/bang"), prints=True),
    Scene("bang-mua-thi-tuan", "Bảng xếp hạng một tuần", at(SEASON + "/bang?tuan=2&xep=nguoi"), prints=True),
    Scene("bang-mua-thi-luot", "Bảng xếp hạng các tuần, theo lượt", at(SEASON + "/bang?tuan=ca&xep=luot")),
    Scene("bang-vang", "Bảng vàng một mùa thi", at(SEASON + "/bang-vang"), prints=True),
    Scene("bang-vang-2023", "Bảng vàng Lâm Bình 2023", at(PAST + "/bang-vang"), prints=True),
    Scene("hoi-truong-bang", "Bảng xếp hạng trong hội trường", at(SEASON + "/bang?chieu")),
    Scene("hoi-truong-mo-dau", "Lễ công bố, chưa mở giải nào", at(SEASON + "/tuan/2?chieu")),
    Scene("hoi-truong-giua", "Lễ công bố, đã mở ba giải", at(SEASON + "/tuan/2?chieu=3")),
    Scene("hoi-truong-het", "Lễ công bố, đã mở hết", at(SEASON + "/tuan/2?chieu=6")),
)
