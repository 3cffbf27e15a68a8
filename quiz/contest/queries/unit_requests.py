"""How many requests of participants to be counted for another unit wait."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.contest.models import Participant, UnitRequest


def count_undecided(session: Session) -> dict[int, int]:
    """Return by contest how many requests wait for a decision."""
    query = select(Participant.contest_id, func.count()).join(UnitRequest.participant)
    query = query.where(UnitRequest.decided_at.is_(None)).group_by(Participant.contest_id)
    return dict(session.execute(query).all())
