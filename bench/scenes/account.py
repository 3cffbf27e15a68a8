"""Scenes of accounts: signing in step by step, one's own account, and the administrator's pages."""

from __future__ import annotations

from typing import Any

import pyotp

from bench.scenes.scene import WRONG, Scene, Way, at, press, sent_empty, sign_in
from bench.stage.instance import PASSWORD, Stage
from core import clock

LIST, MINE = "/quan-tri/tai-khoan/danh-sach", "/quan-tri/tai-khoan"


def first_run(code: str) -> Way:
    """The page of the first run, with a name that several places have."""

    def way(page: Any, url: str, _stage: Stage) -> None:
        page.goto(f"{url}/quan-tri/cai-dat")
        for label, text in (
            ("Mã cài đặt", code), ("Tỉnh, thành phố", "xuan lap"), ("Họ và tên", "Ma Thị Hoà"),
            ("Cơ quan chủ trì khảo sát", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Tuyên Quang"),
            ("Địa chỉ công khai", "https://danhgia.tuyenquang.gov.vn"), ("Thư điện tử", "hoa@tuyenquang.gov.vn"),
        ):  # fmt: skip
            page.get_by_label(label).first.fill(text)
        for label in ("Mật khẩu", "Nhập lại mật khẩu"):
            page.get_by_label(label, exact=True).fill(WRONG)
        press(page, "Cài đặt hệ thống")

    return way


def asked(page: Any, url: str, stage: Stage) -> None:
    """A staff page opened without a session."""
    page.goto(f"{url}/quan-tri/cuoc-thi/{stage.running}")


def too_late(page: Any, url: str, stage: Stage) -> None:
    """An office typed in a session that is ended meanwhile from another computer."""
    sign_in(page, url, stage.officer)
    page.goto(f"{url}/quan-tri/danh-gia/them")
    page.get_by_label("Đơn vị").select_option(index=1)
    page.get_by_label("Tên cơ quan", exact=True).fill("Trung tâm Phục vụ hành chính công xã Côn Lôn")
    page.get_by_label("Cơ quan chủ trì khảo sát").fill("Ủy ban Mặt trận Tổ quốc xã Côn Lôn")
    end_from_elsewhere(page, url, stage.officer)
    press(page, "Thêm cơ quan")


def end_from_elsewhere(page: Any, url: str, email: str) -> None:
    """The account signs in on another computer and ends its other sessions."""
    other = page.context.browser.new_context(locale="vi-VN").new_page()
    sign_in(other, url, email)
    other.goto(url + MINE)
    press(other, "Đăng xuất khỏi mọi nơi khác")
    other.context.close()


def too_late_without_scripts(page: Any, url: str, stage: Stage) -> None:
    page.route("**/keep.js*", lambda route: route.abort())
    too_late(page, url, stage)


def button_too_late(page: Any, url: str, stage: Stage) -> None:
    """A button of one's own account, pressed when the session is over."""
    sign_in(page, url, stage.officer)
    page.goto(url + MINE)
    page.context.clear_cookies()
    page.get_by_role("button", name="Đăng xuất khỏi mọi nơi khác").click()


def shown_again(page: Any, url: str, stage: Stage) -> None:
    too_late(page, url, stage)
    page.get_by_label("Thư điện tử").fill(stage.officer)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    press(page, "Đăng nhập")


def waiting(page: Any, url: str, stage: Stage) -> None:
    for _ in range(6):
        sign_in(page, url, stage.officer, WRONG)


def code_asked(page: Any, url: str, stage: Stage) -> None:
    sign_in(page, url, stage.guarded)
    page.get_by_text("Không có điện thoại").click()


def code_wrong(page: Any, url: str, stage: Stage) -> None:
    sign_in(page, url, stage.guarded)
    page.get_by_label("Mã xác thực").fill("000000")
    press(page, "Tiếp tục")


def setting_up(page: Any, url: str, stage: Stage) -> None:
    sign_in(page, url, stage.bare)


def set_up(page: Any, url: str, stage: Stage) -> None:
    setting_up(page, url, stage)
    secret = page.locator(".code").inner_text().replace("-", "")
    page.get_by_label("Mã xác thực").fill(pyotp.TOTP(secret).at(clock.now()))
    press(page, "Xác nhận")


def coming(page: Any, url: str, stage: Stage) -> None:
    page.goto(f"{url}/quan-tri/vao/{stage.invitation}")


def coming_wrongly(page: Any, url: str, stage: Stage) -> None:
    coming(page, url, stage)
    page.get_by_label("Mật khẩu mới", exact=True).fill("ngắn")
    press(page, "Đặt mật khẩu")


def invite_of_several(page: Any, url: str, _stage: Stage) -> None:
    """Several communes whose names match what was typed."""
    page.goto(f"{url}{LIST}/moi")
    page.get_by_label("Thư điện tử").fill("an@xa.gov.vn")
    page.get_by_label("Họ và tên").fill("Nguyễn Văn An")
    page.get_by_label("Vai trò").select_option("writer")
    page.get_by_label("Đơn vị").fill("minh")
    press(page, "Tạo lời mời")


def invited(page: Any, url: str, _stage: Stage) -> None:
    page.goto(f"{url}{LIST}/moi")
    page.get_by_label("Thư điện tử").fill("ly-thi-mui@xa.gov.vn")
    page.get_by_label("Họ và tên").fill("Lý Thị Mùi")
    page.get_by_label("Vai trò").select_option("manager")
    page.get_by_label("Đơn vị").fill("con lon")
    press(page, "Tạo lời mời")


def colleague(page: Any, url: str, stage: Stage) -> None:
    page.goto(f"{url}{LIST}/?tim={stage.guarded}")
    page.locator("tbody a").first.click()
    page.get_by_text("Giao thêm vai trò").click()


def widening(page: Any, url: str, stage: Stage) -> None:
    """A role in the whole province for a person who was invited to one commune."""
    invited_once(page, url, stage)
    page.goto(f"{url}{LIST}/?tim=ly-thi-sinh")
    page.locator("tbody a").first.click()
    page.get_by_text("Giao thêm vai trò").click()
    page.get_by_label("Vai trò").select_option("writer")
    page.get_by_label("Đơn vị").fill("vung ho tuyen quang")
    press(page, "Giao vai trò")


def turning_off(page: Any, url: str, stage: Stage) -> None:
    colleague(page, url, stage)
    page.get_by_role("link", name="Tắt tài khoản").click()


def ticked(page: Any, url: str, search: str, button: str) -> None:
    page.goto(f"{url}{LIST}/{search}")
    for box in page.locator("tbody input[type=checkbox]").all()[:4]:
        box.check()
    page.get_by_role("button", name=button, exact=True).click()


def switching_off(page: Any, url: str, _stage: Stage) -> None:
    ticked(page, url, "", "Tắt")


def invited_again(page: Any, url: str, stage: Stage) -> None:
    invited_once(page, url, stage)
    ticked(page, url, "?tim=ly-thi-sinh", "Gửi lại lời mời")
    page.get_by_role("button", name="Gửi lại 1 lời mời").click()


def invited_once(page: Any, url: str, _stage: Stage) -> None:
    """Invite one more person through the page."""
    page.goto(f"{url}{LIST}/moi")
    page.get_by_label("Thư điện tử").fill("ly-thi-sinh@xa.gov.vn")
    page.get_by_label("Họ và tên").fill("Lý Thị Sinh")
    page.get_by_label("Vai trò").select_option("manager")
    page.get_by_label("Đơn vị").fill("con lon")
    press(page, "Tạo lời mời")


ACCOUNT_SCENES = [
    Scene("dang-nhap-da-hoi", "Đăng nhập: mở trang cần đăng nhập", asked),
    Scene("dang-nhap-qua-gio", "Đăng nhập: gửi khi phiên đã hết", too_late),
    Scene("dang-nhap-qua-gio-khong-js", "Đăng nhập: như trên, không có JavaScript", too_late_without_scripts),
    Scene("dang-nhap-qua-gio-nut", "Đăng nhập: bấm nút khi phiên đã hết", button_too_late),
    Scene("hien-lai", "Nội dung hiện lại sau khi đăng nhập", shown_again),
    Scene("ma-xac-thuc", "Nhập mã xác thực", code_asked),
    Scene("ma-xac-thuc-sai", "Nhập mã xác thực: chưa đúng", code_wrong),
    Scene("thiet-lap-ma", "Thiết lập mã xác thực", setting_up),
    Scene("ma-khoi-phuc", "Mã khôi phục", set_up, prints=True),
    Scene("nhan-tai-khoan", "Nhận tài khoản", coming),
    Scene("nhan-tai-khoan-loi", "Nhận tài khoản: cần sửa", coming_wrongly),
    Scene("duong-dan-het", "Đường dẫn không còn dùng được", at("/quan-tri/vao/khong-co")),
    Scene("tai-khoan-cua-toi", "Tài khoản của tôi", at(MINE), "administrator"),
    Scene("doi-mat-khau", "Đổi mật khẩu", sent_empty(f"{MINE}/mat-khau", "Đổi mật khẩu"), "administrator"),
    Scene("doi-dien-thoai", "Đổi điện thoại", at(f"{MINE}/ma-xac-thuc"), "administrator"),
    Scene("lam-ma-moi", "Làm mã khôi phục mới", at(f"{MINE}/ma-khoi-phuc"), "administrator"),
    Scene("ql-tai-khoan", "Các tài khoản", at(f"{LIST}/"), "administrator"),
    Scene("ql-tai-khoan-nhieu", "Tắt nhiều tài khoản: hỏi lại", switching_off, "administrator"),
    Scene("ql-tai-khoan-moi-lai", "Gửi lại lời mời", invited_again, "administrator"),
    Scene("ql-tai-khoan-khong", "Các tài khoản: không thấy", at(f"{LIST}/?tim=khong+co"), "administrator"),
    Scene("ql-moi-nguoi", "Mời người mới: nhiều đơn vị cùng tên", invite_of_several, "administrator"),
    Scene("ql-da-moi", "Đã tạo lời mời", invited, "administrator"),
    Scene("ql-mot-tai-khoan", "Một tài khoản", colleague, "administrator"),
    Scene("ql-giao-noi-khac", "Giao vai trò ở nơi khác: hỏi lại", widening, "administrator"),
    Scene("ql-nguoi-duoc-moi", "Một người được mời", at(LIST + "/{invited_id}"), "administrator"),
    Scene("ql-rut-loi-moi", "Rút lời mời: hỏi lại", at(LIST + "/{invited_id}/rut-loi-moi"), "administrator"),
    Scene("ql-tat-tai-khoan", "Tắt tài khoản: hỏi lại", turning_off, "administrator"),
    Scene("dang-nhap-cho", "Đăng nhập: phải đợi", waiting),
]
