"""Office hours for what the demo says that staff did."""

from datetime import datetime, time, timedelta

from core.values.week import VIETNAM, local_date

DAY = timedelta(days=1)
SUNDAY = 6


def office_time(now: datetime, days: int, at: time) -> datetime:
    """Return *at* on the day *days* (1 or more) working days before today, Monday to Saturday.

    >>> office_time(datetime(2026, 11, 30, 20, tzinfo=VIETNAM), 1, time(8, 40)).isoformat()
    '2026-11-28T08:40:00+07:00'
    """
    day = local_date(now)
    for _ in range(days):
        day -= DAY
        while day.weekday() == SUNDAY:
            day -= DAY
    return datetime.combine(day, at, VIETNAM)
