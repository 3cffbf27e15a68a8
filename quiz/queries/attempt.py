"""Participants and their attempts, found by what they hold and never by who they say they are."""

import uuid
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from core.crypto import Keyring
from quiz.models import Attempt, Contest, Entry, Participant, Question, Round
from quiz.models.attempt import TIMED, UNDATED
from quiz.rules.ranking import Entry as EntryValue

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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


def list_entries(session: Session, round: Round) -> list[Entry]:
    """The counted entries of *round* with their attempts."""
    query = select(Entry).join(Entry.attempt).where(Entry.round_id == round.id).options(contains_eager(Entry.attempt))
    return list(session.scalars(query))


def entry_value(attempt: Attempt, guess: int | None) -> EntryValue:
    """An attempt as `rules.ranking` takes it; assisted and paper ones stand as if they had used the whole limit.

    A sheet's has the times that it says; one without a moment has none here, whatever day it is tallied on.
    """
    submitted = None if attempt.mode == UNDATED else attempt.submitted_at
    is_own = attempt.mode in TIMED
    limit_ms = attempt.round.limit_seconds * 1000
    return EntryValue(
        ref=str(attempt.participant_id),
        correct=attempt.correct or 0,
        duration_ms=attempt.duration_ms if is_own else limit_ms,
        guess=guess,
        submitted_ms=milliseconds(submitted) if submitted else None,
    )


def milliseconds(moment: datetime) -> int:
    """*moment* as whole milliseconds since 1970 UTC."""
    return (moment - EPOCH) // (datetime.resolution * 1000)


def count_entries(session: Session, round: Round) -> int:
    """How many people have an entry in *round*."""
    return session.scalar(select(func.count()).select_from(Entry).where(Entry.round_id == round.id)) or 0
