"""From the registration to the receipt, and coming back with the code."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from core import clock
from core.values.week import local_date, monday_of
from tests.factories import make_contest, make_unit
from tests.journeys.steps import ON_BOTH_DATABASES, answer_all, code_on, follow, heading, press, register


@pytest.fixture
def contest(village):
    """Create a contest whose first round is open; return its address."""
    monday = monday_of(local_date(clock.now()))
    with village.session() as session:
        units = [make_unit(session), make_unit(session, name="xã Minh Quang")]
        contest = make_contest(session, unit=units[0], units=units, first_day=monday, weeks=2)
        return f"{village.url}/thi/{contest.slug}"


@ON_BOTH_DATABASES
def test_register_with_mistakes_first_answer_guess_and_come_back(village, contest, page, scripts):
    page.goto(contest)
    follow(page, "Vào thi")
    register(page, phone="12345")
    expect(page.get_by_role("alert")).to_contain_text("Xin xem lại:")
    expect(page.get_by_label("Họ và tên")).to_have_value("Giàng A Páo")
    expect(page.get_by_role("textbox", name="Số điện thoại")).to_have_value("12345")
    page.get_by_role("textbox", name="Số điện thoại").fill("0912 345 678")
    press(page, "Đăng ký")

    expect(heading(page)).to_have_text("Bạn đã đăng ký")
    personal_code = code_on(page)
    press(page, "Bắt đầu làm bài")
    expect(heading(page)).to_have_text("Bài thi tuần 1")
    if scripts:
        expect(page.get_by_role("timer")).to_have_text(re.compile(r"Còn 9:5\d"))
    answer_all(page, guess="12")

    expect(heading(page)).to_have_text("Bạn đã nộp bài")
    expect(page.get_by_text("Bạn dự đoán")).to_be_visible()
    receipt = code_on(page)
    follow(page, "Mở trang tra cứu với mã này")
    page.get_by_label("Mã tra cứu").fill(receipt)
    press(page, "Xem kết quả")
    expect(page.get_by_text("Bài đã nộp lúc")).to_be_visible()

    page.goto(f"{contest}/vao-thi")
    page.get_by_label("Mã cá nhân").fill(personal_code)
    press(page, "Bắt đầu làm bài")
    expect(heading(page)).to_contain_text("Bạn đã thi")


@pytest.fixture
def four_days_left(village):
    """Create a contest whose week closes in four and a half days; return its address and the words for that time."""
    with village.session() as session:
        contest = make_contest(session, first_day=monday_of(local_date(clock.now())), weeks=1)
        contest.rounds[0].closes_at = clock.now() + timedelta(days=4, hours=12, minutes=30)
        return f"{village.url}/thi/{contest.slug}"


def time_left(page):
    return page.locator("[data-until]")


def wait_for_the_servers_time(page):
    """Let the page ask the server's clock, and return when it has written its words anew by the answer."""
    time_left(page).evaluate("box => box.replaceChildren('?')")
    with page.expect_response("**/gio"):
        page.clock.run_for(31_000)
    expect(time_left(page)).to_have_text("4 ngày 12 giờ")


def test_the_time_left_goes_on_while_the_page_stays_open(four_days_left, page, scripts):
    page.clock.install()
    page.goto(four_days_left)
    expect(time_left(page)).to_have_text("4 ngày 12 giờ")

    if scripts:
        wait_for_the_servers_time(page)
        page.clock.fast_forward(99 * 3600_000)
        expect(time_left(page)).to_have_text("9 giờ 29 phút")
        page.clock.fast_forward(9 * 3600_000 + 29 * 60_000)
        expect(time_left(page)).to_have_text("chưa đầy 1 phút")


def test_a_phone_whose_clock_is_wrong_shows_the_time_of_the_server(four_days_left, page, scripts):
    page.clock.install(time=clock.now() + timedelta(days=3))
    page.goto(four_days_left)

    if scripts:
        wait_for_the_servers_time(page)
    expect(time_left(page)).to_have_text("4 ngày 12 giờ")


def test_skipping_the_unit_question_registers_no_participant(contest, page, scripts):
    page.goto(f"{contest}/dang-ky")

    press(page, "Đăng ký")

    expect(page.locator(".bad-field .error").filter(has_text="đơn vị")).to_contain_text("Xin chọn đơn vị dự thi.")


def test_registering_the_same_page_again_shows_the_same_code(contest, page, scripts):
    page.goto(f"{contest}/dang-ky")
    register(page)
    code = code_on(page)

    page.go_back()
    register(page)

    expect(heading(page)).to_have_text("Bạn đã đăng ký")
    assert code_on(page) == code


def test_a_paper_without_a_guess_is_shown_again_with_its_answers(contest, page, scripts):
    page.goto(f"{contest}/dang-ky")
    register(page)
    press(page, "Bắt đầu làm bài")

    page.get_by_role("group", name="Câu 2").get_by_label("B Sai").check()
    press(page, "Nộp bài")

    expect(page.get_by_role("alert")).to_contain_text("Còn 3 câu chưa trả lời: câu 1, câu 3, dự đoán.")
    expect(page.get_by_role("group", name="Câu 2").get_by_label("B Sai")).to_be_checked()


def test_the_paper_hands_itself_in_when_the_time_is_over(village, page):
    monday = monday_of(local_date(clock.now()))
    with village.session() as session:
        contest = make_contest(session, first_day=monday, weeks=1)
        contest.rounds[0].limit_seconds = 6
    page.goto(f"{village.url}/thi/{contest.slug}/dang-ky")
    register(page)
    press(page, "Bắt đầu làm bài")
    page.get_by_role("group", name="Câu 1").get_by_label("A Đúng").check()

    expect(heading(page)).to_have_text("Bạn đã nộp bài", timeout=12_000)


def test_a_week_that_is_not_open_says_when_it_opens(village, page, scripts):
    next_monday = monday_of(local_date(clock.now())) + timedelta(weeks=1)
    with village.session() as session:
        slug = make_contest(session, first_day=next_monday, weeks=1).slug
    page.goto(f"{village.url}/thi/{slug}")
    follow(page, "Đăng ký trước")

    register(page)

    expect(heading(page)).to_have_text("Bạn đã đăng ký")
    expect(page.get_by_text(f"Tuần 1 mở lúc 0 giờ thứ Hai, {next_monday:%d/%m/%Y}. Hẹn gặp bạn.")).to_be_visible()


def test_a_reload_keeps_the_ticks_until_the_receipt(contest, page):
    page.goto(f"{contest}/dang-ky")
    register(page, phone="0912345677")
    press(page, "Bắt đầu làm bài")
    page.get_by_role("group", name="Câu 2").get_by_label("B Sai").check()
    page.get_by_label("Theo bạn, bao nhiêu người").fill("480")

    page.reload()

    expect(page.get_by_role("group", name="Câu 2").get_by_label("B Sai")).to_be_checked()
    expect(page.get_by_label("Theo bạn, bao nhiêu người")).to_have_value("480")
    press(page, "Nộp bài")
    expect(page.get_by_role("alert")).to_contain_text("Còn 2 câu chưa trả lời: câu 1, câu 3.")
    press(page, "Nộp bài")
    expect(heading(page)).to_have_text("Bạn đã nộp bài")
    page.wait_for_load_state()  # the scripts, which forget the paper, run after the heading is drawn
    assert page.evaluate("[{...sessionStorage}, {...localStorage}]") == [{"thanked": "1"}, {}]


def test_a_closed_tab_loses_no_answer_when_the_code_opens_the_paper_again(contest, page):
    page.goto(f"{contest}/dang-ky")
    register(page, phone="0912345676")
    code = code_on(page)
    press(page, "Bắt đầu làm bài")
    page.get_by_role("group", name="Câu 2").get_by_label("B Sai").check()
    page.get_by_label("Theo bạn, bao nhiêu người").fill("48")
    context = page.context
    page.close()

    again = context.new_page()
    again.goto(f"{contest}/vao-thi")
    again.get_by_label("Mã cá nhân").fill(code)
    press(again, "Bắt đầu làm bài")

    expect(again.get_by_role("group", name="Câu 2").get_by_label("B Sai")).to_be_checked()
    expect(again.get_by_label("Theo bạn, bao nhiêu người")).to_have_value("48")


def test_the_clock_of_a_phone_that_slept_asks_the_server(contest, page):
    page.goto(f"{contest}/dang-ky")
    register(page, phone="0912345675")
    press(page, "Bắt đầu làm bài")
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"Còn 9:5\d"))
    made = int(page.get_by_role("timer").get_attribute("data-made-ms"))
    page.route("**/gio", lambda route: route.fulfill(json={"now_ms": made + 240_000}))

    page.wait_for_timeout(1100)
    page.evaluate("dispatchEvent(new Event('focus'))")

    expect(page.get_by_role("timer")).to_have_text(re.compile(r"Còn (6:00|5:5\d)"))


def test_the_clock_goes_on_without_a_connection(contest, page):
    page.goto(f"{contest}/dang-ky")
    register(page, phone="0912345674")
    press(page, "Bắt đầu làm bài")
    page.route("**/gio", lambda route: route.abort())

    page.wait_for_timeout(1100)
    page.evaluate("dispatchEvent(new Event('focus'))")

    expect(page.get_by_role("timer")).to_have_text(re.compile(r"Còn 9:[45]\d"))
