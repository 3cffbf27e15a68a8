"""Signing in through the pages: invited, with a second factor, and again the next day."""

import re

from playwright.sync_api import expect

from account.operations.links import invite, make_link
from account.rules.permissions import Role
from core import clock
from tests.factories import make_account, make_unit
from tests.journeys.steps import follow, heading, press, sign_in
from tests.support.codes import code_now

NEW = "bón lúa mùa này"


def test_an_invited_organiser_sets_a_telephone_up_and_comes_back_with_a_recovery_code(village, page, scripts):
    with village.session() as session:
        account = invite(
            session, email=f"an{scripts}@xa.gov.vn".lower(), name="An", role=Role.ORGANISER, unit=make_unit(session),
            now=clock.now(),
        )  # fmt: skip
        email, secret = account.email, make_link(session, account, now=clock.now())

    page.goto(f"{village.url}/quan-tri/vao/{secret}")
    expect(heading(page)).to_have_text("Nhận tài khoản")
    assert secret not in page.url
    page.get_by_label("Họ và tên").fill("Nguyễn Thị An")
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEW)
    page.get_by_label("Nhập lại mật khẩu mới").fill(NEW)
    press(page, "Đặt mật khẩu")

    expect(heading(page)).to_have_text("Thiết lập mã xác thực")
    telephone = page.locator(".code").inner_text().replace("-", "")
    page.get_by_label("Mã xác thực").fill(code_now(telephone))
    press(page, "Xác nhận")
    expect(heading(page)).to_have_text("Mã khôi phục")
    recovery = page.locator(".codes li").first.inner_text()
    follow(page, "Đã cất mã, tiếp tục")
    expect(heading(page)).to_contain_text("Hôm nay")

    page.locator("summary", has_text="Khác").click()
    press(page, "Đăng xuất")
    sign_in(page, village.url, email, NEW)
    expect(heading(page)).to_have_text("Nhập mã xác thực")
    page.get_by_label("Mã xác thực").fill(recovery)
    press(page, "Tiếp tục")
    expect(heading(page)).to_contain_text("Hôm nay")
    page.locator("summary", has_text="Khác").click()
    follow(page, "Tài khoản của tôi")
    expect(page.get_by_text("Còn 9 mã")).to_be_visible()


def test_signing_in_leads_back_to_the_requested_page(village, page):
    with village.session() as session:
        email = make_account(session, role=Role.MANAGER).email

    page.goto(f"{village.url}/quan-tri/danh-gia/?tim=lam+binh")
    expect(heading(page)).to_have_text("Đăng nhập cho cán bộ")
    page.get_by_label("Thư điện tử").fill(email)
    page.get_by_label("Mật khẩu").fill("bon lua mua nay")
    press(page, "Đăng nhập")

    expect(page).to_have_url(re.compile(r"/quan-tri/danh-gia/\?tim=lam\+binh$"))
    expect(heading(page)).to_have_text("Đánh giá tại quầy")
