"""Many entries (ten thousand with `LONG=1`): the last second (F9), the duration as the server measured it (F11), close
and re-mark (F13).
"""

import os
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from account.operations.audit import SYSTEM
from bench.load.large_round import fill
from core.clock import MILLISECOND
from core.crypto import new_code
from quiz.attempt.models import AnswerSheet, Attempt, Entry, Tally
from quiz.attempt.operations.attempt import RoundNotOpen, Submission, build_attempt, submit_attempt
from quiz.attempt.queries.attempt import find_attempt
from quiz.attempt.rules.commitment import read_answers
from quiz.contest.rules.schedule import SETTLING
from quiz.results.models import StandingRow
from quiz.results.operations.closing import close_round
from quiz.results.operations.remark import preview_remark, remark_round
from quiz.results.operations.versions import NothingToDo
from tests.factories import make_contest, make_participant

pytestmark = pytest.mark.both_databases
ENTRIES, QUESTIONS = 10_000 if os.environ.get("LONG") else 300, 10


@pytest.fixture
def week(session, keyring):
    """Close a round of many entries."""
    round = make_contest(session, questions=QUESTIONS).rounds[0]
    fill(round, ENTRIES, keyring)
    session.commit()
    close_round(session, keyring, SYSTEM, round, now=round.closes_at + SETTLING, between=session.commit)
    session.commit()
    return round


def right_by(answers, key):
    return sum(answers.get(ref) == [letter] for ref, letter in key.items())


def test_f13_many_are_marked_again_and_twice_is_once(session, week):
    key = {question.ref: sorted(question.key)[0] for question in week.questions}
    third = next(each for each in week.questions if each.position == 3)

    seen = preview_remark(session, week, 3, "B").preview.digest
    now = week.closes_at + SETTLING
    remark_round(session, SYSTEM, week, 3, "B", seen=seen, reason="Sai đáp án", now=now, between=session.commit)
    session.commit()

    papers = session.execute(select(Attempt.correct, AnswerSheet.answers).join(Attempt.sheet)).all()
    assert all(mark == right_by(read_answers(answers), key | {third.ref: "B"}) for mark, answers in papers)
    assert session.scalar(select(func.sum(Tally.perfect))) == sum(mark == QUESTIONS for mark, _answers in papers)
    with pytest.raises(NothingToDo):
        preview_remark(session, week, 3, "B")


def test_f9_many_papers_around_the_close_are_decided_by_their_stamp(session, keyring):
    round = make_contest(session, questions=1, tries=None).rounds[0]
    people, begun = ENTRIES // 20, round.closes_at - timedelta(minutes=5)
    who = [make_participant(session, keyring, round.contest) for _ in range(people)]
    attempts = [build_attempt(round, who[at % people], ordinal=at // people + 1, now=begun) for at in range(ENTRIES)]
    session.add_all(attempts)
    taken = []

    for at, id in enumerate([each.id for each in attempts]):
        stamp = round.closes_at + (at - ENTRIES // 2) * MILLISECOND
        try:
            submit_attempt(session, keyring, find_attempt(session, id), Submission({}, 1, new_code()), now=stamp)
        except RoundNotOpen:
            assert stamp >= round.closes_at
        else:
            taken.append(stamp)

    assert max(taken) == round.closes_at - MILLISECOND
    assert len(taken) == session.scalar(select(func.sum(Tally.turns))) == ENTRIES // 2


def test_f11_many_are_ranked_by_what_the_server_measured(session, week):
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
