"""Two walks with a picture per step: from the set-up to the first rating, and from a request to erasure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from bench.scenes.pages import my_rights
from bench.scenes.scene import ASKED, at, press
from bench.stage.instance import PASSWORD, Stage
from tests.journeys.steps import scan
from tests.support.codes import code_now

Step = tuple[str, Any]
"""A step: what was done, and the page that shows it."""
HOST, EMAIL = "Ủy ban Mặt trận Tổ quốc xã Lâm Bình", "hoa@lambinh.gov.vn"
OFFICE = "Trung tâm Phục vụ hành chính công xã Lâm Bình"


def fill(page: Any, **typed: str) -> None:
    """Type into the fields with these labels; underscores stand for blanks."""
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " ")).first.fill(text)


def follow(page: Any, words: str) -> None:
    """Follow the first link with these words."""
    with page.expect_navigation():
        page.get_by_role("link", name=words).first.click()


def first_rating(page: Any, phone: Any, url: str, code: str) -> Iterator[Step]:
    """An official's walk, with the code that `flask setup` printed; the *phone* is a citizen's."""
    page.goto(f"{url}/quan-tri/cai-dat")
    fill(page, Mã_cài_đặt=code, Tỉnh="xa lam binh tuyen quang", Cơ_quan_chủ_trì=HOST, Họ_và_tên="Ma Thị Hoà")
    fill(page, Địa_chỉ_công_khai="https://danhgia.lambinh.gov.vn", Thư_điện_tử=EMAIL)
    for label in ("Mật khẩu", "Nhập lại mật khẩu"):
        page.get_by_label(label, exact=True).fill(PASSWORD)
    yield "Cài đặt lần đầu", page
    press(page, "Cài đặt hệ thống")
    fill(page, Thư_điện_tử=EMAIL, Mật_khẩu=PASSWORD)
    yield "Đăng nhập", page
    press(page, "Đăng nhập")
    fill(page, Mã_xác_thực=code_now(page.locator(".code").inner_text().replace("-", "")))
    yield "Mã xác thực trên điện thoại", page
    press(page, "Xác nhận")
    yield "Mã dự phòng", page
    follow(page, "Đã cất mã, tiếp tục")
    yield "Hôm nay: các bước", page
    follow(page, "Thêm cơ quan")
    fill(page, Tên_cơ_quan=OFFICE, Cơ_quan_chủ_trì=HOST)
    yield "Thêm cơ quan", page
    press(page, "Thêm cơ quan")
    follow(page, "Hôm nay")
    follow(page, "Thêm quầy")
    fill(page, Số_quầy="1", Lĩnh_vực="Đất đai")
    yield "Thêm quầy", page
    press(page, "Thêm quầy")
    follow(page, "Hôm nay")
    follow(page, "Mở trang in")
    yield "In tờ treo", page
    page.goto(f"{page.url}/1/ma-qr.svg")
    phone.goto(url + urlsplit(scan(page.screenshot())).path)
    yield "Người dân quét mã", phone
    phone.get_by_label("Rất hài lòng").check()
    press(phone, "Gửi")
    yield "Cảm ơn, và nói thêm nếu muốn", phone
    page.goto(f"{url}/quan-tri/")
    yield "Hôm nay: sau lượt đầu tiên", page


def erasure(page: Any, phone: Any, url: str, stage: Stage) -> Iterator[Step]:
    """A participant requests erasure by code; the organiser, signed in on *page*, answers."""
    my_rights(phone, url, stage)
    phone.get_by_label("Yêu cầu").select_option(label="Xóa thông tin")
    yield "Người dự thi: thông tin của tôi", phone
    press(phone, "Gửi yêu cầu")
    yield "Người dự thi: đã gửi", phone
    at(f"{ASKED}/")(page, url, stage)
    yield "Ban Tổ chức: các yêu cầu", page
    follow(page, "Xóa thông tin")
    yield "Ban Tổ chức: yêu cầu, hạn theo luật", page
    press(page, "Ghi: đã báo nhận")
    yield "Đã báo nhận", page
    follow(page, "Xóa thông tin")
    yield "Hỏi lại trước khi xóa", page
    page.get_by_role("checkbox").check()
    with page.expect_navigation():  # the words depend on whether this person's round awaits publication
        page.locator("button.danger").click()
    yield "Đã xóa, hoặc tạm dừng để chờ công bố", page
