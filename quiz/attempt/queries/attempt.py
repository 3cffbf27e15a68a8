"""Participants and their attempts, found by what they hold and never by who they say they are."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from core.crypto import Keyring
from core.values.week import local_date
from quiz.attempt.models import TIMED, UNDATED, AnswerSheet, Attempt, Entry
from quiz.attempt.rules.counting import SubmittedAttempt
from quiz.attempt.rules.entry import EntryValue
from quiz.bank.models import Question
from quiz.contest.models import Contest, Participant, Round

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Paper(NamedTuple):
    """Of an attempt, what it is ranked by."""

    participant_id: uuid.UUID
    mode: str
    submitted_at: datetime | None
    correct: int | None
    duration_ms: int | None


def list_attempts(session: Session, round_id: int, participant_id: uuid.UUID) -> list[Attempt]:
    """A participant's attempts in a round, the first first."""
    query = select(Attempt).where(Attempt.round_id == round_id, Attempt.participant_id == participant_id)
    return list(session.scalars(query.order_by(Attempt.ordinal)))


def find_attempt(session: Session, attempt_id: uuid.UUID) -> Attempt | None:
    """An attempt with all that marking it needs, in three statements."""
    query = (
        select(Attempt)
        .where(Attempt.id == attempt_id)
        .options(
            joinedload(Attempt.participant),
            joinedload(Attempt.round).selectinload(Round.questions).selectinload(Question.choices),
        )
    )
    return session.scalar(query)


def find_attempt_by_receipt(session: Session, keyring: Keyring, receipt: str) -> Attempt | None:
    """The submitted attempt whose receipt this is, with its paper and its round's questions."""
    query = (
        select(Attempt)
        .where(Attempt.receipt_hash == keyring.mac("attempt-receipt", receipt))
        .options(
            joinedload(Attempt.sheet),
            joinedload(Attempt.participant),
            joinedload(Attempt.round).joinedload(Round.contest),
            joinedload(Attempt.round).selectinload(Round.questions).selectinload(Question.choices),
        )
    )
    return session.scalar(query)


def find_participant_by_code(session: Session, keyring: Keyring, contest: Contest, code: str) -> Participant | None:
    """Whoever holds this personal code, or this receipt of an earlier attempt, in *contest*; in a rehearsal those of
    the rehearsal alone, and the others without one."""
    query = select(Participant).where(
        Participant.contest_id == contest.id, Participant.is_rehearsal.is_(contest.is_rehearsal)
    )
    held = session.scalar(query.where(Participant.code_hash == keyring.mac("personal-code", code)))
    if held is not None:
        return held
    receipt = Attempt.receipt_hash == keyring.mac("attempt-receipt", code)
    return session.scalar(query.join(Attempt, Attempt.participant_id == Participant.id).where(receipt))


def find_holder(session: Session, keyring: Keyring, code: str) -> Participant | None:
    """Whoever holds this personal code, or this receipt, in any contest; nobody of a rehearsal."""
    query = select(Participant).where(Participant.is_rehearsal.is_(False))
    held = session.scalar(query.where(Participant.code_hash == keyring.mac("personal-code", code)))
    if held is not None:
        return held
    receipt = Attempt.receipt_hash == keyring.mac("attempt-receipt", code)
    return session.scalar(query.join(Attempt, Attempt.participant_id == Participant.id).where(receipt))


def counted_entries(session: Session, round: Round) -> dict[uuid.UUID, EntryValue]:
    """The counted entries of *round* by their attempts: columns alone, for a week has some ten thousand."""
    columns = (Attempt.participant_id, Attempt.mode, Attempt.submitted_at, Attempt.correct, Attempt.duration_ms)
    query = select(Entry.attempt_id, Entry.guess, *columns).join(Entry.attempt).where(Entry.round_id == round.id)
    return {row.attempt_id: _value(Paper(*row[2:]), row.guess, round) for row in session.execute(query)}


def entry_value(attempt: Attempt, guess: int | None) -> EntryValue:
    """An attempt as `rules.ranking` takes it; assisted and paper ones stand as if they had used the whole limit.

    A sheet's has the times that it says; one without a moment has none here, whatever day it is tallied on.
    """
    paper = Paper(attempt.participant_id, attempt.mode, attempt.submitted_at, attempt.correct, attempt.duration_ms)
    return _value(paper, guess, attempt.round)


def submitted_value(attempt: Attempt, guess: int | None, correct: int | None = None) -> SubmittedAttempt:
    """A submitted attempt as `rules.counting` takes it, known by its id; *correct* in place of its own marks."""
    value = replace(entry_value(attempt, guess), ref=str(attempt.id))
    if correct is not None:
        value = replace(value, correct=correct)
    return SubmittedAttempt(value, local_date(attempt.submitted_at or attempt.started_at), attempt.ordinal)


class Submitted(NamedTuple):
    """A submitted attempt of a round with its person and their unit."""

    participant_id: uuid.UUID
    unit_id: int
    attempt: SubmittedAttempt


def submitted_of_round(session: Session, round: Round) -> Iterator[Submitted]:
    """The submitted attempts of *round* without rehearsals, person by person: columns alone, for a round has many."""
    columns = (Attempt.participant_id, Attempt.mode, Attempt.submitted_at, Attempt.correct, Attempt.duration_ms)
    query = (
        select(Attempt.id, Attempt.ordinal, Participant.unit_id, AnswerSheet.guess, *columns)
        .join(Participant, Participant.id == Attempt.participant_id)
        .outerjoin(AnswerSheet, AnswerSheet.attempt_id == Attempt.id)
        .where(Attempt.round_id == round.id, Attempt.submitted_at.is_not(None), Participant.is_rehearsal.is_(False))
        .order_by(Attempt.participant_id)
    )
    for row in session.execute(query):
        paper = Paper(*row[4:])
        value = replace(_value(paper, row.guess, round), ref=str(row.id))
        day = local_date(paper.submitted_at or round.opens_at)
        yield Submitted(paper.participant_id, row.unit_id, SubmittedAttempt(value, day, row.ordinal))


def list_submitted(session: Session, but: Attempt) -> list[SubmittedAttempt]:
    """The submitted attempts of the person of *but* in its round, without that one."""
    query = (
        select(Attempt, AnswerSheet.guess)
        .outerjoin(AnswerSheet, AnswerSheet.attempt_id == Attempt.id)
        .where(Attempt.round_id == but.round_id, Attempt.participant_id == but.participant_id)
        .where(Attempt.id != but.id, Attempt.submitted_at.is_not(None))
    )
    return [submitted_value(attempt, guess) for attempt, guess in session.execute(query)]


def _value(paper: Paper, guess: int | None, round: Round) -> EntryValue:
    submitted = None if paper.mode == UNDATED else paper.submitted_at
    is_own = paper.mode in TIMED
    return EntryValue(
        ref=str(paper.participant_id),
        correct=paper.correct or 0,
        duration_ms=paper.duration_ms if is_own else round.limit_seconds * 1000,
        guess=guess,
        submitted_ms=milliseconds(submitted) if submitted else None,
    )


def milliseconds(moment: datetime) -> int:
    """*moment* as whole milliseconds since 1970 UTC."""
    return (moment - EPOCH) // (datetime.resolution * 1000)


def count_entries(session: Session, round: Round) -> int:
    """How many people have an entry in *round*."""
    return session.scalar(select(func.count()).select_from(Entry).where(Entry.round_id == round.id)) or 0
