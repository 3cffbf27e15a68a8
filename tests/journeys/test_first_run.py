"""A new installation from `flask setup` in an empty folder to the first rating."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.journeys.steps import THANKS, follow, heading, press, scan, sign_in
from tests.support.codes import code_now
from tests.support.processes import run_flask
from tests.support.serving import serving

CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")
EMAIL, PASSWORD = "hoa@xa.gov.vn", "bón lúa mùa này"
HOST = "Ủy ban Mặt trận Tổ quốc xã Lâm Bình"


@pytest.fixture(scope="module")
def new(tmp_path_factory):
    """The data folder of a new installation, and the code that `flask setup` printed."""
    folder = tmp_path_factory.mktemp("moi")
    done = run_flask("setup", INSTANCE_PATH=str(folder), DATABASE_URL="")
    assert done.returncode == 0, done.stderr
    return folder, CODE.search(done.stdout)[0]


def fill_in_setup(page, code):
    page.get_by_label("Mã cài đặt").fill(code)
    page.get_by_label("Tỉnh, thành phố").fill("xa lam binh tuyen quang")
    page.get_by_label("Cơ quan chủ trì khảo sát").fill(HOST)
    page.get_by_label("Họ và tên").fill("Ma Thị Hoà")
    page.get_by_label("Thư điện tử").fill(EMAIL)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
    press(page, "Cài đặt hệ thống")


def set_a_telephone_up(page):
    expect(heading(page)).to_have_text("Thiết lập mã xác thực")
    page.get_by_label("Mã xác thực").fill(code_now(page.locator(".code").inner_text().replace("-", "")))
    press(page, "Xác nhận")
    follow(page, "Đã cất mã, tiếp tục")


def next_step(page, label):
    follow(page, "Hôm nay")
    follow(page, label)


def test_from_an_empty_folder_to_the_first_rating(new, tmp_path, page, new_context, scripts):
    folder, code = new
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with serving(tmp_path, "") as live:
        page.goto(f"{live.url}/quan-tri/cai-dat")
        fill_in_setup(page, code)
        sign_in(page, live.url, EMAIL, PASSWORD)
        set_a_telephone_up(page)
        expect(page.get_by_text("Các bước để có lượt đánh giá đầu tiên")).to_be_visible()

        follow(page, "Thêm cơ quan")
        expect(page.get_by_label("Cơ quan chủ trì khảo sát")).to_have_value(HOST)
        page.get_by_label("Tên cơ quan", exact=True).fill("Trung tâm Phục vụ hành chính công xã Lâm Bình")
        press(page, "Thêm cơ quan")
        next_step(page, "Thêm quầy")
        page.get_by_label("Số quầy").fill("1")
        page.get_by_label("Lĩnh vực", exact=True).fill("Đất đai")
        press(page, "Thêm quầy")
        next_step(page, "Mở trang in")
        expect(page.get_by_role("link", name=re.compile("A4")).or_(page.get_by_label("Loại tờ")).first).to_be_visible()
        page.goto(f"{page.url}/1/ma-qr.svg")
        printed = scan(page.screenshot())

        phone = new_context().new_page()
        phone.goto(printed)
        expect(phone.get_by_text(f"Chủ trì: {HOST}.")).to_be_visible()
        phone.get_by_label("Rất hài lòng").check()
        press(phone, "Gửi")
        expect(heading(phone)).to_have_text(THANKS)

        page.goto(f"{live.url}/quan-tri/")
        expect(page.get_by_role("heading", name="Nhận lượt đánh giá đầu tiên", exact=True)).to_be_visible()
        page.goto(f"{live.url}/quan-tri/cai-dat")
        expect(page.get_by_text("Mã cài đặt")).to_have_count(0)
