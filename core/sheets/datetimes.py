"""Read moments and birth years from cells; the order of day and month is decided over the whole column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from statistics import median_low

from core.sheets.cells import Cell, quoted, text_of
from core.sheets.clock_words import TimeSaid, clock_of, time_said, zone_in
from core.translation import gettext
from core.values.text import N_, search_key
from core.values.week import VIETNAM

_DATE = re.compile(r"(?<!\d)(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d)")
_SERIAL = re.compile(r"[2-6]\d{4}(?:[.,]\d+)?")
_SERIAL_ZERO = datetime(1899, 12, 30)
_ASIDES = 5
"""The number of words that were not understood of which a note tells."""
_YEARS = range(2000, 2101)
_LAST_SHORT_YEAR = 50
"""A greater year of two digits is of the last century, or of the Buddhist calendar (69 for 2569)."""
_FAR = timedelta(days=300) // timedelta(milliseconds=1)
_BORN = range(1910, 2101)
"""A year typed into a cell for dates becomes a day of 1905."""
_BIRTH_YEAR = re.compile(r"(?<!\d)(19\d\d|20\d\d)(?!\d)")

_AMBIGUOUS = N_("Ngày tháng trong tệp đọc được theo cả hai cách; đã đọc theo thứ tự ngày/tháng/năm.")
_AMERICAN = N_("Ngày tháng trong tệp ghi theo thứ tự tháng/ngày/năm; đã đọc theo thứ tự đó.")
_MIXED = N_("Ngày tháng trong tệp ghi lẫn hai thứ tự; đã đọc theo ngày/tháng/năm, trừ ngày nào không thể.")
_CONVERTED = N_("%(count)s thời điểm ghi theo múi giờ khác (đầu tiên là %(cell)s); đã đổi sang giờ Việt Nam.")
_ASIDE = N_("Bên cạnh thời điểm có chữ %(word)s không rõ nghĩa (%(count)s ô); đã đọc giờ như ghi, theo giờ Việt Nam.")
_SWAPPED = N_("Bảng tính đã đổi nhầm ngày và tháng ở một số ô thời gian; đã đổi lại theo ngày/tháng/năm.")


@dataclass(frozen=True, slots=True)
class _Written:
    """A moment as written: two numbers in an open order, or settled because the year comes first."""

    first: int
    second: int
    year: int
    settled: bool
    said: TimeSaid


def read_moments(cells: Sequence[Cell], title: str = "") -> tuple[list[int | None], list[str]]:
    """Return milliseconds since the epoch, and notes on what was decided, converted or not understood.

    The clock is Vietnam's where neither the cell nor the *title* of the column (its search key) names a zone. A cell
    that is no moment gives None. Texts like 05/06/2023 are read day first unless the column proves otherwise. Empty in,
    empty out; raises nothing.
    """
    written = [_moment_of(cell) for cell in cells]
    open_ones = [one for one in written if isinstance(one, _Written) and not one.settled]
    month_first, notes = _decide_order(open_ones)
    swapped = _were_swapped(written, open_ones)
    notes += [_SWAPPED] if swapped else []
    zone = zone_in(title) or VIETNAM
    notes += _on_clocks(cells, written, zone)
    return [_epoch_ms(one, month_first, swapped, zone) for one in written], notes


def far_from_others(moments: Sequence[int | None]) -> set[int]:
    """Return the places of moments that are most of a year away from their median: their year may be wrong.

    >>> far_from_others([1685927553000, None, 1685927553000, 1717549953000])
    {3}
    """
    known = [moment for moment in moments if moment is not None]
    middle = median_low(known) if known else 0
    return {at for at, moment in enumerate(moments) if moment is not None and abs(moment - middle) > _FAR}


def join_moments(days: Sequence[Cell], clocks: Sequence[Cell]) -> list[Cell]:
    """Return date and time of two columns as one cell each; a day without a readable time stays as it is."""
    return [_joined(day, clock) for day, clock in zip(days, clocks, strict=True)]


def is_day(cell: Cell) -> bool:
    """Whether a cell holds a date without any time of day."""
    one = _moment_of(cell)
    if isinstance(one, _Written):
        return one.said == TimeSaid(timedelta(0), None, "")
    return one is not None and one.time() == time.min


def is_moment(cell: Cell) -> bool:
    """Whether a cell holds a date rather than a duration."""
    return _moment_of(cell) is not None


def serial_moment(cell: Cell) -> datetime | None:
    """Return the moment of a spreadsheet's number of a day (46349.375), None for any other cell."""
    text = text_of(cell) if isinstance(cell, str | int | float) else ""
    if not _SERIAL.fullmatch(text):
        return None
    return _SERIAL_ZERO + timedelta(seconds=round(float(text.replace(",", ".")) * 86_400))


def read_birth_year(cell: Cell) -> int | None:
    """Return the year in "1985", "05/06/1985" or a date cell; None when there is none, or more than one.

    >>> read_birth_year("05/06/1985"), read_birth_year(1985.0), read_birth_year("1985, 1990")
    (1985, 1985, None)
    """
    if isinstance(cell, date):
        return cell.year if cell.year in _BORN else None
    years = set(_BIRTH_YEAR.findall(text_of(cell)))
    return int(years.pop()) if len(years) == 1 else None


def iso_moment(epoch_ms: int) -> str:
    """Return the moment in Vietnam's time zone, ISO 8601.

    >>> iso_moment(1685927553000)
    '2023-06-05T08:12:33+07:00'
    """
    moment = datetime.fromtimestamp(epoch_ms // 1000, UTC) + timedelta(milliseconds=epoch_ms % 1000)
    return moment.astimezone(VIETNAM).isoformat()


def _joined(day: Cell, clock: Cell) -> Cell:
    span = clock_of(clock)
    if span is None or not is_day(day):
        return day
    one = _moment_of(day)
    if isinstance(one, datetime):
        return one + span
    minutes, seconds = divmod(span.seconds, 60)
    return f"{text_of(day)} {minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def _on_clocks(cells: Sequence[Cell], written: Sequence[_Written | datetime | None], zone: tzinfo) -> list[str]:
    """Return notes on moments of other time zones, and on words beside a time that were not understood."""
    zones = [(cell, _zone_of(one) or zone) for cell, one in zip(cells, written, strict=True) if one is not None]
    elsewhere = [cell for cell, each in zones if _is_elsewhere(each)]
    asides = Counter(one.said.aside for one in written if isinstance(one, _Written) and one.said.aside)
    notes = [gettext(_CONVERTED, count=len(elsewhere), cell=quoted(elsewhere[0]))] if elsewhere else []
    return notes + [gettext(_ASIDE, word=quoted(word), count=count) for word, count in asides.most_common(_ASIDES)]


def _zone_of(one: _Written | datetime) -> tzinfo | None:
    return one.said.zone if isinstance(one, _Written) else one.tzinfo


def _is_elsewhere(zone: tzinfo) -> bool:
    return zone is not VIETNAM and zone.utcoffset(None) != timedelta(hours=7)


def _moment_of(cell: Cell) -> _Written | datetime | None:
    if isinstance(cell, datetime):
        return cell if cell.year in _YEARS else None
    if isinstance(cell, date):
        return datetime.combine(cell, time.min) if cell.year in _YEARS else None
    if cell is None or isinstance(cell, bool | time | timedelta):
        return None
    serial = serial_moment(cell)
    if serial is not None:
        return _moment_of(serial)
    text = text_of(cell).lower()
    return _written(text) if len(text) <= 60 else None


def _written(text: str) -> _Written | None:
    day = _DATE.search(text)
    if day is None:
        return None
    said = time_said(search_key(text[: day.start()] + " " + text[day.end() :]))
    if said is None:
        return None
    first, second, third = int(day[1]), int(day[3]), int(day[4])
    if len(day[1]) == 4:
        return _Written(third, second, first, True, said)
    year = third + (2000 if third <= _LAST_SHORT_YEAR else 1900) if len(day[4]) == 2 else third
    return _Written(first, second, year, False, said)


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


def _epoch_ms(one: _Written | datetime | None, month_first: bool, swapped: bool, zone: tzinfo = VIETNAM) -> int | None:
    if one is None:
        return None
    if isinstance(one, datetime):
        local = one.replace(month=one.day, day=one.month) if swapped else one
        return _milliseconds(local.replace(tzinfo=local.tzinfo or zone))
    day, month = (one.second, one.first) if month_first and not one.settled else (one.first, one.second)
    if month > 12 and not one.settled:
        day, month = month, day
    if one.year not in _YEARS:
        return None
    try:
        return _milliseconds(datetime(one.year, month, day, tzinfo=one.said.zone or zone) + one.said.clock)
    except ValueError:
        return None


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
