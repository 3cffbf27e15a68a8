"""Scenes of practising, of another unit, of paper sheets, and of the board and the clock that others show."""

from __future__ import annotations

from typing import Any

from bench.scenes.scene import QUIZ, Scene, at, press
from bench.stage.instance import Stage

PRACTICE = "/thi/{past}/tuan/1/luyen-tap"


def on_trial(page: Any, url: str, stage: Stage) -> None:
    """Open the trial of a contest that has not begun."""
    at(QUIZ + "/{coming}")(page, url, stage)
    press(page, "tổng duyệt")


def trial_deleted(page: Any, url: str, stage: Stage) -> None:
    """Open the question before a trial is deleted."""
    on_trial(page, url, stage)
    page.get_by_role("link", name="Xóa với mọi dữ liệu thử").first.click()


def on_absent(page: Any, url: str, stage: Stage) -> None:
    """Open the first unit of the list of who has not taken part."""
    at(QUIZ + "/{running}/tuan/4/chua-thi")(page, url, stage)
    page.locator("table tbody th a").first.click()


def own_unit(page: Any, url: str, stage: Stage) -> None:
    """Open the first village, office or school of a contest."""
    at(QUIZ + "/{flagship.villages}/don-vi")(page, url, stage)
    page.get_by_role("link", name="Sửa tên, xóa").first.click()


TAKING_SCENES = [
    Scene("bang-luyen-tap", "Luyện tập: một câu hỏi", at(PRACTICE)),
    Scene("bang-luyen-tap-dap-an", "Luyện tập: đáp án và căn cứ", at(PRACTICE + "?cau=1&chon=B&xem=1")),
    Scene("bang-luyen-tap-trong", "Luyện tập: chưa chọn phương án", at(PRACTICE + "?cau=2&xem=1&da=1")),
    Scene("bang-nhung", "Bảng nhúng trong trang khác", at("/embed/thi/{running}/bang")),
    Scene("hoi-truong-dong-ho", "Đồng hồ hội trường", at("/thi/{running}/dong-ho")),
    Scene("cuoc-thi-doi-don-vi", "Xin đổi đơn vị dự thi", at("/thi/{running}/doi-don-vi")),
    Scene("cuoc-thi-doi-don-vi-ma", "Xem trả lời đổi đơn vị: nhập mã", at("/thi/{running}/doi-don-vi?xem=1")),
    Scene("ql-doi-don-vi", "Yêu cầu đổi đơn vị", at(QUIZ + "/{running}/doi-don-vi"), "organiser"),
    Scene("ql-moi-dan", "Đưa cuộc thi đến người dân", at(QUIZ + "/{running}/moi"), "organiser"),
    Scene("ql-chua-thi", "Ai chưa thi, theo đơn vị", at(QUIZ + "/{running}/tuan/4/chua-thi"), "organiser"),
    Scene("ql-chua-thi-don-vi", "Ai chưa thi, một đơn vị", on_absent, "organiser"),
    Scene("ql-nhan-tin", "Nhắn tin đến người dự thi", at(QUIZ + "/{running}/nhan-tin"), "organiser"),
    Scene("ql-vao-thi", "Thêm đơn vị vào cuộc thi đang chạy", at(QUIZ + "/{running}/don-vi/vao-thi"), "organiser"),
    Scene("ql-so-dan", "Sửa đổi số dân của cuộc thi", at(QUIZ + "/{running}/don-vi/so-dan"), "organiser"),
    Scene("cuoc-thi-thoi-nhan-tin", "Thôi nhận tin nhắn", at("/thi/{running}/thoi")),
    Scene("ql-tong-duyet", "Tổng duyệt: các bước", on_trial, "organiser"),
    Scene("ql-tong-duyet-xoa", "Tổng duyệt: xóa", trial_deleted, "organiser"),
    Scene("ql-don-vi", "Thôn, cơ quan, trường của cuộc thi", at(QUIZ + "/{running}/don-vi"), "organiser"),
    Scene("ql-don-vi-mot", "Một thôn của cuộc thi: sửa tên, xóa", own_unit, "host"),
    Scene("ql-phieu-giay", "Phiếu giấy của một đợt", at(QUIZ + "/{running}/tuan/3/phieu-giay"), "organiser"),
]
