"""The lifetimes of sessions, links and cookies."""

from datetime import datetime, timedelta

IDLE = timedelta(hours=12)
"""An unused session: covers a working day with its evening, but not the next morning."""
LONGEST = timedelta(days=30)
"""A session in daily use; a stolen cookie is worth a month at most."""
TOUCH = timedelta(minutes=5)
"""The shortest time between two stored uses of a session, since writes compete with those of citizens."""
BETWEEN = timedelta(minutes=10)
"""From the right password to the second factor; enough to set up a telephone."""
INVITATION = timedelta(days=7)
"""A colleague may be on leave or without signal."""
RESET = timedelta(hours=24)
"""A reset is used at once."""
DEVICE = timedelta(days=365)
"""The device cookie of a browser."""


def is_alive(created_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a session is valid: used within twelve hours, begun within thirty days.

    >>> noon = datetime(2026, 6, 1, 12)
    >>> is_alive(noon, noon, noon + IDLE), is_alive(noon, noon + LONGEST, noon + LONGEST)
    (False, False)
    """
    return now - seen_at < IDLE and now - created_at < LONGEST


def path_of_link(secret: str) -> str:
    """Return the path with a link's secret, to be appended to the public address and never to a request's."""
    return f"/quan-tri/vao/{secret}"
