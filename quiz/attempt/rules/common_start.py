"""A common start: all papers of a round begin at its opening, and late ones have the time that is left."""

from datetime import datetime, timedelta

WAITS_FOR = timedelta(hours=2)
"""How long before a common start people may come and wait for it."""


def common_start(opens_at: datetime, limit_seconds: int, now: datetime) -> datetime | None:
    """Return when a paper that is opened at *now* began: at the opening; None once the time of all is over.

    >>> opens = datetime(2026, 11, 30, 8, 0)
    >>> common_start(opens, 900, opens + timedelta(minutes=10)) == opens
    True
    >>> common_start(opens, 900, opens + timedelta(minutes=15)) is None
    True
    """
    return opens_at if now < opens_at + timedelta(seconds=limit_seconds) else None


def may_wait(opens_at: datetime, now: datetime) -> bool:
    """Return whether people wait for the start at *now*: from two hours before it until it comes."""
    return opens_at - WAITS_FOR <= now < opens_at
