"""Objections to published results: until when they may be made, and when results are final."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from core.values.week import day_start, local_date


class ObjectionOutcome(StrEnum):
    """The answer to an objection."""

    ACCEPTED = "accepted"
    """The results are or will be corrected by a re-mark, a void question or a correction, each a deed of its own."""
    REJECTED = "rejected"


OUTCOMES = tuple(outcome.value for outcome in ObjectionOutcome)


def objections_until(since: datetime, days: int) -> datetime:
    """Return the end of the period to object: the end of the local day *days* days after *since*.

    *since* is the publication, or the newest correction after it, which gives those whom it moved the whole period.

    >>> from datetime import UTC
    >>> objections_until(datetime(2026, 6, 8, 5, tzinfo=UTC), 3)
    datetime.datetime(2026, 6, 11, 17, 0, tzinfo=datetime.timezone.utc)
    """
    return day_start(local_date(since) + timedelta(days=days + 1))


def may_object(since: datetime, days: int | None, now: datetime) -> bool:
    """Return whether an objection may be made at *now*; False where no period is declared.

    >>> from datetime import UTC
    >>> may_object(datetime(2026, 6, 8, 5, tzinfo=UTC), None, datetime(2026, 6, 8, 6, tzinfo=UTC))
    False
    """
    return days is not None and since <= now < objections_until(since, days)
