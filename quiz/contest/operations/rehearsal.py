"""Keeping a rehearsal from ending while something is written into it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.contest.models import Contest


class RehearsalOver(Exception):
    """The page was of a rehearsal that has ended meanwhile."""


def hold_rehearsal(session: Session, contest_id: int) -> None:
    """Keep the rehearsal from being wiped until the commit, so that nothing of it is left behind.

    Raises:
        RehearsalOver: it has ended.
    """
    query = select(Contest.is_rehearsal).where(Contest.id == contest_id).with_for_update(read=True)
    if not session.scalar(query):
        raise RehearsalOver
