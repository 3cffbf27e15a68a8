"""The organiser prints entry cards: each holds its code, address and instructions whole, and its pages fit a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from account.rules.permissions import Role
from core import clock
from core.values.week import local_date
from quiz.contest.rules.presets import Eligibility
from tests.factories import make_contest, make_unit
from tests.journeys.steps import follow, press
from tests.journeys.test_every_page import LONG, NARROW, faults

PRINTED = {"width": 718, "height": 1047}
"""The area of an A4 page within its margins, in CSS pixels."""
CUT = """() => {
    const bottom = each => each.getBoundingClientRect().bottom;
    const cards = [...document.querySelectorAll(".entry-card")];
    return cards.filter(card => [...card.children].some(part => bottom(part) > bottom(card))).length;
}"""


@pytest.fixture
def contest(village):
    with village.session() as session:
        contest = make_contest(
            session,
            unit=make_unit(session, name=LONG),
            first_day=local_date(clock.now()) + timedelta(weeks=1),
            weeks=1,
            eligibility=Eligibility.CARD,
        )
        contest.title = "Tìm hiểu cải cách hành chính và chuyển đổi số của tỉnh Tuyên Quang năm 2026 " * 2
        contest.slug = "tim-hieu-cai-cach-hanh-chinh-va-chuyen-doi-so-tinh-tuyen-quang"
        assert contest.unit.name  # read now: the session ends
        return contest


def test_printed_cards_hold_their_words_and_the_pages_fit_a_phone(village, contest, desk):
    page, seen = desk(Role.ORGANISER, contest.unit), []
    page.set_viewport_size(NARROW)
    page.goto(f"{village.url}/quan-tri/cuoc-thi/{contest.slug}/the")
    page.get_by_label("Thôn, tổ dân phố").fill("tổ dân phố Tân Quang, khu phố 5, ngõ sau chợ Tam Cờ cũ")
    page.get_by_label("Số thẻ").fill("8")
    press(page, "Tạo thẻ để in")
    seen.append(faults(page))
    page.emulate_media(media="print")
    page.set_viewport_size(PRINTED)
    expect(page.locator(".entry-card")).to_have_count(8)

    cut = page.evaluate(CUT)

    page.emulate_media(media="screen")
    page.set_viewport_size(NARROW)
    page.goto(f"{village.url}/quan-tri/cuoc-thi/{contest.slug}/the")
    seen.append(faults(page))
    follow(page, "Hủy thẻ chưa dùng")
    seen.append(faults(page))
    assert (cut, seen) == (0, [[]] * 3)
