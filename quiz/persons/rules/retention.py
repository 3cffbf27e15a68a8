"""Retention periods of participants' personal data."""

from datetime import date, timedelta

OBJECTION_DAYS = 30
"""Days after the last results in which people may object and prizes are handed over."""
CONTACT_DAYS = 60
"""Days that contacts are kept after the objections."""
YEAR = 365
NAMED_DAYS = 2 * YEAR
"""Days after the objections that a published list shows the names of winners who agreed to it."""


def contacts_until(last_results: date) -> date:
    """Return the last day on which contacts are kept, for a contest whose last results were due on *last_results*.

    >>> contacts_until(date(2026, 6, 1))
    datetime.date(2026, 8, 30)
    """
    return last_results + timedelta(days=OBJECTION_DAYS + CONTACT_DAYS)


def names_until(last_results: date) -> date:
    """Return the last day on which the names of its winners are kept.

    >>> names_until(date(2026, 6, 1))
    datetime.date(2028, 6, 30)
    """
    return last_results + timedelta(days=OBJECTION_DAYS + NAMED_DAYS)
