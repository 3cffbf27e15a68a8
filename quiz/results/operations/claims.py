"""Record that a prize was received, and take a wrong record back."""

import uuid
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from quiz.contest.models import Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import PrizeClaim
from quiz.results.operations.audit_subjects import of_called
from quiz.results.operations.versions import NothingToDo
from quiz.results.queries.result import find_seat


def record_claim(session: Session, actor: Actor, round: Round, participant_id: uuid.UUID, *, now: datetime) -> None:
    """Record that the winner has received the confirmed prize of the published *round*.

    Raises:
        NothingToDo: they have no confirmed prize, the round is not published, or it is recorded already.
    """
    seat = find_seat(session, round, participant_id)
    is_theirs = seat is not None and seat.state == "confirmed" and not seat.needs_draw and seat.tier is not None
    if seat is None or not is_theirs or round.published_at is None or round.published_at > now:
        raise NothingToDo
    about, tier = of_called(round, seat), seat.tier or ""
    claim = PrizeClaim(
        round_id=round.id, participant_id=participant_id, tier=tier, received_at=now, recorded_by_id=actor.account_id
    )
    session.add(claim)
    try:
        session.flush()
    except IntegrityError as error:
        raise NothingToDo from error
    record(session, actor, QuizAction.PRIZE_RECEIVE, about, after={"prize": tier}, now=now)


def withdraw_claim(session: Session, actor: Actor, round: Round, participant_id: uuid.UUID, *, now: datetime) -> None:
    """Take back the record that a prize was received.

    Raises:
        NothingToDo: there is none.
    """
    mine = PrizeClaim.round_id == round.id, PrizeClaim.participant_id == participant_id
    tier = session.scalar(delete(PrizeClaim).where(*mine).returning(PrizeClaim.tier))
    seat = find_seat(session, round, participant_id)
    if tier is None or seat is None:
        raise NothingToDo
    record(session, actor, QuizAction.PRIZE_UNRECEIVE, of_called(round, seat), before={"prize": tier}, now=now)
