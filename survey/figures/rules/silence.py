"""Counters and offices of which no new ratings were released for a while, although they usually are."""

from collections.abc import Mapping
from datetime import date, timedelta

from survey.rating.rules.release import MINIMUM

SILENT_DAYS = 14
"""The finished days without a released rating after which a place is called silent."""
USUAL_WEEKS = 12
"""The weeks before them from which the usual number of ratings is known."""


def silent_since(released: Mapping[date, int], current: date) -> date | None:
    """Return the first day of the silence of a place; None if it is not silent.

    Only released ratings are looked at, so that the answer never says whether a rating waits (decision 0002). A place
    that gathers fewer than MINIMUM ratings in SILENT_DAYS as a rule is quiet by nature and never called silent.

    Args:
        released: released ratings per week (its Monday) of one counter or office. Empty: it was never heard.
        current: the Monday of the present week.

    >>> weeks = {date(2026, 3, 2) + timedelta(weeks=week): 6 for week in range(12)}
    >>> silent_since(weeks, date(2026, 6, 8)), silent_since(weeks, date(2026, 6, 1))
    (datetime.date(2026, 5, 25), None)
    """
    heard = [week for week, n in released.items() if n > 0]
    if not heard:
        return None
    since = max(heard) + timedelta(weeks=1)
    usual = sum(n for week, n in released.items() if since - timedelta(weeks=USUAL_WEEKS) <= week < since)
    is_regular = usual * SILENT_DAYS >= MINIMUM * 7 * USUAL_WEEKS
    return since if is_regular and (current - since).days >= SILENT_DAYS else None
