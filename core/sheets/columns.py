"""Columns of imported sheets as data, for both the reader and the template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from core.sheets.cells import Cell, Row, SheetError, quoted, text_of
from core.translation import gettext
from core.values.text import N_, search_key

HEADER_WITHIN = 40
"""The most title rows above the header."""
JUDGED = 30
"""The number of cells below a header by which a column is judged."""
NOT_READ = N_("Trang này chỉ để xem, hệ thống không đọc. Xin ghi vào trang “Nhập liệu”.")
"""The first cell of every sheet of a template except the one to fill in."""
_CLAIMS = 6
"""The weight from which a title claims a meaning."""
_UNREAD = N_("Cột %(title)s không được đọc: đã lấy cột %(taken)s làm “%(meaning)s”.")
_NO_TABLE = N_("Tệp không có cột %(missing)s; hãy kiểm tra dòng tiêu đề hoặc dùng mẫu.")


@dataclass(frozen=True)
class SheetColumn:
    """A column that an import understands.

    Attributes:
        name: its name in code.
        title: its header in the template.
        words: pairs of (pattern, weight), searched in a header's search key; the heaviest claim wins a column.
        hint: the template's explanation of the column.
        examples: cells of the template's example rows.
        choices: the allowed values; empty for anything.
        is_required: whether a table must have it.
        is_moment: whether its cells are read as moments, so that 46349.375 is a date.
        judge: the weight that the first cells below a header add to its claim, NEVER if they rule it out.
    """

    name: str
    title: str
    words: tuple[tuple[str, int], ...]
    hint: str = ""
    examples: tuple[object, ...] = ()
    choices: tuple[str, ...] = ()
    is_required: bool = False
    is_moment: bool = False
    judge: Callable[[Sequence[Cell]], int] | None = None


@dataclass(frozen=True)
class Line:
    """A row of a table by meaning; `number` is the row in the workbook. A meaning without a column is absent."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, name: str) -> str:
        """Return the cell as clean text, empty if it is blank or has no column."""
        return text_of(self.cells.get(name))


Weigh = Callable[[str, SheetColumn], int]
"""The search key of a header, a column → the weight of the header's claim to be that column; 0 for none."""


def weigh(key: str, column: SheetColumn) -> int:
    """Return the weight of the column's heaviest pattern that is found in *key*.

    A cell that is one of a column's choices belongs to a row, not to a header.
    """
    if not key or key in _choices(column):
        return 0
    return max((weight for pattern, weight in patterns(column) if pattern.search(key)), default=0)


def recognise(
    header: Row, columns: Sequence[SheetColumn], weigh: Weigh = weigh, below: Sequence[Row] = ()
) -> dict[str, int]:
    """Return the place of each of *columns* in *header*, by its words and by the cells of the first rows *below* it.

    Each meaning and each column of the sheet is used once.
    """
    keys = [search_key(cell) if isinstance(cell, str) else "" for cell in header]
    claims = sorted(
        (-weight, place, column.name)
        for place, key in enumerate(keys)
        for column in columns
        if (said := weigh(key, column)) and (weight := said + judged(column, below, place)) > 0
    )
    places: dict[str, int] = {}
    for _, place, name in claims:
        if name not in places and place not in places.values():
            places[name] = place
    return places


def unread_columns(header: Sequence[str], places: Mapping[str, int], columns: Sequence[SheetColumn]) -> Iterator[str]:
    """Yield a note for each column of *header* that claims a meaning which another column has in *places*."""
    for place, title in enumerate(header):
        key = search_key(title)
        best = max(columns, key=lambda column: weigh(key, column), default=None)
        if place not in places.values() and best and weigh(key, best) >= _CLAIMS and best.name in places:
            taken = header[places[best.name]]
            yield gettext(_UNREAD, title=quoted(title), taken=quoted(taken), meaning=best.title)


def judged(column: SheetColumn, below: Sequence[Row], place: int) -> int:
    """Return what the cells at *place* in the rows *below* a header add to its claim to be that column."""
    if column.judge is None:
        return 0
    cells = [cell for row in below if text_of(cell := cell_at(row, place))]
    return column.judge(cells[:JUDGED])


def headers(rows: Sequence[Row]) -> Iterator[tuple[Row, int]]:
    """Yield possible headers among the first *rows*: (cells, number of rows up to its end).

    Each row by itself, and each with its blanks filled from the row above, as merged cells leave a header of two rows.
    """
    for end, row in enumerate(rows, start=1):
        yield row, end
        if end > 1:
            above = rows[end - 2]
            width = max(len(row), len(above))
            yield [cell_at(row, place) or cell_at(above, place) for place in range(width)], end


def require(places: Mapping[str, int], columns: Sequence[SheetColumn]) -> None:
    """Raise SheetError if a required column is missing."""
    missing = [f"“{column.title}”" for column in columns if column.is_required and column.name not in places]
    if missing:
        raise SheetError(gettext(_NO_TABLE, missing=", ".join(missing)))


def is_aside_sheet(head: Sequence[Row]) -> bool:
    """Whether a sheet is for display only, as the examples of our templates are."""
    return bool(head) and bool(head[0]) and text_of(head[0][0]) == NOT_READ


def cell_at(row: Row, place: int | None) -> Cell:
    """Return the cell of a row that may be shorter than its header."""
    return row[place] if place is not None and 0 <= place < len(row) else None


@cache
def patterns(column: SheetColumn) -> tuple[tuple[re.Pattern[str], int], ...]:
    """Return the column's patterns with their weights."""
    return tuple((re.compile(words), weight) for words, weight in column.words)


@cache
def _choices(column: SheetColumn) -> frozenset[str]:
    return frozenset(map(search_key, column.choices))
