"""The organiser prints entry cards from a file, and its pages fit a phone."""

from datetime import timedelta

import pytest

from account.rules.permissions import Role
from core import clock
from core.values.week import local_date
from quiz.contest.rules.presets import Eligibility
from tests.factories import make_contest, make_unit
from tests.journeys.every_page import LONG
from tests.journeys.steps import follow
from tests.support.looks import NARROW, faults
from tests.support.sheets import pages_of, texts_on


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


def test_cards_come_as_a_file_and_the_pages_fit_a_phone(village, contest, desk):
    page, seen = desk(Role.ORGANISER, contest.unit), []
    page.set_viewport_size(NARROW)
    page.goto(f"{village.url}/quan-tri/cuoc-thi/{contest.slug}/the")
    seen.append(faults(page))
    page.get_by_label("Thôn, tổ dân phố").fill("tổ dân phố Tân Quang, khu phố 5, ngõ sau chợ Tam Cờ cũ")
    page.get_by_label("Số thẻ").fill("8")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Tải tệp PDF để in").click()

    (printed,) = pages_of(coming.value.path().read_bytes())
    page.goto(f"{village.url}/quan-tri/cuoc-thi/{contest.slug}/the")
    seen.append(faults(page))
    follow(page, "Hủy thẻ chưa dùng")
    seen.append(faults(page))
    assert len(texts_on(printed, 4)) == 8
    assert seen == [[]] * 3
