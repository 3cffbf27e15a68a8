"""The daily count of rounds that are not closed, the alarm that it keeps, and the command that counts at once."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from core.duties import check_daily
from quiz.attempt.models import Tally
from quiz.attempt.operations.tally import recount_round
from quiz.attempt.queries.tally_check import list_alarms, list_doubtful
from quiz.contest.rules.actions import QuizAction
from quiz.results.operations.closing import rank_round
from tests.factories import make_attempt, make_contest


@pytest.fixture()
def round(session, keyring):
    contest = make_contest(session)
    first = contest.rounds[0]
    make_attempt(session, keyring, first)
    session.flush()
    return first


def lose_a_turn(session, round):
    session.execute(update(Tally).where(Tally.round_id == round.id).values(turns=0, people=0, perfect=0))


def stored(session, round):
    return session.execute(select(Tally.turns, Tally.people).where(Tally.round_id == round.id)).all()


def test_a_right_tally_is_not_doubtful(session, round):
    assert list_doubtful(session) == []
    assert recount_round(session, SYSTEM, round, now=round.opens_at) == []
    assert session.scalars(select(AuditEntry).where(AuditEntry.action == QuizAction.ROUND_RECOUNT)).all() == []


def test_a_lost_turn_is_found_mended_and_kept(session, round):
    lose_a_turn(session, round)
    [mend] = check_daily(session)

    said = mend(session, round.opens_at.date())

    assert "1 đợt thi" in said
    assert stored(session, round) == [(1, 1)]
    [line] = list_alarms(session, round)
    assert "stored (0, 0, 0), counted (1, 1, " in line


def test_the_close_names_again_what_was_mended_before(session, round):
    lose_a_turn(session, round)
    [found] = recount_round(session, SYSTEM, round, now=round.opens_at)

    result = rank_round(session, round, now=round.results_at)

    assert result.differences == [f"mended before the close: {found}"]


def test_what_a_closed_round_counted_is_left_alone(session, round):
    round.closed_at = round.closes_at + timedelta(hours=1)
    session.flush()
    lose_a_turn(session, round)

    assert list_doubtful(session) == []
    assert recount_round(session, SYSTEM, round, now=round.closed_at) == []
    assert stored(session, round) == [(0, 0)]


@pytest.mark.parametrize(("options", "turns"), [([], 1), (["--dry-run"], 0)])
def test_the_command_counts_at_once(app, session, round, options, turns):
    lose_a_turn(session, round)
    session.commit()

    reply = app.test_cli_runner().invoke(args=["quiz", "recount", *options])

    assert "đã lưu (0, 0, 0), đếm lại (1, 1, " in reply.output
    assert stored(session, round) == [(turns, turns and 1)]
