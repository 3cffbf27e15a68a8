"""Starting and submitting attempts: what counts, what is refused, and the tally."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from core.crypto import new_code
from quiz.attempt.models import AnswerSheet, Attempt, Entry, Tally
from quiz.attempt.operations import attempt as operations
from quiz.attempt.operations.tally import rebuild_tally
from quiz.attempt.queries.attempt import find_attempt
from quiz.attempt.rules import commitment
from quiz.contest.models import Participant
from quiz.contest.rules.schedule import Phase
from tests.factories import MONDAY, make_attempt, make_contest, make_participant

pytestmark = pytest.mark.both_databases

NINE = MONDAY + timedelta(hours=9)


def blank(receipt=""):
    return operations.Submission({}, None, receipt or new_code())


def test_a_submission_is_marked_counted_and_tallied(session, keyring):
    round = make_contest(session, questions=3).rounds[0]

    attempt = make_attempt(session, keyring, round, correct=3, seconds=252)

    entry = session.scalar(select(Entry))
    tally = session.scalar(select(Tally))
    assert (attempt.correct, attempt.duration_ms) == (3, 252_000)
    assert entry.attempt_id == attempt.id
    assert (tally.turns, tally.people, tally.perfect) == (1, 1, 1)


def test_the_salts_open_both_commitments(session, keyring):
    round = make_contest(session).rounds[0]

    attempt = make_attempt(session, keyring, round, correct=1, guess=480)

    sheet = session.get_one(AnswerSheet, attempt.id)
    answers = commitment.read_answers(sheet.answers)
    assert commitment.of_answers(sheet.salt, answers, 480) == attempt.answers_commitment
    assert commitment.of_answers(sheet.salt, answers, 481) != attempt.answers_commitment


def test_the_second_submission_of_a_paper_is_refused(session, keyring):
    round = make_contest(session).rounds[0]
    attempt = make_attempt(session, keyring, round)

    with pytest.raises(operations.AlreadySubmitted):
        operations.submit_attempt(
            session, keyring, find_attempt(session, attempt.id), blank(), now=NINE + timedelta(minutes=3)
        )


def test_an_attempt_that_is_refused_after_its_row_was_written_leaves_no_row(session, keyring):
    round = make_contest(session).rounds[0]
    participant = make_participant(session, keyring, round.contest)
    session.execute(update(Participant).values(person_id=None))
    session.commit()

    with pytest.raises(operations.Restricted):
        operations.start_attempt(session, round, participant, now=NINE)
    session.rollback()

    assert session.scalar(select(func.count()).select_from(Attempt)) == 0


@pytest.mark.parametrize(("late_ms", "refused"), [(-1, False), (0, True), (1, True)])
def test_the_limit_and_its_grace_end_to_the_millisecond(session, keyring, late_ms, refused):
    round = make_contest(session).rounds[0]
    begun = operations.start_attempt(session, round, make_participant(session, keyring, round.contest), now=NINE)
    attempt = find_attempt(session, begun.id)
    now = NINE + timedelta(seconds=630, milliseconds=late_ms)

    if refused:
        with pytest.raises(operations.TimeOver):
            operations.submit_attempt(session, keyring, attempt, blank(), now=now)
    else:
        assert operations.submit_attempt(session, keyring, attempt, blank(), now=now).duration_ms == 629_999


def test_grace_never_extends_the_close(session, keyring):
    round = make_contest(session).rounds[0]
    late = round.closes_at - timedelta(minutes=1)
    begun = operations.start_attempt(session, round, make_participant(session, keyring, round.contest), now=late)

    with pytest.raises(operations.RoundNotOpen) as refusal:
        operations.submit_attempt(session, keyring, find_attempt(session, begun.id), blank(), now=round.closes_at)

    assert refusal.value.phase is Phase.ENDED


def test_a_reload_takes_the_running_attempt_up_again(session, keyring):
    round = make_contest(session).rounds[0]
    participant = make_participant(session, keyring, round.contest)
    first = operations.start_attempt(session, round, participant, now=NINE)

    second = operations.start_attempt(session, round, participant, now=NINE + timedelta(minutes=2))

    assert second.id == first.id


def test_a_paper_that_was_opened_and_left_uses_up_its_try(session, keyring):
    round = make_contest(session).rounds[0]
    participant = make_participant(session, keyring, round.contest)
    operations.start_attempt(session, round, participant, now=NINE)

    with pytest.raises(operations.NoTriesLeft):
        operations.start_attempt(session, round, participant, now=NINE + timedelta(hours=1))


def test_unlimited_tries_count_the_best_and_its_guess(session, keyring):
    round = make_contest(session, preset="vcnet").rounds[0]
    participant = make_participant(session, keyring, round.contest)
    make_attempt(session, keyring, round, participant=participant, correct=1, guess=5, started_at=NINE)

    best = make_attempt(
        session, keyring, round, participant=participant, correct=3, guess=7, started_at=NINE + timedelta(hours=1)
    )
    make_attempt(
        session, keyring, round, participant=participant, correct=2, guess=9, started_at=NINE + timedelta(hours=2)
    )

    entry = session.scalar(select(Entry))
    tally = session.scalar(select(Tally))
    assert (entry.attempt_id, entry.guess) == (best.id, 7)
    assert (tally.turns, tally.people, tally.perfect) == (3, 1, 1)


def test_the_rebuild_reports_and_repairs_differences_of_the_tally(session, keyring):
    round = make_contest(session, preset="vcnet").rounds[0]
    participant = make_participant(session, keyring, round.contest)
    for day in range(3):
        make_attempt(
            session, keyring, round, participant=participant, correct=day + 1, started_at=NINE + timedelta(days=day)
        )
    honest = rebuild_tally(session, round)
    session.scalar(select(Tally)).turns += 5

    altered = rebuild_tally(session, round)

    assert honest == []
    assert len(altered) == 1
    assert sum(session.scalars(select(Tally.turns))) == 3


def test_no_table_holds_both_times_and_answers():
    times = {"started_at", "submitted_at", "deadline_at", "duration_ms"}

    assert not times & {column.name for column in AnswerSheet.__table__.columns}
    assert "answers" not in {column.name for column in Attempt.__table__.columns}
