"""How long a contest keeps what it knows of people, once it needs it no more."""

from datetime import date, timedelta

OBJECTION_DAYS = 30
"""After the last results people may still object, and prizes are handed over."""
CONTACT_DAYS = 60
"""After that a phone number answers nothing any more."""
NAMED_DAYS = 730
"""How long a published list shows the names of winners who agreed to it."""


def contacts_until(last_results: date) -> date:
    """The last day on which contacts of a contest are kept whose last week's results were due on *last_results*.

    >>> contacts_until(date(2026, 6, 1))
    datetime.date(2026, 8, 30)
    """
    return last_results + timedelta(days=OBJECTION_DAYS + CONTACT_DAYS)


def names_until(last_results: date) -> date:
    """The last day on which the names of its winners are kept.

    >>> names_until(date(2026, 6, 1))
    datetime.date(2028, 6, 30)
    """
    return last_results + timedelta(days=OBJECTION_DAYS + NAMED_DAYS)
