"""The organiser loads the roster of a contest from a sheet, and empties it again, on a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from account.rules.permissions import Role
from core import clock
from core.values.week import local_date
from tests.factories import make_contest
from tests.journeys.steps import follow, heading, press
from tests.support.looks import NARROW, excess, violations

SHEET = """Họ và tên;Số điện thoại;Năm sinh;Đơn vị;Khối
Lò Thị Hoà;0912345678;1985;xã Lâm Bình;Cán bộ
Giàng A Páo;0912345679;1990;Tổ 5;Người dân
Lò Thị Hoà;0912345678;1985;xã Lâm Bình;Cán bộ
"""


@pytest.fixture
def contest(village):
    with village.session() as session:
        contest = make_contest(session, first_day=local_date(clock.now()) + timedelta(weeks=1), weeks=1)
        assert contest.unit.name and contest.units[0].unit.name  # read now: the session ends
        return contest


def test_a_roster_is_loaded_and_emptied(village, contest, desk):
    page, seen = desk(Role.ORGANISER, contest.unit), {}
    page.set_viewport_size(NARROW)
    page.goto(f"{village.url}/quan-tri/cuoc-thi/{contest.slug}")
    follow(page, "Người dự thi")
    seen["none yet"] = (violations(page), excess(page))
    follow(page, "Nhập từ bảng tính")
    page.get_by_label("Tệp bảng tính").set_input_files(
        {"name": "danh sách.csv", "mimeType": "", "buffer": SHEET.encode()}
    )
    press(page, "Đọc bảng")
    seen["review"] = (violations(page), excess(page))
    page.locator(".decision select").select_option(index=2)
    page.get_by_label("Bỏ qua các dòng có lỗi").check()
    press(page, "Đọc lại")
    press(page, "Nhập 2 dòng")
    expect(page.get_by_role("status")).to_have_text("Đã nhập 2 người vào danh sách.")
    seen["roster"] = (violations(page), excess(page))

    follow(page, "Xóa cả danh sách")
    seen["emptying"] = (violations(page), excess(page))
    page.get_by_label("Lý do").fill("Nhập nhầm danh sách của xã khác")
    page.get_by_label("Tôi hiểu rằng xóa rồi không lấy lại được").check()
    press(page, "Xóa danh sách")

    expect(heading(page)).to_have_text("Người dự thi")
    expect(page.get_by_role("status")).to_have_text("Đã xóa danh sách 2 người.")
    assert seen == dict.fromkeys(seen, ([], 0))
