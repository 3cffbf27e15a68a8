"""Keep a rehearsal from ending while its data is written."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.contest.models import Contest


class RehearsalOver(Exception):
    """The page belonged to a rehearsal that has ended."""


def lock_rehearsal(session: Session, contest_id: int) -> None:
    """Lock the rehearsal until the commit, so that a concurrent wipe leaves nothing behind.

    Raises:
        RehearsalOver: it has ended.
    """
    query = select(Contest.is_rehearsal).where(Contest.id == contest_id).with_for_update(read=True)
    if not session.scalar(query):
        raise RehearsalOver
