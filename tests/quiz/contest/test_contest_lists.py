"""Lists of many contests: search without diacritics, filter by stage, paging, all by the address."""

from datetime import date, timedelta

import pytest

from account.rules.permissions import Role
from quiz.attempt.models import Tally
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
    past, ends = "01/06/2026 – 07/06/2026", opens + timedelta(days=6)
    assert f"sap toi {opens:%d/%m/%Y} – {ends:%d/%m/%Y} 1 – Mở từ ngày {opens:%d/%m/%Y}" in page
    assert "1 – Đang diễn tập" in page
    assert "1 0 Tuần 1 đang mở" in page
    assert f"nam ngoai {past} 1 – Đã xong" in page
    assert f"cho xem {past} 1 – Tuần 1 chờ chốt Quá giờ hẹn" in page


def test_every_round_that_waits_is_named_and_the_longest_delay(session, client, organiser):
    contest_of(session, organiser, "ba-tuan", weeks=3, first_day=this_monday() - timedelta(weeks=3))
    session.commit()

    page = Page(enter(client, organiser).get(LIST).text).text

    assert "Tuần 1 chờ chốt · Tuần 2 chờ chốt · 1 đợt khác Quá giờ hẹn 14 ngày" in page


def test_contests_stand_in_groups_and_what_waits_stands_first(session, client, organiser, three):
    contest_of(session, organiser, "sap-toi", weeks=1, first_day=this_monday() + timedelta(weeks=1))
    session.commit()

    page = Page(enter(client, organiser).get(LIST).text).text

    heads = ["Cần làm 1 cho xem", "Đang mở 1 thang nay", "Sắp tới 1 sap toi", "Đã xong 1 nam ngoai"]
    assert [head in page for head in heads] == [True] * 4
    assert sorted(heads, key=page.index) == heads


def test_many_contests_that_are_over_are_folded_below_the_others(session, client, organiser, three):
    for number in range(3):
        past = contest_of(session, organiser, f"da-qua-{number}", weeks=1)
        rank_round(session, past.rounds[0], now=past.rounds[0].closes_at + SETTLING)
        mark_published(session, past.rounds[0], now=past.rounds[0].closes_at + SETTLING)
    session.commit()

    first, folded = enter(client, organiser).get(LIST).text.split('<details class="part box">')

    assert ("thang nay" in first, "nam ngoai" in first, "nam ngoai" in folded) == (True, False, True)
    assert "Đã xong 4" in Page(f"<p>{folded}").text


def test_each_contest_says_how_many_people_took_part_in_its_latest_week(session, client, organiser, count_queries):
    contests = [contest_of(session, organiser, slug, weeks=3) for slug in ("mot", "hai")]
    for contest in contests:
        for round in contest.rounds[:2]:
            for day in (10, 11):
                cell = {"round_id": round.id, "unit_id": contest.unit_id, "day": date(2023, 6, day)}
                session.add(Tally(**cell, turns=900, people=600 + round.number))
    session.commit()
    enter(client, organiser)
    count_queries.clear()

    page = Page(client.get(LIST).text).text

    assert page.count("3 1.204 Tuần 2 Tuần 1 chờ chốt") == 2
    assert sum("quiz_tally" in each for each in count_queries) == 1


def test_turnout_is_shown_to_those_who_may_see_results(session, client, organiser):
    contest = contest_of(session, organiser, "mot", weeks=1)
    session.add(Tally(round_id=contest.rounds[0].id, unit_id=contest.unit_id, day=date(2023, 6, 10), people=77))
    administrator = make_account(session, role=Role.ADMINISTRATOR, unit=organiser.grants[0].unit)
    session.commit()

    assert "1 77 Tuần 1 chờ" in Page(enter(client, organiser).get(LIST).text).text
    page = enter(client, administrator).get(LIST)
    assert page.status_code != 200 or " 77 " not in Page(page.text).text
