"""Columns as data: one table defines an import, and both the reader and the template use it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

from core.sheets.cells import Cell, Row, SheetError, text_of
from core.values.text import N_, search_key

HEADER_WITHIN = 40
"""The most rows of titles above the header."""
NOT_READ = N_("Trang này chỉ để xem, hệ thống không đọc. Xin ghi vào trang “Nhập liệu”.")
"""The first cell of a template's sheets that only inform."""
_TOTALS = re.compile(r"(?:tổng(?: cộng| số)?|cộng|total|sum)(?: ?[:.].*)?")
_NO_TABLE = N_("Tệp không có cột {missing}; hãy kiểm tra dòng tiêu đề hoặc dùng mẫu.")
_NO_ROWS = N_("Tệp có tiêu đề nhưng chưa có dòng nào.")


@dataclass(frozen=True)
class SheetColumn:
    """A column that an import understands.

    Attributes:
        name: its name in code.
        title: its header in the template.
        words: pairs of (pattern, weight), searched in a header's search key; the greatest weight wins a column.
        hint: how to fill it in, for the template.
        examples: cells of the template's example rows.
        choices: the allowed values; empty for any.
        is_required: whether every sheet must have it.
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
    """A row by column name; `number` is the row as the office sees it. Cells without a column are absent."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, name: str) -> str:
        """Return the cell as clean text; empty when it is blank or has no column."""
        return text_of(self.cells.get(name))


@dataclass(frozen=True)
class Grid:
    """The sheet that holds a table: its header, the positions of its columns by name, its rows with their numbers."""

    header: tuple[str, ...]
    places: Mapping[str, int]
    rows: Sequence[tuple[int, Row]]

    def lines(self, places: Mapping[str, int]) -> list[Line]:
        """Return the rows by column name, for columns at *places*; rows that are blank in all of them are left out."""
        found = []
        for number, row in self.rows:
            cells = {name: cell_at(row, place) for name, place in places.items()}
            if any(text_of(cell) for cell in cells.values()):
                found.append(Line(number, cells))
        return found

    def sample(self, place: int) -> str:
        """Return the first text in a column."""
        return next((text for _, row in self.rows if (text := text_of(cell_at(row, place)))), "")


def recognise(header: Row, columns: Sequence[SheetColumn]) -> dict[str, int]:
    """Return the position of each of *columns* in *header*; each name and each position is used once.

    A cell that equals one of a column's choices is data, not a header.
    """
    keys = [search_key(cell) if isinstance(cell, str) else "" for cell in header]
    claims = sorted(
        (-weight, place, column.name)
        for place, key in enumerate(keys)
        for column in columns
        for pattern, weight in _patterns(column)
        if key and pattern.search(key) and key not in _choices(column)
    )
    places: dict[str, int] = {}
    for _, place, name in claims:
        if name not in places and place not in places.values():
            places[name] = place
    return places


def headers(rows: Sequence[Row]) -> Iterator[tuple[Row, int]]:
    """Yield the possible headers among the first *rows*: (cells, number of the row where it ends).

    Each row by itself, and each with its blanks filled from the row above, since merged cells make a header of two
    rows.
    """
    for end, row in enumerate(rows, start=1):
        yield row, end
        if end > 1:
            above = rows[end - 2]
            width = max(len(row), len(above))
            yield [cell_at(row, place) or cell_at(above, place) for place in range(width)], end


def read_grid(sheets: Iterator[Iterator[Row]], columns: Sequence[SheetColumn]) -> Grid:
    """Return the sheet whose header has every required column, else the first one with rows and its guessed header.

    Blank rows, totals, repeated headers and sheets that only inform are left out.

    Raises:
        SheetError: no sheet has a row below a header.
    """
    guessed: Grid | None = None
    for rows in sheets:
        head = list(islice(rows, HEADER_WITHIN))
        if is_aside_sheet(head) or not head:
            continue
        found = _best_header(head, columns)
        if found is None and guessed is not None:
            continue
        header, end, places = found or _guessed_header(head, columns)
        grid = Grid(header, places, list(_rows(head[end:], rows, end, header)))
        if found is not None and grid.rows:
            return grid
        guessed = guessed or (grid if grid.rows else None)
    if guessed is None:
        raise SheetError(_NO_ROWS)
    return guessed


def require(places: Mapping[str, int], columns: Sequence[SheetColumn]) -> None:
    """Raise SheetError when a required column is missing."""
    missing = [f"“{column.title}”" for column in columns if column.is_required and column.name not in places]
    if missing:
        raise SheetError(_NO_TABLE.format(missing=", ".join(missing)))


def is_aside_sheet(head: Sequence[Row]) -> bool:
    """Whether a sheet is marked as one that only informs, such as the examples of our templates."""
    return bool(head) and bool(head[0]) and text_of(head[0][0]) == NOT_READ


def cell_at(row: Row, place: int | None) -> Cell:
    """Return the cell at *place*; None beyond the end of a row that is shorter than its header."""
    return row[place] if place is not None and 0 <= place < len(row) else None


def is_aside(row: Row) -> bool:
    """Whether a row is blank or a line of totals."""
    first = next((text for text in map(text_of, row) if text), "")
    return not first or is_total(first)


def is_total(text: str) -> bool:
    """Whether a cell begins a line of totals ("Tổng cộng")."""
    return text[:1] in "TtCcSs" and _TOTALS.fullmatch(text.lower()) is not None


def _best_header(
    head: Sequence[Row], columns: Sequence[SheetColumn]
) -> tuple[tuple[str, ...], int, dict[str, int]] | None:
    required = {column.name for column in columns if column.is_required}
    best: tuple[tuple[str, ...], int, dict[str, int]] | None = None
    for row, end in headers(head):
        places = recognise(row, columns)
        if required <= places.keys() and (best is None or len(places) > len(best[2])):
            best = tuple(text_of(cell) for cell in row), end, places
    return best


def _guessed_header(head: Sequence[Row], columns: Sequence[SheetColumn]) -> tuple[tuple[str, ...], int, dict[str, int]]:
    """Return the row with the most texts, the first of equals: titles are short texts, while data has numbers."""
    texts = [sum(isinstance(cell, str) and bool(text_of(cell)) for cell in row) for row in head]
    end = texts.index(max(texts)) + 1
    header = head[end - 1]
    return tuple(text_of(cell) for cell in header), end, recognise(header, columns)


def _rows(head: Sequence[Row], rest: Iterator[Row], end: int, header: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    for number, row in enumerate(chain(head, rest), start=end + 1):
        if not is_aside(row) and tuple(text_of(cell) for cell in row) != header:
            yield number, row


@cache
def _patterns(column: SheetColumn) -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(words), weight) for words, weight in column.words)


@cache
def _choices(column: SheetColumn) -> frozenset[str]:
    return frozenset(map(search_key, column.choices))
