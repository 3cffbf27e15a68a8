"""Dates, times and durations in the present language: 05/06/2023 · 09:05 thứ Hai, 05/06/2023 · 4 phút 12 giây."""

import re
from datetime import date, datetime, time, timedelta

from core.values.language import VIETNAMESE, conventions
from core.values.numbers import clock_text
from core.values.week import VIETNAM

_FULL_DATE = re.compile(
    r"(?:ngày )?\d{1,2}[-/. ]\d{1,2}[-/. ]((?:19|20)\d\d)|((?:19|20)\d\d)[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|(?:sinh )?năm (?:sinh )?((?:19|20)\d\d)",
    re.ASCII,
)
WEEKDAYS = VIETNAMESE.weekdays


def year_in(text: str) -> int | None:
    """Return the year of a date written in full, day or year first; None for anything else.

    >>> year_in("1/1/1990"), year_in("1990-01-31"), year_in("năm 1990"), year_in("1990")
    (1990, 1990, 1990, None)
    """
    match = _FULL_DATE.fullmatch(text.lower())
    return int(next(filter(None, match.groups()))) if match else None


def day(value: date | datetime) -> str:
    """Return a local day: 05/06/2023; 5 June 2023."""
    return _written(conventions().day, value)


def weekday(value: date) -> str:
    """Return a day with its weekday, as a line begins with it: Thứ Hai, 05/06/2023."""
    words = dated(value)
    return f"{words[0].upper()}{words[1:]}"


def moment(value: datetime) -> str:
    """Return a local moment: 09:05 thứ Hai, 05/06/2023; 09:05, Monday 5 June 2023; 12 giờ trưa thứ Hai, 05/06/2023."""
    names, time = conventions(), time_of_day(value)
    return names.moment.format(time=names.hours.get(time, time), dated=dated(value))


def time_of_day(value: datetime) -> str:
    """Return the local time of a moment: 09:05."""
    return f"{value.astimezone(VIETNAM):%H:%M}"


def deadline(value: datetime) -> str:
    """Return a deadline: midnight as the day that it ends, "hết Chủ nhật, 11/06/2023"; other moments as `moment`
    does.
    """
    local = value.astimezone(VIETNAM)
    if local.time() != time():
        return moment(value)
    return conventions().deadline.format(dated=dated(local - timedelta(days=1)))


def dated(value: date | datetime) -> str:
    """Return a local day with its weekday: thứ Hai, 05/06/2023; Monday 5 June 2023."""
    return _written(conventions().dated, value)


def month(value: date) -> str:
    """Return a month: tháng 6/2026; June 2026."""
    return _written(conventions().month, value)


def month_name(value: date) -> str:
    """Return a month without its year: tháng 6; June."""
    return conventions().months[value.month - 1]


def month_short(value: date) -> str:
    """Return a month on a chart's axis: T6/2026; Jun 2026."""
    return _written(conventions().month_short, value)


def _written(pattern: str, value: date | datetime) -> str:
    """Return a local day written by a *pattern* of the present language."""
    local = value.astimezone(VIETNAM).date() if isinstance(value, datetime) else value
    names = conventions()
    name = names.months[local.month - 1]
    return pattern.format(
        day=local.day,
        month=local.month,
        year=local.year,
        name=name,
        short=name[:3],
        weekday=names.weekdays[local.weekday()],
    )


def duration(milliseconds: int) -> str:
    """Return a duration cut to whole seconds: 4 phút 12 giây; 4 minutes 12 seconds."""
    return clock_text(milliseconds // 1000)


def weekday_short(value: date) -> str:
    """Return the weekday of a local day as a calendar heads its columns: T2 … T7, CN; Mon … Sun."""
    return conventions().weekdays_short[value.weekday()]


def day_short(value: date | datetime) -> str:
    """Return a local day without its year: 5/6; 5 Jun.

    >>> day_short(date(2026, 6, 5))
    '5/6'
    """
    return _written(conventions().day_short, value)


def span_short(opens: datetime, closes: datetime) -> str:
    """Return the time between two moments on one line: the days alone where it begins and ends at midnight, a day
    that is over named as the last one; the year of both once.

    >>> from datetime import UTC
    >>> from core.values.language import use
    >>> monday, sunday = datetime(2026, 6, 7, 17, tzinfo=UTC), datetime(2026, 6, 14, 17, tzinfo=UTC)
    >>> span_short(monday, sunday)
    '08/06 – 14/06/2026'
    >>> span_short(monday + timedelta(hours=10), sunday + timedelta(hours=9))
    '10:00 08/06 – 09:00 15/06/2026'
    >>> span_short(monday, monday + timedelta(days=1))
    '08/06/2026'
    >>> with use("en"):
    ...     span_short(monday, sunday)
    '8–14 June 2026'
    """
    first, last = opens.astimezone(VIETNAM), closes.astimezone(VIETNAM)
    begins_early, ends_late = first.time() == time(), last.time() == time()
    until = last - timedelta(days=1) if ends_late else last
    if begins_early and ends_late and first.date() == until.date():
        return day(until)
    number, _, rest = day(first).partition(" ")
    if begins_early and ends_late and rest and day(until).endswith(f" {rest}"):
        return f"{number}–{day(until)}"
    began = day(first) if first.year != until.year else day(first).removesuffix(str(first.year)).rstrip("/ ")
    start = began if begins_early and ends_late else f"{time_of_day(first)} {began}"
    return f"{start} – {day(until)}" if ends_late else f"{start} – {time_of_day(last)} {day(until)}"
