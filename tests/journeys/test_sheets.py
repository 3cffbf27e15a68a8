"""The host of the survey imports a month's paper forms, with and without scripts, on a phone and on a computer."""

from datetime import date

import pytest
from playwright.sync_api import expect

from account.rules.permissions import Role
from survey.figures.queries.figures import figures_of
from survey.rating.rules.channels import Channel
from tests.factories import make_counter, make_office, make_unit
from tests.journeys.steps import follow, heading, press
from tests.support.looks import NARROW, excess, violations

ROWS = "".join(f"{number};0{number}/06/2026;Hài lòng;\n" for number in range(1, 7))
SHEET = f"Số phiếu;Ngày;Mức độ hài lòng;Góp ý\n{ROWS}7;07/06/2026;Tàm tạm;\nTổng cộng;;6;\n"


@pytest.fixture
def counter(village):
    with village.session() as session:
        counter = make_counter(session, office=make_office(session, unit=make_unit(session)))
        assert counter.office.unit.name  # loaded before the session ends
        return counter


def test_a_sheet_is_uploaded_reviewed_and_imported(village, counter, desk, scripts):
    page = desk(Role.ORGANISER, counter.office.unit)
    follow(page, "Đánh giá")
    page.goto(f"{village.url}/quan-tri/danh-gia/{counter.office.slug}/quay")
    follow(page, "Nhập phiếu")
    expect(heading(page)).to_have_text("Nhập phiếu đánh giá vào Quầy 2")
    page.get_by_label("Tệp bảng tính").set_input_files(
        {"name": "phiếu.csv", "mimeType": "text/csv", "buffer": SHEET.encode("utf-8-sig")}
    )
    press(page, "Đọc bảng")
    expect(page.get_by_role("cell", name="không hiểu mức “Tàm tạm”")).to_be_visible()

    press(page, "Nhập 6 dòng")
    expect(page.locator(".bad-field .error").first).to_contain_text("Còn 1 dòng có lỗi.")
    page.get_by_label("Bỏ qua các dòng có lỗi").check()
    press(page, "Nhập 6 dòng")

    expect(page.get_by_role("status")).to_have_text("Đã nhập 6 lượt đánh giá vào quầy 2.")
    follow(page, "Số liệu")
    expect(page.get_by_role("row", name="Phiếu giấy 6 100 %")).to_be_visible()
    with village.session() as session:
        assert figures_of(session, [session.merge(counter)], date(2026, 6, 30), Channel.PAPER).card.n == 6


def test_the_import_pages_are_fit_for_everybody(village, counter, desk):
    page = desk(Role.ORGANISER, counter.office.unit)
    page.set_viewport_size(NARROW)
    page.goto(f"{village.url}/quan-tri/danh-gia/{counter.office.slug}/quay/2/nhap")
    seen = {"upload": (violations(page), excess(page))}
    page.get_by_label("Tệp bảng tính").set_input_files(
        {"name": "một tên tệp rất dài của văn phòng.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    )
    press(page, "Đọc bảng")
    page.get_by_text("Các cột được hiểu thế nào").click()
    seen["review"] = (violations(page), excess(page))

    assert {name: found for name, found in seen.items() if found != ([], 0)} == {}
