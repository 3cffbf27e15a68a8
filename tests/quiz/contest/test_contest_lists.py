"""Lists of many contests: search without diacritics, filter by stage, paging, all by the address."""

from datetime import timedelta

import pytest

from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations.closing import mark_published, rank_round
from tests.factories import MONDAY, make_account, make_contest, make_unit, this_monday
from tests.support.pages import Page
from tests.support.staff import enter

pytestmark = pytest.mark.both_databases

LIST = "/quan-tri/cuoc-thi/"


@pytest.fixture
def organiser(session):
    return make_account(session, unit=make_unit(session, name="tỉnh Tuyên Quang", kind="province"))


def contest_of(session, organiser, slug, **more):
    unit = make_unit(session, parent=None)
    unit.parent_id = organiser.grants[0].unit_id
    contest = make_contest(session, unit=unit, **more)
    contest.slug = slug
    contest.title = slug.replace("-", " ")
    session.flush()
    return contest


def shown(client, organiser, **asked):
    page = enter(client, organiser).get(LIST, query_string=asked).text
    return {slug for slug in ("thang-nay", "nam-ngoai", "cho-xem") if f'href="{LIST}{slug}"' in page}


@pytest.fixture
def three(session, organiser):
    """Create one contest with an open round, one published, one waiting."""
    contest_of(session, organiser, "thang-nay", weeks=1, first_day=this_monday())
    past = contest_of(session, organiser, "nam-ngoai", weeks=1)
    contest_of(session, organiser, "cho-xem", weeks=1)
    rank_round(session, past.rounds[0], now=past.rounds[0].closes_at + SETTLING)
    mark_published(session, past.rounds[0], now=past.rounds[0].closes_at + SETTLING)
    session.commit()


@pytest.mark.parametrize(
    ("stage", "found"),
    [
        ("", {"thang-nay", "nam-ngoai", "cho-xem"}),
        ("dang-mo", {"thang-nay"}),
        ("cho-cong-bo", {"cho-xem"}),
        ("da-xong", {"nam-ngoai"}),
        ("la", {"thang-nay", "nam-ngoai", "cho-xem"}),
    ],
)
def test_contests_are_listed_by_their_state(client, organiser, three, stage, found):
    assert shown(client, organiser, **{"tinh-trang": stage}) == found


@pytest.mark.parametrize(("typed", "found"), [("Tháng NÀY", {"thang-nay"}), ("%", set()), ("xem cho", {"cho-xem"})])
def test_a_contest_is_found_without_marks_or_order(client, organiser, three, typed, found):
    assert shown(client, organiser, tim=typed) == found


def test_a_page_has_25_contests_and_links_keep_the_filters(session, client, organiser, count_queries):
    for number in range(30):
        contest_of(session, organiser, f"cuoc-thi-thu-{number}", weeks=1, first_day=MONDAY.date())
    session.commit()
    enter(client, organiser)
    count_queries.clear()

    page = client.get(LIST, query_string={"tim": "thu", "tinh-trang": "cho-cong-bo"}).text

    assert page.count('<th scope="row">') == 25
    assert f"{LIST}?tim=thu&amp;tinh-trang=cho-cong-bo&amp;trang=2" in page
    assert len(count_queries) <= 12


def test_each_contest_says_what_it_is_doing_now(session, client, organiser, three):
    contest_of(session, organiser, "sap-toi", weeks=1, first_day=this_monday() + timedelta(weeks=1))
    contest_of(session, organiser, "thi-thu", weeks=1, first_day=this_monday()).is_rehearsal = True
    session.commit()

    page = Page(enter(client, organiser).get(LIST).text).text

    opens = this_monday() + timedelta(weeks=1)
    assert f"sap toi 1 Mở từ ngày {opens:%d/%m/%Y}" in page
    assert "thi thu 1 Đang diễn tập" in page
    assert "thang nay 1 Tuần 1 đang mở" in page
    assert "nam ngoai 1 Đã xong" in page
    assert "cho xem 1 Chờ công bố" in page
