"""Blank old comments, and erase a comment at its author's request."""

import uuid
from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from core.db import changed_rows, parts
from core.erasure_log import note
from core.values.week import monday_of
from survey.instrument.rules import quick
from survey.rating.models import WRITTEN, OptionTally, Rating
from survey.rating.rules.retention import COMMENT_DAYS

ERASED = "comment"
"""The kind of an erased comment in the erasure log."""


def purge_comments(session: Session, today: date) -> int:
    """Blank the comments older than `COMMENT_DAYS` and return how many; the ratings stay counted."""
    before = monday_of(today - timedelta(days=COMMENT_DAYS))
    old = update(Rating).where(Rating.week < before, Rating.comment != "").values(comment="")
    session.execute(delete(OptionTally).where(OptionTally.week < before, OptionTally.item == quick.COMMENT))
    return changed_rows(session, old)


def erase_comment(session: Session, rating: Rating) -> None:
    """Erase the comment of *rating* at its author's request (Luật 91/2025/QH15): it may identify them.

    The chosen options name no person and stay counted. The erasure is logged for restored backups.
    """
    _uncount(session, [rating.id])
    rating.comment = ""
    note(session, ERASED, [rating.id])
    session.flush()


def erase_comments_again(session: Session, ids: Collection[uuid.UUID]) -> int:
    """Erase the comments of *ids* in a restored older copy of the database; return how many."""
    erased = 0
    for some in parts(sorted(ids)):
        _uncount(session, some)
        blank = update(Rating).where(Rating.id.in_(some), Rating.comment != "").values(comment="")
        erased += changed_rows(session, blank)
    return erased


def _uncount(session: Session, ids: Collection[uuid.UUID]) -> None:
    """Subtract the existing comments of *ids* from the tally."""
    place = (Rating.counter_id, Rating.week, Rating.channel, Rating.rating_class)
    counts = select(*place, func.count()).where(Rating.id.in_(ids), WRITTEN).group_by(*place)
    for counter_id, week, channel, kind, count in session.execute(counts).all():
        row = update(OptionTally).where(
            OptionTally.counter_id == counter_id,
            OptionTally.week == week,
            OptionTally.channel == channel,
            OptionTally.rating_class == kind,
            OptionTally.item == quick.COMMENT,
        )
        session.execute(row.values(count=OptionTally.count - count))
