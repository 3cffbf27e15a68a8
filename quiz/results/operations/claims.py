"""Record that a prize was received, and take a wrong record back."""

import uuid
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from account.operations.audit import Actor, Subject, record
from quiz.contest.models import Contest, Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import PrizeClaim, SeasonAward, Winner
from quiz.results.operations.audit_subjects import of_called, of_season_seat
from quiz.results.operations.versions import NothingToDo
from quiz.results.queries.claims import claims_of, find_claimable, find_prize


def record_claim(
    session: Session, actor: Actor, of: Round | Contest, participant_id: uuid.UUID, *, now: datetime
) -> None:
    """Record that somebody has received their prize *of* a published round, or of the whole contest.

    Raises:
        NothingToDo: they have no confirmed prize, it is not published, or it is recorded already.
    """
    prize = find_claimable(session, of, participant_id, now)
    if prize is None:
        raise NothingToDo
    claim = PrizeClaim(
        round_id=of.id if isinstance(of, Round) else None,
        participant_id=participant_id,
        tier=prize.tier or "",
        received_at=now,
        recorded_by_id=actor.account_id,
    )
    session.add(claim)
    try:
        session.flush()
    except IntegrityError as error:
        raise NothingToDo from error
    record(session, actor, QuizAction.PRIZE_RECEIVE, _about(of, prize), after={"prize": claim.tier}, now=now)


def withdraw_claim(
    session: Session, actor: Actor, of: Round | Contest, participant_id: uuid.UUID, *, now: datetime
) -> None:
    """Take back the record that a prize was received.

    Raises:
        NothingToDo: there is none.
    """
    prize = find_prize(session, of, participant_id)
    mine = claims_of(of).where(PrizeClaim.participant_id == participant_id)
    claim = session.scalar(mine.with_for_update())
    if claim is None or prize is None:
        raise NothingToDo
    tier = claim.tier
    session.delete(claim)
    session.flush()
    record(session, actor, QuizAction.PRIZE_UNRECEIVE, _about(of, prize), before={"prize": tier}, now=now)


def _about(of: Round | Contest, prize: Winner | SeasonAward) -> Subject:
    return of_called(of, prize) if isinstance(of, Round) else of_season_seat(of, prize)
