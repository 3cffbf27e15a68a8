"""Scenes of bringing a contest to its people: who has not taken part, messages, sheets printed too early, objections
that are alike, and the page on which people wait for a common start.
"""

from __future__ import annotations

from typing import Any

from bench.scenes.scene import QUIZ, Scene, at, press
from bench.stage.instance import Stage
from bench.stage.reach import SLUG, TOGETHER

DESK = f"{QUIZ}/{SLUG}"
MESSAGES = f"{DESK}/nhan-tin"
STOP = f"/thi/{SLUG}/thoi"


def absent_of_a_unit(page: Any, url: str, stage: Stage) -> None:
    at(f"{DESK}/tuan/2/chua-thi")(page, url, stage)
    page.locator("table tbody th a").first.click()


def previewed(page: Any, url: str, stage: Stage) -> None:
    """Write a message to those who have not taken part, and look at it."""
    at(MESSAGES)(page, url, stage)
    page.locator("textarea").fill("Còn ba ngày là hết Đợt 2, mời bà con vào thi, mười phút là xong.")
    page.get_by_label("chưa thi đợt này").check()
    press(page, "Xem trước")


def sent(page: Any, url: str, stage: Stage) -> None:
    """Open the message that went out yesterday."""
    at(MESSAGES)(page, url, stage)
    page.locator("table tbody th a").first.click()


def stopped_wrongly(page: Any, url: str, stage: Stage) -> None:
    at(STOP)(page, url, stage)
    page.get_by_label("Số điện thoại").fill(stage.reach.stop_phone)
    page.get_by_label("6 số").fill("000000" if stage.reach.stop_digits != "000000" else "111111")
    press(page, "Thôi nhận tin")


def stopped(page: Any, url: str, stage: Stage) -> None:
    at(STOP)(page, url, stage)
    page.get_by_label("Số điện thoại").fill(stage.reach.stop_phone)
    page.get_by_label("6 số").fill(stage.reach.stop_digits)
    press(page, "Thôi nhận tin")


def waiting(page: Any, url: str, stage: Stage) -> None:
    """Type the code before a common start."""
    at(f"/thi/{TOGETHER}/vao-thi")(page, url, stage)
    page.get_by_label("Mã cá nhân").fill(stage.reach.waiting_code)
    press(page, "Vào phòng chờ")


REACH_SCENES = (
    Scene("dd-chua-thi", "Ai chưa thi, có danh sách", at(f"{DESK}/tuan/2/chua-thi"), "organiser", prints=True),
    Scene("dd-chua-thi-don-vi", "Ai chưa thi, một đơn vị", absent_of_a_unit, "organiser"),
    Scene("dd-danh-sach", "Danh sách người dự thi", at(f"{DESK}/danh-sach"), "organiser"),
    Scene("dd-phieu-cu", "Phiếu giấy in trước khi đề đổi", at(f"{DESK}/tuan/3/phieu-giay"), "organiser"),
    Scene("dd-phieu-cu-mot", "Một phiếu in trước khi đề đổi", at(f"{DESK}/tuan/3/phieu-giay/1"), "organiser"),
    Scene("dd-khieu-nai", "Khiếu nại giống nhau", at(f"{DESK}/tuan/1/khieu-nai"), "organiser"),
    Scene(
        "dd-khieu-nai-nhieu",
        "Trả lời nhiều khiếu nại một lần",
        at(f"{DESK}/tuan/1/khieu-nai/nhieu?nhom=cau-2"),
        "organiser",
    ),
    Scene("dd-nhan-tin", "Nhắn tin: soạn", at(MESSAGES), "organiser"),
    Scene("dd-nhan-tin-xem", "Nhắn tin: xem trước", previewed, "organiser"),
    Scene("dd-nhan-tin-gui", "Nhắn tin: đang gửi", sent, "organiser"),
    Scene("cuoc-thi-thoi-sai", "Thôi nhận tin: sai 6 số", stopped_wrongly),
    Scene("cuoc-thi-thoi-xong", "Thôi nhận tin: đã ghi", stopped),
    Scene("vao-thi-cung-gio", "Vào thi: bắt đầu cùng lúc", at(f"/thi/{TOGETHER}/vao-thi")),
    Scene("vao-thi-cho", "Phòng chờ giờ bắt đầu", waiting),
    Scene("cuoc-thi-cung-gio", "Cuộc thi bắt đầu cùng lúc", at(f"/thi/{TOGETHER}")),
)
