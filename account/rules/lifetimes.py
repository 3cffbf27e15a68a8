"""How long each thing lasts by which somebody enters."""

from datetime import datetime, timedelta

IDLE = timedelta(hours=12)
"""A session that nobody uses: over a working day with its evening, not until the next morning."""
LONGEST = timedelta(days=30)
"""A session that is used every day: whoever took a cookie has it for a month at most."""
TOUCH = timedelta(minutes=5)
"""How seldom a session's last use is written down: a write a page would queue behind the citizens'."""
BETWEEN = timedelta(minutes=10)
"""From the right password to the second factor: time to set a telephone up."""
INVITATION = timedelta(days=7)
"""A colleague may be on leave or have no signal."""
RESET = timedelta(hours=24)
"""Somebody waits for it."""
DEVICE = timedelta(days=365)
"""A browser in which somebody signed in is known as theirs."""


def is_alive(created_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a session still counts: used within twelve hours, begun within thirty days.

    >>> noon = datetime(2026, 6, 1, 12)
    >>> is_alive(noon, noon, noon + IDLE), is_alive(noon, noon + LONGEST, noon + LONGEST)
    (False, False)
    """
    return now - seen_at < IDLE and now - created_at < LONGEST


def path_of_link(secret: str) -> str:
    """The path that carries a link's secret; the public address stands before it, never a request's."""
    return f"/quan-tri/vao/{secret}"
