"""The submitted papers of a person in a round, and the units of people at a round's close."""

import uuid
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from quiz.attempt.models import AnswerSheet, Attempt
from quiz.attempt.queries.attempt import Submittable, counted_value
from quiz.attempt.rules.counting import SubmittedAttempt
from quiz.contest.models import Participant, ParticipantVersion, Round

NONE = uuid.UUID(int=0)
_SUBMITTED = (
    select(Attempt.id, Attempt.ordinal, Attempt.mode, Attempt.submitted_at, Attempt.correct, AnswerSheet.guess)
    .outerjoin(AnswerSheet, AnswerSheet.attempt_id == Attempt.id)
    .where(Attempt.round_id == bindparam("round"), Attempt.participant_id == bindparam("participant"))
    .where(Attempt.id != bindparam("but"), Attempt.submitted_at.is_not(None))
)


def list_submitted(session: Session, but: Submittable) -> list[SubmittedAttempt]:
    """Return the submitted attempts of the participant of *but* in its round, without that one."""
    return _submitted(session, {"round": but.round_id, "participant": but.participant_id, "but": but.id})


def list_turns(session: Session, round_id: int, participant_id: uuid.UUID) -> list[SubmittedAttempt]:
    """Return all submitted attempts of a participant in a round."""
    return _submitted(session, {"round": round_id, "participant": participant_id, "but": NONE})


def _submitted(session: Session, which: dict[str, Any]) -> list[SubmittedAttempt]:
    return [
        counted_value(row.id, row.ordinal, row.mode, row.submitted_at, row.correct, row.guess)
        for row in session.connection().execute(_SUBMITTED, which)
    ]


def units_at_close(session: Session, round: Round) -> dict[uuid.UUID, int]:
    """Return the units at the close of *round* of the people who were moved to another one later."""
    query = (
        select(ParticipantVersion.participant_id, ParticipantVersion.unit_id)
        .join(Participant, Participant.id == ParticipantVersion.participant_id)
        .where(Participant.contest_id == round.contest_id, ParticipantVersion.until >= round.closes_at)
        .order_by(ParticipantVersion.version.desc())
    )
    return {row.participant_id: row.unit_id for row in session.execute(query)}
