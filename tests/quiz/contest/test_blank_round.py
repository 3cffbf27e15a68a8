"""A round without questions does not open."""

import pytest

from core import clock
from core.values.week import local_date, monday_of
from quiz.attempt.operations.attempt import RoundNotOpen, start_attempt
from quiz.contest.queries import find_open_round
from quiz.contest.rules.schedule import Phase
from tests.factories import MONDAY, make_contest, make_participant


def test_a_week_without_questions_is_not_open(session):
    contest = make_contest(session, questions=0)

    assert find_open_round(session, contest, MONDAY) is None


def test_a_paper_without_questions_can_not_be_begun(session, keyring):
    round = make_contest(session, questions=0).rounds[0]

    with pytest.raises(RoundNotOpen) as refusal:
        start_attempt(session, round, make_participant(session, keyring, round.contest), now=MONDAY)

    assert refusal.value.phase is Phase.UPCOMING


def test_the_contest_page_shows_that_its_week_is_not_ready(session, client):
    contest = make_contest(session, questions=0, weeks=1, first_day=monday_of(local_date(clock.now())))
    session.commit()

    page = client.get(f"/thi/{contest.slug}").text

    assert "Tuần 1 chưa sẵn sàng: Ban Tổ chức đang chuẩn bị câu hỏi." in page
    assert "Cuộc thi đã kết thúc" not in page
