"""Without a screen and without a mouse: what a screen reader says in which order, and a contest by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from core import clock
from core.values.week import local_date, monday_of
from survey.counter.queries.printed import address_of
from tests.factories import make_contest, make_counter, make_office, make_unit
from tests.journeys.steps import THANKS, heading

FOCUSED = "(document.activeElement.labels?.[0] || document.activeElement).innerText.replace(/\\s+/g, ' ')"
OFFICE = "Trung tâm Phục vụ hành chính công xã Lâm Bình"


@pytest.fixture
def counter(village):
    """Make counter 2; return its address."""
    with village.session() as session:
        office = make_office(session, unit=make_unit(session), name=OFFICE)
        return f"{village.url}/q/{address_of(village.keyring, make_counter(session, office=office, number=2))}"


@pytest.fixture
def contest(village):
    """Make a contest whose first round is open; return its address."""
    with village.session() as session:
        units = [make_unit(session), make_unit(session, name="xã Minh Quang")]
        monday = monday_of(local_date(clock.now()))
        return f"{village.url}/thi/{make_contest(session, unit=units[0], units=units, first_day=monday, weeks=2).slug}"


def tab_to(page, words):
    """Press Tab until what has the focus says *words*."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if words in (page.evaluate(FOCUSED) or ""):
            return
    raise AssertionError(f"Tab never comes to {words}")


def test_a_screen_reader_hears_the_counter_then_the_question_then_five_levels(counter, page):
    page.goto(counter)

    assert page.title() == f"Đánh giá Quầy 2, {OFFICE}"
    heard = page.locator("main").aria_snapshot()
    order = [
        'heading "Đánh giá Quầy 2',
        'hài lòng với dịch vụ ở quầy này không? Chọn một trong năm mức."',
        'radio "Rất hài',
        'radio "Hài lòng"',
        'radio "Bình thường"',
        'radio "Không hài lòng"',
        'radio "Rất không hài lòng"',
        'button "Gửi"',
    ]
    at = [heard.find(part) for part in order]
    assert -1 not in at and at == sorted(at), heard


def test_after_sending_the_focus_is_on_the_thanks(counter, page):
    page.goto(counter)
    tab_to(page, "Rất hài lòng")
    page.keyboard.press("Space")
    tab_to(page, "Gửi")
    page.keyboard.press("Enter")

    expect(heading(page)).to_have_text(THANKS)
    expect(heading(page)).to_be_focused()


def test_the_first_tab_leads_past_the_head(counter, page):
    page.goto(counter)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.name") == "level"


def test_the_keyboard_alone_registers_answers_and_hands_in(contest, page):
    page.goto(contest)
    tab_to(page, "Vào thi")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dang-ky")
    for label, typed in (("Họ và tên", "Giàng A Páo"), ("Số điện thoại", "0912345678"), ("Năm sinh", "1971")):
        tab_to(page, label)
        page.keyboard.type(typed)
    tab_to(page, "Đơn vị dự thi")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Tôi đồng ý")
    page.keyboard.press("Space")
    tab_to(page, "Đăng ký")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Bạn đã đăng ký")

    tab_to(page, "Bắt đầu làm bài")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(re.compile("Bài thi tuần 1"))
    for _ in page.locator("form fieldset").all():
        tab_to(page, "A Đúng")
        page.keyboard.press("Space")
    tab_to(page, "Theo bạn, bao nhiêu người")
    page.keyboard.type("12")
    tab_to(page, "Nộp bài")
    page.keyboard.press("Enter")

    expect(heading(page)).to_have_text("Bạn đã nộp bài")
    expect(heading(page)).to_be_focused()
