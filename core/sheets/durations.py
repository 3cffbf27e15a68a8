"""Read durations from a column of cells: mm:ss, hh:mm:ss, "3 phút 05 giây", seconds, spreadsheet clock times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from statistics import median

from core.sheets.cells import Cell, quoted, text_of
from core.translation import gettext
from core.values.text import N_, search_key

_COLONS = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3})\d*)?")
_NUMBER = re.compile(r"\d{1,7}(?:[.,]\d{1,9})?")
_WORDS = re.compile(
    r"(?:(\d{1,3}) ?(?:gio|tieng|h|hours?|hrs?) ?)?"
    r"(?:(\d{1,4}(?:[.,]\d+)?) ?(?:phut|ph|p|m|mins?|minutes?|') ?)?"
    r"(?:(\d{1,6}(?:[.,]\d+)?) ?(?:giay|g|s|secs?|seconds?|\"|'')?)?"
)
_EPOCHS = (1899, 1900, 1904)  # years that a workbook gives to a bare clock time
_DAY_MS, _HOUR_MS = 86_400_000, 3_600_000

_SWALLOWED = N_("Bảng tính đã đọc thời gian làm bài (phút:giây) thành giờ:phút; đã đọc lại là phút và giây.")
_AS_SECONDS = N_("%(count)s ô thời gian làm bài ghi số không có đơn vị (đầu tiên là %(cell)s); đã đọc là giây.")
_ONE_AS_SECONDS = N_("1 ô thời gian làm bài ghi số không có đơn vị (%(cell)s); đã đọc là giây.")
_SMALL_NUMBERS = N_(
    "Thời gian làm bài ghi bằng số nhỏ, không rõ phút hay giây; đã đọc là giây. Nếu là phút, xin ghi thêm “(phút)” vào "
    "tiêu đề cột."
)
_SMALL = 60
"""A number without a unit below this may be minutes."""


def read_durations(cells: Sequence[Cell], title: str = "") -> tuple[list[int | None], list[str]]:
    """Return milliseconds for each cell, None where there is no duration, and notes on what was decided.

    Bare numbers are seconds, or minutes when the header (its search key) says "phut". Among as many cells that say
    their unit a bare number below 60 is no duration (4.1 may be 4:10); a whole number is one if the header has
    the unit. When every clock time has zero seconds and most have hours, a spreadsheet read mm:ss as hh:mm, and this is
    reversed; so are cells of whole minutes above an hour where all others are below one. Empty in, empty out; raises
    nothing.
    """
    in_minutes = bool(re.search(r"phut|minute", title)) and not re.search(r"giay|second", title)
    has_unit = in_minutes or bool(re.search(r"giay|second", title) and not re.search(r"phut|minute", title))
    spans = _without_doubtful(cells, [_span(cell, in_minutes) for cell in cells], has_unit=has_unit)
    notes = [] if has_unit else _on_bare(cells, spans)
    swallowed = _swallowed(cells, spans)
    if not any(swallowed):
        return spans, notes
    turned = [span // 60 if span and was else span for span, was in zip(spans, swallowed, strict=True)]
    return turned, [*notes, _SWALLOWED]


def _without_doubtful(cells: Sequence[Cell], spans: Sequence[int | None], *, has_unit: bool) -> list[int | None]:
    """Return *spans* without small bare numbers among cells that say their unit."""
    bare = [span is not None and _is_bare(cell) for cell, span in zip(cells, spans, strict=True)]
    if 2 * sum(bare) > sum(span is not None for span in spans):
        return list(spans)
    return [
        None if is_bare and not (has_unit and text_of(cell).isdigit()) and _number(cell) < _SMALL else span
        for cell, span, is_bare in zip(cells, spans, bare, strict=True)
    ]


def _on_bare(cells: Sequence[Cell], spans: Sequence[int | None]) -> list[str]:
    """Return a note on numbers without a unit that stand among others or are too small to be the seconds of a paper."""
    bare = [cell for cell, span in zip(cells, spans, strict=True) if span and _is_bare(cell)]
    if not bare:
        return []
    if median(map(_number, bare)) < _SMALL:
        return [_SMALL_NUMBERS]
    filled = sum(span is not None for span in spans)
    words = _ONE_AS_SECONDS if len(bare) == 1 else _AS_SECONDS
    return [gettext(words, count=len(bare), cell=quoted(bare[0]))] if len(bare) < filled else []


def _is_bare(cell: Cell) -> bool:
    """Whether a cell is a number without a unit."""
    if isinstance(cell, float | int):
        return not 0 < cell < 1
    return isinstance(cell, str) and _NUMBER.fullmatch(search_key(cell)) is not None


def _number(cell: Cell) -> float:
    return float(search_key(text_of(cell)).replace(",", "."))


def _span(cell: Cell, in_minutes: bool) -> int | None:
    if isinstance(cell, datetime | date | time | timedelta):
        return _clock_span(cell)
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, float | int) and 0 < cell < 1 and not in_minutes:
        return _within_a_day(round(cell * _DAY_MS))  # a clock time that lost its format
    return _text_span(text_of(cell), in_minutes)


def _clock_span(cell: date | time | timedelta) -> int | None:
    if isinstance(cell, timedelta):
        return _within_a_day(round(cell.total_seconds() * 1000))
    if isinstance(cell, datetime) and cell.year in _EPOCHS:
        days = 1 if cell.year == 1900 else 0  # 25:10 typed as mm:ss is read as one day and 1:10
        return _clock_span(cell.time() if not days else _since_midnight(cell.time()) + timedelta(days=days))
    if isinstance(cell, time):
        return round(_since_midnight(cell).total_seconds() * 1000)
    return None


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)


@lru_cache(maxsize=4096)
def _text_span(written: str, in_minutes: bool) -> int | None:
    text = search_key(written)
    if not text or len(text) > 40:
        return None
    if _NUMBER.fullmatch(text):
        value = float(text.replace(",", "."))
        ms = round(value * (60_000 if in_minutes else 1000))
        is_part_of_a_day = 0 < value < 1 and ms < 1000  # as a spreadsheet keeps a time: no paper takes under a second
        return None if is_part_of_a_day else _within_a_day(ms)
    colons = _COLONS.fullmatch(text)
    if colons:
        hours, minutes, seconds = int(colons[1] or 0), int(colons[2]), int(colons[3])
        if seconds > 59 or (colons[1] and minutes > 59):
            return None
        ms = int((colons[4] or "0").ljust(3, "0"))
        return _within_a_day((hours * 3600 + minutes * 60 + seconds) * 1000 + ms)
    return _worded_span(text)


def _worded_span(text: str) -> int | None:
    words = _WORDS.fullmatch(text.replace("va ", ""))
    if words is None or not any(words.groups()):
        return None
    parts = list(words.groups())
    if parts[0] and parts[1] is None and text[-1].isdigit():  # "1h05" is an hour and five minutes
        parts = [parts[0], parts[2], None]
    hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in parts)
    return _within_a_day(round((hours * 3600 + minutes * 60 + seconds) * 1000))


def _within_a_day(ms: int) -> int | None:
    """Return *ms*, None beyond two and a half days, which is no duration of a paper (25:10 typed as mm:ss stays
    within).
    """
    return ms if 0 <= ms <= 2 * _DAY_MS + _DAY_MS // 2 else None


def _is_clock(cell: Cell) -> bool:
    """Whether the value has a spreadsheet's clock format, or is written h:mm:ss."""
    if isinstance(cell, str):
        return cell.count(":") == 2
    return isinstance(cell, time | timedelta | datetime)


def _swallowed(cells: Sequence[Cell], spans: Sequence[int | None]) -> list[bool]:
    """Return which cells hold hours and minutes that were typed as minutes and seconds."""
    pairs = list(zip(cells, spans, strict=True))
    clocks = [span for cell, span in pairs if span is not None and _is_clock(cell)]
    with_hours = sum(1 for span in clocks if span >= _HOUR_MS)
    if all(span % 60_000 == 0 for span in clocks) and with_hours * 2 > len(clocks):
        return [_is_clock(cell) for cell in cells]
    odd = [not isinstance(cell, str) and _is_clock(cell) and _is_hours(span) for cell, span in pairs]
    rest = [span for span, is_odd in zip(spans, odd, strict=True) if span is not None and not is_odd]
    return odd if rest and max(rest) < _HOUR_MS else [False] * len(odd)


def _is_hours(span: int | None) -> bool:
    return span is not None and span >= _HOUR_MS and span % 60_000 == 0
