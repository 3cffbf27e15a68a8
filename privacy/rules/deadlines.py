"""The days by which a request of a person is to be acknowledged and answered (NĐ 356/2025/NĐ-CP)."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

ACKNOWLEDGE_WORKING_DAYS = 2
SATURDAY = 5


class Kind(StrEnum):
    """The kinds of request that a person may make about their data."""

    VIEW = "view"
    CORRECT = "correct"
    COPY = "copy"
    WITHDRAW = "withdraw"
    RESTRICT = "restrict"
    DELETE = "delete"
    AGREE = "agree"


ANSWER_DAYS: dict[Kind, int] = {
    Kind.VIEW: 10,
    Kind.CORRECT: 10,
    Kind.COPY: 10,
    Kind.WITHDRAW: 15,
    Kind.RESTRICT: 15,
    Kind.DELETE: 20,
    Kind.AGREE: 10,
}
"""Calendar days from the receipt, the day of receipt not counted. For agreeing again the law sets none."""


def acknowledge_by(received: date, holidays: Collection[date]) -> date:
    """Return the second working day after *received*; Saturdays, Sundays and *holidays* are none.

    >>> acknowledge_by(date(2026, 6, 5), [])  # a Friday
    datetime.date(2026, 6, 9)
    """
    day, left = received, ACKNOWLEDGE_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY and day not in holidays
    return day


def answer_by(kind: Kind, received: date) -> date:
    """Return the last day to answer a request of *kind*.

    >>> answer_by(Kind.DELETE, date(2026, 6, 5))
    datetime.date(2026, 6, 25)
    """
    return received + timedelta(days=ANSWER_DAYS[kind])
