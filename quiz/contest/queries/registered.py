"""How many people are registered for a contest, by their unit."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.contest.models import Contest, Participant


def count_registered(session: Session, contest: Contest) -> dict[int, int]:
    """Return by unit how many people are registered; those of a rehearsal and those erased are not counted."""
    mine = Participant.contest_id == contest.id
    counted = mine, Participant.is_rehearsal.is_(False), Participant.person_id.is_not(None)
    query = select(Participant.unit_id, func.count()).where(*counted).group_by(Participant.unit_id)
    return dict(session.execute(query).all())
