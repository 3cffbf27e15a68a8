"""The organiser's page of a contest says for each round what it waits for, the longest overdue first."""

from datetime import timedelta

import pytest

from core import clock
from core.values.week import local_date, monday_of
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations import closing
from tests.factories import make_attempt, make_contest
from tests.support.pages import Page


@pytest.fixture
def contest(session, keyring):
    """Create a contest whose first week is closed and overdue, the second and third are over, the fourth is open."""
    first_day = monday_of(local_date(clock.now())) - timedelta(weeks=3)
    contest = make_contest(session, first_day=first_day, weeks=4)
    first, second, third, _open = contest.rounds
    make_attempt(session, keyring, first)
    closing.rank_round(session, first, now=first.closes_at + SETTLING)
    first.results_at = clock.now() - timedelta(days=3, hours=1)
    second.results_at = clock.now() + timedelta(hours=1)
    third.results_at = clock.now() + timedelta(hours=2)
    session.commit()
    return contest


@pytest.fixture
def week(contest):
    return contest.rounds[0]


def page_of(client, contest):
    return Page(client.get(f"/quan-tri/cuoc-thi/{contest.slug}").text)


def test_each_waiting_round_has_its_own_button_the_overdue_one_first(organiser, contest):
    page = page_of(organiser, contest)

    path = f"/quan-tri/cuoc-thi/{contest.slug}/tuan"
    assert (
        "Tuần 1 chờ công bố Quá giờ hẹn 3 ngày Làm tiếp tuần 1 Tuần 2 chờ chốt Chốt tuần 2 Tuần 3 chờ chốt "
        "Chốt tuần 3 Tuần 4 đang mở, còn" in page.text
    )
    assert {f"{path}/1", f"{path}/2/chot"} <= set(page.links)


def test_a_round_that_became_overdue_moves_to_the_front(organiser, session, contest):
    contest.rounds[1].results_at = clock.now() - timedelta(days=4, hours=1)
    session.commit()

    page = page_of(organiser, contest)

    assert "Tuần 2 chờ chốt Quá giờ hẹn 4 ngày Chốt tuần 2 Tuần 1 chờ công bố Quá giờ hẹn 3 ngày" in page.text


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (timedelta(days=2, hours=5), "Quá giờ hẹn 2 ngày"),
        (timedelta(hours=5, minutes=1), "Quá giờ hẹn 5 giờ"),
        (timedelta(minutes=30), "Vừa quá giờ hẹn"),
    ],
)
def test_the_list_of_contests_and_the_page_of_a_round_say_how_late_it_is(organiser, session, contest, late, words):
    contest.rounds[0].results_at = clock.now() - late
    session.commit()

    listed = Page(organiser.get("/quan-tri/cuoc-thi/").text).text
    round_page = Page(organiser.get(f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1").text).text

    assert "Tuần 1 chờ công bố" in listed and words in listed
    assert words in round_page


def test_a_round_whose_hour_has_not_come_is_not_late(organiser, session, contest):
    contest.rounds[0].results_at = clock.now() + timedelta(hours=2)
    session.commit()

    assert "uá giờ hẹn" not in page_of(organiser, contest).text


def test_a_published_round_says_when_it_was_published_not_when_it_was_to_be(organiser, session, contest):
    week = contest.rounds[0]
    closing.mark_published(session, week, now=clock.now())
    session.commit()

    page = Page(organiser.get(f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1").text).text

    assert "Hẹn công bố" not in page
    assert "Công bố lúc" in page
