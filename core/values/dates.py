"""Dates, times and durations as Vietnamese text: 05/06/2023 · 09:05 thứ Hai, 05/06/2023 · 4 phút 12 giây."""

import re
from datetime import date, datetime, time, timedelta

from core.values.numbers import clock_text
from core.values.week import VIETNAM

_FULL_DATE = re.compile(
    r"(?:ngày )?\d{1,2}[-/. ]\d{1,2}[-/. ]((?:19|20)\d\d)|((?:19|20)\d\d)[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|(?:sinh )?năm (?:sinh )?((?:19|20)\d\d)",
    re.ASCII,
)
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def year_in(text: str) -> int | None:
    """Return the year of a date written in full, day or year first; None for anything else.

    >>> year_in("1/1/1990"), year_in("1990-01-31"), year_in("năm 1990"), year_in("1990")
    (1990, 1990, 1990, None)
    """
    match = _FULL_DATE.fullmatch(text.lower())
    return int(next(filter(None, match.groups()))) if match else None


def day(value: date | datetime) -> str:
    """Return a local day: 05/06/2023."""
    if isinstance(value, datetime):
        value = value.astimezone(VIETNAM).date()
    return f"{value:%d/%m/%Y}"


def weekday(value: date) -> str:
    """Return a day with its weekday, as a line begins with it: Thứ Hai, 05/06/2023."""
    words = WEEKDAYS[value.weekday()]
    return f"{words[0].upper()}{words[1:]}, {value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """Return a local moment: 09:05 thứ Hai, 05/06/2023."""
    local = value.astimezone(VIETNAM)
    return f"{local:%H:%M} {WEEKDAYS[local.weekday()]}, {local:%d/%m/%Y}"


def deadline(value: datetime) -> str:
    """Return a deadline: midnight as the day that it ends, "hết Chủ nhật, 11/06/2023"; other moments as `moment`
    does.
    """
    local = value.astimezone(VIETNAM)
    if local.time() != time():
        return moment(value)
    last = local - timedelta(days=1)
    return f"hết {WEEKDAYS[last.weekday()]}, {last:%d/%m/%Y}"


def month(value: date) -> str:
    """Return a month: tháng 6/2026."""
    return f"tháng {value.month}/{value.year}"


def duration(milliseconds: int) -> str:
    """Return a duration cut to whole seconds: 4 phút 12 giây."""
    return clock_text(milliseconds // 1000)
