"""Blank comments that are too old, and erase one at the request of its author."""

import uuid
from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.db import parts
from core.erasure_log import note
from core.values.week import monday_of
from survey.rating.models import Rating
from survey.rating.rules.retention import COMMENT_DAYS

ERASED = "comment"
"""What one is called where erasures are remembered."""


def purge_comments(session: Session, today: date) -> int:
    """Blank the comments that are too old to be answered; the ratings stay counted. Returns how many."""
    before = monday_of(today - timedelta(days=COMMENT_DAYS))
    old = update(Rating).where(Rating.week < before, Rating.comment != "").values(comment="")
    return int(getattr(session.execute(old), "rowcount", 0))


def erase_comment(session: Session, rating: Rating) -> None:
    """Erase what its author wrote with *rating* (Luật 91/2025/QH15): somebody may have told of themselves in it.

    The level and what it was about name nobody, were counted, and stay.
    """
    rating.comment = ""
    note(session, ERASED, [rating.id])
    session.flush()


def erase_comments_again(session: Session, ids: Collection[uuid.UUID]) -> int:
    """Erase what a copy of an earlier day still knows of the comments of *ids*; returns how many."""
    known = (update(Rating).where(Rating.id.in_(some), Rating.comment != "") for some in parts(sorted(ids)))
    return sum(int(getattr(session.execute(query.values(comment="")), "rowcount", 0)) for query in known)
