"""The times of the papers in a sheet: when each was submitted, and how long it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from core.sheets.cells import Cell, quoted, text_of
from core.sheets.clock_words import is_clock
from core.sheets.datetimes import far_from_others, is_day, is_moment, join_moments, read_moments
from core.sheets.durations import read_durations
from core.translation import gettext
from core.values.text import N_
from quiz.attempt.files.columns import Meaning
from quiz.attempt.files.sheet import Table

_ZERO = N_("thời gian làm bài là 0 giây, không thể đúng; coi như không ghi.")
_BACKWARDS = N_("nộp bài trước khi bắt đầu; coi như không có thời gian làm bài.")
_BAD_START = N_("không đọc được thời điểm bắt đầu %(cell)s; coi như không có thời gian làm bài.")
_FAR = N_("thời điểm nộp bài %(cell)s cách xa các bài khác; hãy xem lại năm.")
_BAD_CLOCK = N_("không đọc được giờ nộp bài %(cell)s; coi như nộp lúc 0 giờ.")
_NO_DAYS = N_("Tệp có giờ nộp bài mà không có ngày nộp bài; không biết bài nào nộp trước.")
_NO_CLOCKS = N_("Cột thời điểm nộp bài chỉ ghi ngày, không ghi giờ; bài cùng ngày coi như nộp cùng lúc.")


class ReadColumn(NamedTuple):
    """The cells of a column and their values, None where there is none."""

    cells: Sequence[Cell]
    values: Sequence[int | None]


@dataclass(frozen=True)
class Times:
    """The moments of submission and the durations in milliseconds, with problems by row and notes."""

    submitted: ReadColumn
    durations: ReadColumn
    problems: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_times(table: Table) -> Times:
    """Return the times of the papers in *table*; a sheet without such columns gives None for each row."""
    vague = table.column(Meaning.TIME)
    problems: list[tuple[int, str]] = []
    moments, notes = _submitted(table, problems)
    spans = table.column(Meaning.DURATION) or (vague if vague and not holds_moments(table) else [])
    titled = Meaning.SUBMITTED if Meaning.SUBMITTED in table.columns.places else Meaning.TIME
    submitted, decided = read_moments(moments, table.columns.title(titled))
    problems += [(table.raws[at].number, gettext(_FAR, cell=quoted(moments[at]))) for at in far_from_others(submitted)]
    title = table.columns.title(Meaning.DURATION) or table.columns.title(Meaning.TIME)
    durations, turned = read_durations(spans, title)
    nothing: list[int | None] = [None] * len(table.raws)
    if not spans and submitted and Meaning.STARTED in table.columns.places:
        durations = _between(table, moments, submitted, problems)
    problems += [(raw.number, _ZERO) for raw, span in zip(table.raws, durations, strict=False) if span == 0]
    return Times(
        ReadColumn(moments, submitted or nothing),
        _without_zeros(spans, durations or nothing),
        problems,
        [*notes, *decided, *turned],
    )


def _without_zeros(cells: Sequence[Cell], spans: Sequence[int | None]) -> ReadColumn:
    """Return a column without durations of zero, whose rows have a problem of their own."""
    kept = [None if span == 0 else cell for cell, span in zip(cells, spans, strict=False)]
    return ReadColumn(kept, [span or None for span in spans])


def holds_moments(table: Table) -> bool:
    """Whether the column titled only "thời gian" holds dates, by its first cells."""
    sample = [cell for cell in table.column(Meaning.TIME)[:200] if text_of(cell)][:50]
    return sum(map(is_moment, sample)) * 2 > len(sample)


def _submitted(table: Table, problems: list[tuple[int, str]]) -> tuple[list[Cell], list[str]]:
    """Return the cells of submission, date and hour joined, and notes on a missing half."""
    vague = table.column(Meaning.TIME)
    days = table.column(Meaning.SUBMITTED) or (vague if vague and holds_moments(table) else [])
    clocks = table.column(Meaning.CLOCK)
    if clocks and not days:
        return [], [_NO_DAYS]
    for raw, cell in zip(table.raws, clocks, strict=False):
        if text_of(cell) and not is_clock(cell):
            problems.append((raw.number, gettext(_BAD_CLOCK, cell=quoted(cell))))
    moments = join_moments(days, clocks) if clocks else days
    written = [cell for cell in moments if text_of(cell)]
    return moments, [_NO_CLOCKS] if len(written) > 1 and all(map(is_day, written)) else []


def _between(
    table: Table, moments: Sequence[Cell], submitted: Sequence[int | None], problems: list[tuple[int, str]]
) -> list[int | None]:
    """Return the durations between start and submission; a start without a day is on the day of submission."""
    days = table.column(Meaning.SUBMITTED) or moments
    starts = [
        join_moments([day], [start])[0] if is_clock(start) else start
        for start, day in zip(table.column(Meaning.STARTED), days, strict=True)
    ]
    started, _ = read_moments([*starts, *moments])
    problems += [
        (raw.number, gettext(_BAD_START, cell=quoted(cell)))
        for raw, cell, start in zip(table.raws, starts, started, strict=False)
        if start is None and text_of(cell)
    ]
    durations: list[int | None] = []
    for raw, start, end in zip(table.raws, started, submitted, strict=False):
        span = end - start if start is not None and end is not None else None
        if span is not None and span < 0:
            problems.append((raw.number, _BACKWARDS))
            span = None
        durations.append(span)
    return durations
