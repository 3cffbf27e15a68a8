"""Days, weeks and months in Vietnam's time zone, and the instants at which they begin."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def local_date(moment: datetime) -> date:
    """Return the day in Vietnam at *moment*. Raises ValueError on a moment without a zone.

    >>> local_date(datetime(2023, 6, 4, 17, 0, tzinfo=UTC))
    datetime.date(2023, 6, 5)
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(VIETNAM).date()


def monday_of(day: date) -> date:
    """Return the Monday of the week of *day*; weeks run Monday to Sunday.

    >>> monday_of(date(2023, 6, 11))
    datetime.date(2023, 6, 5)
    """
    return day - timedelta(days=day.weekday())


def month_of(monday: date) -> date:
    """Return the first day of the month of a week: the month of its Thursday (ISO 8601).

    Raises ValueError when the day given is not a Monday.

    >>> month_of(date(2023, 7, 31))
    datetime.date(2023, 8, 1)
    """
    if monday.weekday() != 0:
        raise ValueError(f"{monday} is not a Monday")
    return (monday + timedelta(days=3)).replace(day=1)


def day_start(day: date) -> datetime:
    """Return the instant at which *day* begins in Vietnam, in UTC.

    >>> day_start(date(2023, 6, 5)).isoformat()
    '2023-06-04T17:00:00+00:00'
    """
    return datetime.combine(day, time.min, VIETNAM).astimezone(UTC)


def is_daytime(moment: datetime) -> bool:
    """Return whether *moment* is between seven and twenty-one o'clock in Vietnam, when people may be written to.

    >>> is_daytime(datetime(2026, 11, 30, 0, 0, tzinfo=UTC)), is_daytime(datetime(2026, 11, 30, 14, 0, tzinfo=UTC))
    (True, False)
    """
    return 7 <= moment.astimezone(VIETNAM).hour < 21
