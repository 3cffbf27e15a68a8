"""Columns as data: one table says what an import understands, and is read by the reader and by the template alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from core.sheets.cells import Cell, Row, SheetError, text_of
from core.values.text import N_, search_key

HEADER_WITHIN = 40
"""Rows of titles that may stand above the header."""
EXAMPLE = N_("Ví dụ")
"""What a sheet of examples begins with: it is not read."""
_TOTALS = re.compile(r"(?:tổng(?: cộng| số)?|cộng|total|sum)(?: ?[:.].*)?")
_NO_TABLE = N_("Tệp không có cột {missing}; hãy kiểm tra dòng tiêu đề hoặc dùng mẫu.")
_NO_ROWS = N_("Tệp có tiêu đề nhưng chưa có dòng nào.")


@dataclass(frozen=True)
class Column:
    """A column that an import understands.

    Attributes:
        name: what code calls it.
        title: its header in the template.
        words: pairs of (pattern, weight), searched in a header's search key; the heaviest claim wins a column.
        hint: what to write there, as the template explains it.
        examples: cells of the template's example rows.
        choices: what may be picked there; empty for anything.
        is_required: whether there is no table without it.
    """

    name: str
    title: str
    words: tuple[tuple[str, int], ...]
    hint: str = ""
    examples: tuple[object, ...] = ()
    choices: tuple[str, ...] = ()
    is_required: bool = False


@dataclass(frozen=True)
class Line:
    """A row of a table by meaning; `number` is the row as the office sees it. What has no column is absent."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, name: str) -> str:
        """The cell as clean text, empty when it is blank or has no column."""
        return text_of(self.cells.get(name))


@dataclass(frozen=True)
class Table:
    """The first sheet that holds what was looked for: its header, where each meaning stands, its lines."""

    header: tuple[str, ...]
    places: Mapping[str, int]
    lines: list[Line]


def recognise(header: Row, columns: Sequence[Column]) -> dict[str, int]:
    """Where each of *columns* stands in *header*; each meaning and each column of the sheet is used once."""
    keys = [search_key(cell) if isinstance(cell, str) else "" for cell in header]
    claims = sorted(
        (-weight, place, column.name)
        for place, key in enumerate(keys)
        for column in columns
        for pattern, weight in _patterns(column)
        if key and pattern.search(key)
    )
    places: dict[str, int] = {}
    for _, place, name in claims:
        if name not in places and place not in places.values():
            places[name] = place
    return places


def headers(rows: Sequence[Row]) -> Iterator[tuple[Row, int]]:
    """What may be the header among the first *rows*: (cells, how many rows it ends after).

    Each row by itself, and each with the blanks filled from the row above, as merged cells leave a header of two rows.
    """
    for end, row in enumerate(rows, start=1):
        yield row, end
        if end > 1:
            above = rows[end - 2]
            width = max(len(row), len(above))
            yield [cell_at(row, place) or cell_at(above, place) for place in range(width)], end


def read_table(
    sheets: Iterator[Iterator[Row]], columns: Sequence[Column], places: Mapping[str, int] | None = None
) -> Table:
    """The first sheet with a header that has every required column; *places*, where given, overrule what was told.

    Blank rows, totals and repeated headers are left out.

    Raises:
        SheetError: no sheet has such a header, or there is no line below it.
    """
    is_empty = False
    for rows in sheets:
        head = list(islice(rows, HEADER_WITHIN))
        if are_examples(head):
            continue
        found = _best_header(head, columns)
        if found is not None:
            header, end, told = found
            kept = dict(places) if places is not None else told
            lines = list(_lines(head[end:], rows, end, header, kept))
            if lines:
                return Table(header, kept, lines)
            is_empty = True
    if is_empty:
        raise SheetError(_NO_ROWS)
    missing = ", ".join(f"“{column.title}”" for column in columns if column.is_required)
    raise SheetError(_NO_TABLE.format(missing=missing))


def are_examples(head: Sequence[Row]) -> bool:
    """Whether a sheet says of itself that it only shows examples, as those of our templates do."""
    return bool(head) and bool(head[0]) and text_of(head[0][0]).startswith(EXAMPLE + ":")


def cell_at(row: Row, place: int | None) -> Cell:
    """The cell of a row that may be shorter than its header."""
    return row[place] if place is not None and 0 <= place < len(row) else None


def is_aside(row: Row) -> bool:
    """A blank row, or a line of totals."""
    first = next((text for text in map(text_of, row) if text), "")
    return not first or is_total(first)


def is_total(text: str) -> bool:
    """Whether a cell begins a line of totals ("Tổng cộng")."""
    return text[:1] in "TtCcSs" and _TOTALS.fullmatch(text.lower()) is not None


def _best_header(head: Sequence[Row], columns: Sequence[Column]) -> tuple[tuple[str, ...], int, dict[str, int]] | None:
    required = {column.name for column in columns if column.is_required}
    best: tuple[tuple[str, ...], int, dict[str, int]] | None = None
    for row, end in headers(head):
        told = recognise(row, columns)
        if required <= told.keys() and (best is None or len(told) > len(best[2])):
            best = tuple(text_of(cell) for cell in row), end, told
    return best


def _lines(
    head: Sequence[Row], rest: Iterator[Row], end: int, header: tuple[str, ...], places: Mapping[str, int]
) -> Iterator[Line]:
    number = end
    for part in (head, rest):
        for row in part:
            number += 1
            if is_aside(row) or tuple(text_of(cell) for cell in row) == header:
                continue
            cells = {name: cell_at(row, place) for name, place in places.items()}
            if any(text_of(cell) for cell in cells.values()):
                yield Line(number, cells)


@cache
def _patterns(column: Column) -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(words), weight) for words, weight in column.words)
