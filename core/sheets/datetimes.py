"""Read moments and birth years from cells; the order of day and month is decided over the whole column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from core.sheets.cells import Cell, text_of
from core.values.text import N_, search_key
from core.values.week import VIETNAM

_DATE = re.compile(r"(?<!\d)(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d:])(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,6})\d*)?)?"
    r"| ?(?:gio|h|g)(?![a-z]) ?(?:(\d{1,2})(?: ?(?:phut|ph|p|m|')(?![a-z]) ?(?:(\d{1,2}) ?(?:giay|s|\"|''))?)?)?)"
    r"(?![\d:]) *(am|pm|sang|sa|chieu|ch|trua|toi|dem)?"
)
_AFTERNOON = {"pm": 1, "ch": 1, "chieu": 1, "toi": 1, "trua": 1, "dem": 8}
"""The hour from which a word means the second half of the day."""
_MIDDAY = {"trua": 10}
_ZONE = re.compile(r"(?:z|(?:gmt|utc)? *([+-])(\d{1,2}):?(\d{2})?) *(?:\([^)]*\))?$")
_DIGIT = re.compile(r"\d")
_WEEKDAY = re.compile(r"\bthu [2-7]\b")
_SERIAL = re.compile(r"[2-6]\d{4}(?:[.,]\d+)?")
_SERIAL_ZERO = datetime(1899, 12, 30)
_YEARS = range(2000, 2101)
_BIRTH_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")

_AMBIGUOUS = N_("Ngày tháng trong tệp đọc được theo cả hai cách; đã đọc theo thứ tự ngày/tháng/năm.")
_AMERICAN = N_("Ngày tháng trong tệp ghi theo thứ tự tháng/ngày/năm; đã đọc theo thứ tự đó.")
_MIXED = N_("Ngày tháng trong tệp ghi lẫn hai thứ tự; đã đọc theo ngày/tháng/năm, trừ ngày nào không thể.")
_SWAPPED = N_("Bảng tính đã đổi nhầm ngày và tháng ở một số ô thời gian; đã đổi lại theo ngày/tháng/năm.")


@dataclass(frozen=True, slots=True)
class _Written:
    """A moment as written: two numbers in an open order, or settled because the year comes first."""

    first: int
    second: int
    year: int
    settled: bool
    clock: timedelta
    zone: tzinfo


def read_moments(cells: Sequence[Cell]) -> tuple[list[int | None], list[str]]:
    """Return milliseconds since the epoch (Vietnam's clock where no zone is written), and notes on what was decided.

    A cell that is no moment gives None. Texts like 05/06/2023 are read day first unless the column proves otherwise.
    Empty in, empty out; raises nothing.
    """
    written = [_moment_of(cell) for cell in cells]
    open_ones = [one for one in written if isinstance(one, _Written) and not one.settled]
    month_first, notes = _decide_order(open_ones)
    swapped = _were_swapped(written, open_ones)
    notes += [_SWAPPED] if swapped else []
    return [_epoch_ms(one, month_first, swapped) for one in written], notes


def is_moment(cell: Cell) -> bool:
    """Whether a cell holds a date rather than a duration."""
    return _moment_of(cell) is not None


def read_birth_year(cell: Cell) -> int | None:
    """Return the year in "1985", "05/06/1985" or a date cell; None when there is none.

    >>> read_birth_year("05/06/1985"), read_birth_year(1985.0), read_birth_year("?")
    (1985, 1985, None)
    """
    if isinstance(cell, date):
        return cell.year
    match = _BIRTH_YEAR.search(text_of(cell))
    return int(match.group(1)) if match else None


def iso_moment(epoch_ms: int) -> str:
    """Return the moment in Vietnam's time zone, ISO 8601.

    >>> iso_moment(1685927553000)
    '2023-06-05T08:12:33+07:00'
    """
    moment = datetime.fromtimestamp(epoch_ms // 1000, UTC) + timedelta(milliseconds=epoch_ms % 1000)
    return moment.astimezone(VIETNAM).isoformat()


def _moment_of(cell: Cell) -> _Written | datetime | None:
    if isinstance(cell, datetime):
        return cell if cell.year in _YEARS else None
    if isinstance(cell, date):
        return datetime.combine(cell, time.min) if cell.year in _YEARS else None
    if cell is None or isinstance(cell, bool | time | timedelta):
        return None
    text = text_of(cell).lower()
    if _SERIAL.fullmatch(text):
        return _moment_of(_SERIAL_ZERO + timedelta(seconds=round(float(text.replace(",", ".")) * 86_400)))
    return _written(text) if len(text) <= 60 else None


def _written(text: str) -> _Written | None:
    day = _DATE.search(text)
    if day is None:
        return None
    said = _time_said(_WEEKDAY.sub("", search_key(text[: day.start()] + " " + text[day.end() :])))
    if said is None:
        return None
    first, second, third = int(day[1]), int(day[3]), int(day[4])
    if len(day[1]) == 4:
        return _Written(third, second, first, True, *said)
    year = third + 2000 if len(day[4]) == 2 else third
    return _Written(first, second, year, False, *said)


def _time_said(rest: str) -> tuple[timedelta, tzinfo] | None:
    """Return the time of day beside a date and its zone; midnight when no digit is left, None when it can't be read."""
    match = _CLOCK.search(rest)
    if match is None:
        return None if _DIGIT.search(rest) else (timedelta(0), VIETNAM)
    clock, rest = _clock(match), (rest[: match.start()] + " " + rest[match.end() :]).strip()
    written = _ZONE.search(rest)
    zone = _zone(written) if written else VIETNAM
    is_understood = not _DIGIT.search(rest[: written.start()] if written else rest)
    return (clock, zone) if clock is not None and zone is not None and is_understood else None


def _clock(match: re.Match[str]) -> timedelta | None:
    """The time of day; None when it is impossible."""
    hour, minute, second = int(match[1]), int(match[2] or match[5] or 0), int(match[3] or match[6] or 0)
    half = match[7]
    if half in _AFTERNOON and _AFTERNOON[half] <= hour < _MIDDAY.get(half, 12):
        hour += 12
    elif half in ("am", "sa", "sang", "dem") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=int((match[4] or "0").ljust(6, "0")))


def _zone(written: re.Match[str]) -> tzinfo | None:
    offset = timedelta(hours=int(written[2] or 0), minutes=int(written[3] or 0))
    if offset >= timedelta(hours=15):
        return None
    return timezone(-offset if written[1] == "-" else offset)


def _decide_order(written: Sequence[_Written]) -> tuple[bool, list[str]]:
    """Return whether the month precedes the day in this column, and a note when that had to be decided."""
    day_first = any(one.first > 12 >= one.second for one in written)
    month_first = any(one.second > 12 >= one.first for one in written)
    if day_first and month_first:
        return False, [_MIXED]
    if month_first:
        return True, [_AMERICAN]
    if not day_first and any(one.first != one.second for one in written):
        return False, [_AMBIGUOUS]
    return False, []


def _were_swapped(written: Sequence[_Written | datetime | None], open_ones: Sequence[_Written]) -> bool:
    """Whether a workbook set to American dates read 05/06 as 6 May and left 13/06 as text.

    A column in which one of two people typed dates as text looks the same. Cells that are closer to the texts as they
    stand are right.
    """
    cells = [one for one in written if isinstance(one, datetime)]
    if not cells or not open_ones:
        return False
    if not (all(one.first > 12 for one in open_ones) and all(cell.day <= 12 for cell in cells)):
        return False
    as_they_are, turned = (
        [moment for one in written if (moment := _epoch_ms(one, False, swapped)) is not None]
        for swapped in (False, True)
    )
    return max(turned) - min(turned) <= max(as_they_are) - min(as_they_are)


def _epoch_ms(one: _Written | datetime | None, month_first: bool, swapped: bool) -> int | None:
    if one is None:
        return None
    if isinstance(one, datetime):
        local = one.replace(month=one.day, day=one.month) if swapped else one
        return _milliseconds(local.replace(tzinfo=local.tzinfo or VIETNAM))
    day, month = (one.second, one.first) if month_first and not one.settled else (one.first, one.second)
    if month > 12 and not one.settled:
        day, month = month, day
    if one.year not in _YEARS:
        return None
    try:
        return _milliseconds(datetime(one.year, month, day, tzinfo=one.zone) + one.clock)
    except ValueError:
        return None


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
