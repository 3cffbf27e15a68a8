"""An organiser imports a round's papers from a sheet, with and without scripts, on a phone and on a computer."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from account.rules.permissions import Role
from bench import ugly_sheet
from core import clock
from core.values.week import VIETNAM, local_date, monday_of
from quiz.attempt.models import Attempt
from tests.factories import make_contest, make_unit
from tests.journeys.steps import follow, heading, press
from tests.support.looks import NARROW, excess, violations

FILE = "bài dự thi tuần 1, bản cuối của văn phòng.xlsx"


@pytest.fixture
def round(village):
    """Create a round that has ended and waits to be closed, in a contest with the ugly sheet's units."""
    with village.session() as session:
        units = [make_unit(session, name=name, kind="ward" if name.startswith("phường") else "commune")
                 for name in ugly_sheet.UNITS]  # fmt: skip
        last_week = monday_of(local_date(clock.now())) - timedelta(weeks=1)
        round = make_contest(session, unit=units[0], units=units, first_day=last_week, weeks=1).rounds[0]
        assert round.contest.unit.name and round.questions  # loaded before the session ends
        return round


def choose(page, round):
    sheet = ugly_sheet.as_xlsx(round.opens_at.astimezone(VIETNAM))
    page.get_by_label("Tệp bảng tính").set_input_files({"name": FILE, "mimeType": "", "buffer": sheet})
    press(page, "Đọc bảng")


def test_the_ugly_sheet_is_uploaded_decided_and_imported(village, round, desk, scripts):
    page = desk(Role.ORGANISER, round.contest.unit)
    follow(page, "Cuộc thi")
    page.goto(f"{village.url}/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1")
    follow(page, "Nhập bài từ bảng tính")
    expect(heading(page)).to_have_text("Nhập bài dự thi tuần 1")
    choose(page, round)
    expect(page.get_by_text("dòng chờ xác định đơn vị")).to_be_visible()

    page.get_by_role("group", name=f"“{ugly_sheet.MISSPELT}” là").get_by_label("xã Thượng Lâm").check()
    page.get_by_role("group", name=f"“{ugly_sheet.CONTRADICTING}” là").get_by_label("Đơn vị khác").check()
    page.get_by_label(f"Đơn vị khác cho “{ugly_sheet.CONTRADICTING}”").select_option(index=1)
    press(page, "Đọc lại")
    press(page, f"Nhập {ugly_sheet.TURNS} dòng")
    expect(page.locator(".bad-field .error").first).to_contain_text(f"Còn {ugly_sheet.ERRORS} dòng có lỗi.")
    page.get_by_label("Bỏ qua các dòng có lỗi").check()
    press(page, f"Nhập {ugly_sheet.TURNS} dòng")

    expect(page.get_by_role("status")).to_have_text(f"Đã nhập {ugly_sheet.TURNS} lượt dự thi vào tuần 1.")
    with village.session() as session:
        turns = session.scalar(select(func.count()).select_from(Attempt).where(Attempt.round_id == round.id))
    assert turns == ugly_sheet.TURNS


def test_the_import_pages_are_fit_for_everybody(village, round, desk):
    page = desk(Role.ORGANISER, round.contest.unit)
    page.set_viewport_size(NARROW)
    page.goto(f"{village.url}/quan-tri/cuoc-thi/{round.contest.slug}/tuan/1/nhap-bai")
    seen = {"upload": (violations(page), excess(page))}
    choose(page, round)
    page.get_by_text("Các cột được hiểu thế nào").click()
    seen["review"] = (violations(page), excess(page))

    assert {name: found for name, found in seen.items() if found != ([], 0)} == {}
