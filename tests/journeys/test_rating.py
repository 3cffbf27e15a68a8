"""From the printed code to the receipt."""

import re
from typing import NamedTuple

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from account.rules.permissions import Role
from commune.models import Unit
from survey.counter.queries.printed import address_of
from survey.rating.models import Rating
from tests.factories import make_counter
from tests.journeys.steps import ON_BOTH_DATABASES, THANKS, code_on, follow, heading, path_of, press, rate, scan


class Place(NamedTuple):
    """A counter, its printed address, its staff page, and its unit."""

    id: int
    printed: str
    staff: str
    unit: Unit


@pytest.fixture
def counter(village):
    with village.session() as session:
        made = make_counter(session, number=2, name="Đất đai")
        printed = f"/q/{address_of(village.keyring, made)}"
        return Place(made.id, printed, f"/quan-tri/danh-gia/{made.office.slug}/quay/2", made.office.unit)


def ratings_of(village, counter):
    with village.session() as session:
        query = select(Rating).where(Rating.counter_id == counter.id)
        return [(rating.level, rating.comment, rating.reasons) for rating in session.scalars(query)]


@ON_BOTH_DATABASES
def test_scan_choose_a_face_say_more_and_look_the_receipt_up(village, counter, desk, page, scripts):
    officer = desk(Role.MANAGER, counter.unit)
    officer.goto(f"{village.url}{counter.staff}/ma-qr.svg")
    page.goto(village.url + path_of(scan(officer.screenshot())))
    expect(page.get_by_role("group", name="Ông/bà hài lòng với dịch vụ ở quầy này không?")).to_be_visible()

    rate(page, "Không hài lòng")
    if scripts:
        expect(heading(page)).to_be_focused()
    assert ratings_of(village, counter) == [(2, "", [])]

    page.get_by_label("Số lần đi lại").check()
    page.get_by_label("Góp ý thêm").fill("Đi lại ba lần mới xong.")
    press(page, "Gửi thêm")
    confirmed = page.get_by_role("status")
    expect(confirmed).to_contain_text("Đã nhận lời nói thêm của ông/bà.")
    if scripts:
        expect(confirmed).to_be_focused()
    assert ratings_of(village, counter) == [(2, "Đi lại ba lần mới xong.", ["trips"])]

    receipt = code_on(page)
    page.get_by_text("Mã tra cứu lượt này").click()
    follow(page, "Tra cứu")
    page.get_by_label("Mã tra cứu").fill(receipt.lower())
    press(page, "Tra cứu")
    expect(page.get_by_text("Lượt đánh giá của ông/bà đã được ghi nhận.")).to_be_visible()


def test_the_counter_has_the_rating_of_someone_who_leaves_after_two_taps(village, counter, page, scripts):
    page.goto(village.url + counter.printed)

    rate(page, "Bình thường")
    page.close()

    assert ratings_of(village, counter) == [(3, "", [])]


def test_a_double_tap_on_more_adds_once(village, counter, page, scripts):
    page.goto(village.url + counter.printed)
    rate(page, "Hài lòng")
    page.get_by_label("Thái độ phục vụ").check()

    page.get_by_role("button", name="Gửi thêm").dblclick()

    expect(page.get_by_role("status")).to_contain_text("Đã nhận lời nói thêm của ông/bà.")
    assert ratings_of(village, counter) == [(4, "", ["attitude"])]


def test_typed_words_outlive_a_sending_that_failed_and_no_other_rating_has_them(village, counter, page):
    page.goto(village.url + counter.printed)
    rate(page, "Hài lòng")
    page.get_by_label("Góp ý thêm").fill("Cô ở quầy chỉ từng dòng.")
    page.reload()  # sends the rating again, as "back" from a browser's error page does
    kept = page.get_by_label("Góp ý thêm").input_value()
    page.goto(village.url + counter.printed)
    rate(page, "Bình thường")

    assert kept == "Cô ở quầy chỉ từng dòng."
    expect(page.get_by_label("Góp ý thêm")).to_have_value("")
    assert [level for level, _, _ in ratings_of(village, counter)].count(4) == 1


def test_words_that_are_not_taken_are_given_back(village, counter, page):
    page.goto(village.url + counter.printed)
    rate(page, "Hài lòng")
    page.locator("[name=ticket]").evaluate("(field) => { field.value += '0' }")
    page.get_by_label("Góp ý thêm").fill("Cô ở quầy chỉ từng dòng.")
    press(page, "Gửi thêm")

    expect(heading(page)).to_have_text("Không gửi được lời nói thêm")
    expect(page.get_by_text("Cô ở quầy chỉ từng dòng.")).to_be_visible()
    assert ratings_of(village, counter) == [(4, "", [])]


def test_a_double_tap_sends_once(village, counter, page, scripts):
    page.goto(village.url + counter.printed)
    page.get_by_label("Hài lòng", exact=True).check()

    page.get_by_role("button", name="Gửi").first.dblclick()

    expect(heading(page)).to_have_text(THANKS)
    assert len(ratings_of(village, counter)) == 1


def test_going_back_after_the_thanks_shows_no_choice_and_begins_another_rating(village, counter, page):
    page.goto(village.url + counter.printed)
    rate(page, "Không hài lòng")
    receipt = code_on(page)

    page.go_back()
    expect(page.locator("[name=level]:checked")).to_have_count(0)
    assert page.evaluate("history.state") is None
    rate(page, "Hài lòng")

    assert code_on(page) != receipt
    assert sorted(level for level, _, _ in ratings_of(village, counter)) == [2, 4]


def test_going_back_after_a_lost_reply_keeps_the_choice_and_sends_once(village, counter, browser):
    page = browser.new_context(service_workers="block").new_page()
    page.goto(village.url + counter.printed)
    sent = []

    def lose(route):
        if route.request.method != "POST" or sent:
            return route.continue_()
        sent.append(route.fetch())
        return route.fulfill(status=502, body="")

    page.route("**/q/**", lose)
    page.get_by_label("Không hài lòng", exact=True).check()
    press(page, "Gửi")
    expect(page.locator("main")).to_have_count(0)
    page.go_back()
    expect(page.get_by_label("Không hài lòng", exact=True)).to_be_checked()
    press(page, "Gửi")

    expect(heading(page)).to_have_text(THANKS)
    assert [level for level, _, _ in ratings_of(village, counter)] == [2]


@pytest.mark.parametrize("scripts", [False], indirect=True)
def test_without_scripts_sending_the_same_page_again_shows_the_same_receipt(village, counter, page, scripts):
    page.goto(village.url + counter.printed)
    page.get_by_label("Hài lòng", exact=True).check()
    press(page, "Gửi")
    receipt = code_on(page)

    page.go_back()
    page.get_by_label("Hài lòng", exact=True).check()
    press(page, "Gửi")

    expect(heading(page)).to_have_text(THANKS)
    assert code_on(page) == receipt
    assert len(ratings_of(village, counter)) == 1


def test_a_browser_keeps_its_mark_for_two_weeks(village, counter, page, context):
    page.goto(village.url + counter.printed)
    first = page.locator("[name=device]").input_value()
    page.goto(village.url + counter.printed)
    again = page.locator("[name=device]").input_value()
    page.evaluate("localStorage.mark = `${localStorage.mark.split(' ')[0]} ${Date.now() - 14 * 86400000}`")
    page.goto(village.url + counter.printed)

    assert re.fullmatch(r"[\w-]{22}", first)
    assert (again == first, page.locator("[name=device]").input_value() == first) == (True, False)
    assert context.cookies() == []


def test_a_missing_choice_is_explained(village, counter, page, scripts):
    page.goto(village.url + counter.printed)
    press(page, "Gửi")

    error = page.get_by_text("Ông/bà chưa chọn mức nào. Xin chọn một trong năm mức.")
    expect(error).to_have_count(1)
    if scripts:
        expect(error).to_be_focused()

    rate(page, "Rất hài lòng")
    assert ratings_of(village, counter) == [(5, "", [])]


def test_a_telephone_number_is_explained_beside_the_words(village, counter, page, scripts):
    page.goto(village.url + counter.printed)
    rate(page, "Hài lòng")
    page.get_by_label("Hướng dẫn thủ tục").check()
    page.get_by_label("Góp ý thêm").fill("Gọi tôi 0912 345 678")
    press(page, "Gửi thêm")

    comment = page.get_by_label("Góp ý thêm")
    expect(comment).to_have_value("Gọi tôi 0912 345 678")
    expect(page.get_by_label("Hướng dẫn thủ tục")).to_be_checked()
    if scripts:
        expect(comment).to_be_focused()
    comment.fill("Cô ở quầy chỉ từng dòng.")
    press(page, "Gửi thêm")

    expect(page.get_by_role("status")).to_contain_text("Đã nhận lời nói thêm của ông/bà.")
    assert ratings_of(village, counter) == [(4, "Cô ở quầy chỉ từng dòng.", ["guidance"])]


@pytest.mark.parametrize("height", [740, 640])
def test_everything_up_to_the_button_fits_one_screen(village, counter, page, height):
    page.set_viewport_size({"width": 360, "height": height})
    page.goto(village.url + counter.printed)

    faces = [page.locator("label").filter(has_text=level) for level in ("Rất hài lòng", "Rất không hài lòng")]
    for part in (page.get_by_text("Ông/bà hài lòng"), *faces, page.get_by_role("button", name="Gửi")):
        expect(part).to_be_in_viewport(ratio=1)
    button = page.get_by_role("button", name="Gửi").bounding_box()
    last = faces[1].bounding_box()
    assert last["y"] + last["height"] <= button["y"]


@pytest.mark.parametrize(("width", "height"), [(360, 740), (360, 560), (320, 568)])
def test_no_face_is_covered_however_large_the_letters(village, counter, page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(village.url + counter.printed)

    for size in range(5):
        page.evaluate(f"document.documentElement.dataset.size = {size}; scrollTo(0, 0)")
        boxes = [each.bounding_box() for each in page.locator(".face label").all()]
        button = page.get_by_role("button", name="Gửi").bounding_box()
        assert len(boxes) == 5
        assert all(box["y"] + box["height"] <= button["y"] for box in boxes), f"Gửi covers a face at size {size}"
        assert all(box["height"] >= 44 for box in boxes)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_keyboard_alone_can_rate(village, counter, page):
    page.goto(village.url + counter.printed)

    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "level":
            break
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(heading(page)).to_have_text(THANKS)
    assert ratings_of(village, counter) == [(4, "", [])]


def test_a_code_breaks_after_its_second_group_however_large_the_letters(village, counter, page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(village.url + counter.printed)
    rate(page, "Hài lòng")
    page.get_by_text("Mã tra cứu lượt này").click()

    for size in range(5):
        page.evaluate(f"document.documentElement.dataset.size = {size}")
        tops = page.locator(".code").evaluate(
            """(box) => [0, 5, 10, 15].map((at) => {
                const range = document.createRange();
                range.setStart(box.firstChild, at);
                range.setEnd(box.firstChild, at + 4);
                return range.getBoundingClientRect().top;
            })"""
        )
        assert tops[0] == tops[1]
        assert tops[2] == tops[3]
