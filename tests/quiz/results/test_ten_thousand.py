"""Ten thousand entries: the close, a re-mark (F13) and the duration as the server measured it (F11); `LONG=1` alone."""

import os
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from account.operations.audit import SYSTEM
from bench.closes import fill
from quiz.attempt.models import AnswerSheet, Attempt, Entry, Tally
from quiz.attempt.rules.commitment import read_answers
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import StandingRow
from quiz.results.operations.closing import close_round
from quiz.results.operations.remark import preview_remark, remark_round
from quiz.results.operations.versions import NothingToDo
from tests.factories import make_contest

pytestmark = [
    pytest.mark.both_databases,
    pytest.mark.skipif(not os.environ.get("LONG"), reason="ten thousand entries take a minute: LONG=1"),
]
ENTRIES, QUESTIONS, SECONDS = 10_000, 10, 30


@pytest.fixture
def week(session, keyring):
    """Close a round of ten thousand."""
    round = make_contest(session, questions=QUESTIONS).rounds[0]
    fill(round, ENTRIES)
    session.commit()
    close_round(session, keyring, SYSTEM, round, now=round.closes_at + SETTLING, between=session.commit)
    session.commit()
    return round


def right_by(answers, key):
    return sum(answers.get(ref) == [letter] for ref, letter in key.items())


def test_f13_ten_thousand_are_marked_again_in_half_a_minute_and_twice_is_once(session, week):
    key = {question.ref: sorted(question.key)[0] for question in week.questions}
    third, began = next(each for each in week.questions if each.position == 3), time.monotonic()

    seen = preview_remark(session, week, 3, "B").preview.digest
    now = week.closes_at + SETTLING
    remark_round(session, SYSTEM, week, 3, "B", seen=seen, reason="Sai đáp án", now=now, between=session.commit)
    session.commit()

    assert time.monotonic() - began < SECONDS
    papers = session.execute(select(Attempt.correct, AnswerSheet.answers).join(Attempt.sheet)).all()
    assert all(mark == right_by(read_answers(answers), key | {third.ref: "B"}) for mark, answers in papers)
    assert session.scalar(select(func.sum(Tally.perfect))) == sum(mark == QUESTIONS for mark, _answers in papers)
    with pytest.raises(NothingToDo):
        preview_remark(session, week, 3, "B")


def test_f11_ten_thousand_are_ranked_by_what_the_server_measured(session, week):
    query = (
        select(StandingRow.position, StandingRow.rank, Attempt.correct, Attempt.started_at, Attempt.submitted_at)
        .join(Attempt, Attempt.id == StandingRow.attempt_id)
        .join(Entry, Entry.attempt_id == Attempt.id)
        .order_by(StandingRow.position)
    )
    lines = session.execute(query).all()

    took = [(-correct, (submitted - started) // timedelta(seconds=1)) for *_line, correct, started, submitted in lines]
    assert len(lines) == ENTRIES
    assert took == sorted(took)
    assert all(rank <= position for position, rank, *_times in lines)
