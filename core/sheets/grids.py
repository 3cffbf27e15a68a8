"""The table of a kind of sheet that is recognised by its columns alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from core.sheets.asides import Asides
from core.sheets.cells import Cell, Row, SheetError, text_of
from core.sheets.columns import (
    HEADER_WITHIN,
    Line,
    SheetColumn,
    cell_at,
    headers,
    is_aside_sheet,
    recognise,
    unread_columns,
)
from core.sheets.samples import sample_of
from core.sheets.sheet import RowNumber, Sheet
from core.sheets.tables import holds_table, joined_note, titles_of, why_not_read
from core.values.text import N_

_NO_ROWS = N_(
    "Tệp có tiêu đề nhưng chưa có dòng nào. Nếu đây là tệp mẫu, hãy ghi vào trang “Nhập liệu”; các dòng ở trang "
    "“Ví dụ” chỉ để xem, không được đọc."
)


@dataclass(frozen=True)
class Grid:
    """The sheet that holds a table: its header, the places of its columns by meaning, its rows with their numbers."""

    header: tuple[str, ...]
    places: Mapping[str, int]
    rows: Sequence[tuple[int, Row]]
    above: str = ""
    """The text above the header, which may explain a scale."""
    notes: Sequence[str] = ()
    """Notes on parts of the file that were left out or converted."""
    moments: Collection[int] = frozenset()
    """The places of the columns that are read as moments."""

    def lines(self, places: Mapping[str, int]) -> list[Line]:
        """Return the rows by the meanings in *places*, without rows that are blank in all of them."""
        found = []
        for number, row in self.rows:
            cells = {name: cell_at(row, place) for name, place in places.items()}
            if any(text_of(cell) for cell in cells.values()):
                found.append(Line(number, cells))
        return found

    def samples(self) -> list[str]:
        """The first cell below each title that is not blank."""
        places = range(len(self.header))
        return [sample_of((cell_at(row, at) for _, row in self.rows), is_moment=at in self.moments) for at in places]


def read_grid(sheets: Iterator[Sheet], columns: Sequence[SheetColumn], *, joins_like: bool = False) -> Grid:
    """Return the visible sheet whose header has every required column, else the first one with rows, its header
    guessed; with it those of the same header, or where it *joins_like* ones all that have every required column.

    Blank rows and sheets for display only are left out; totals, repeated headers and other tables are in the notes.

    Raises:
        SheetError: no sheet has a row below a header.
    """
    every = [each for sheet in sheets if (each := _read(sheet, columns))]
    visible = [each for each in every if not each.sheet.is_hidden and each.rows]
    chosen = next((each for each in visible if each.is_found), None) or next(iter(visible), None)
    if chosen is None:
        raise SheetError(_NO_ROWS)
    return _joined(chosen, every, columns, joins_like=joins_like)


@dataclass(frozen=True)
class _Read:
    """A sheet with its header, which was found or guessed, and its rows."""

    sheet: Sheet
    header: tuple[str, ...]
    places: Mapping[str, int]
    is_found: bool
    above: str
    rows: Sequence[tuple[int, Row]]
    is_table: bool


def _read(sheet: Sheet, columns: Sequence[SheetColumn]) -> _Read | None:
    head = list(islice(sheet, HEADER_WITHIN))
    if is_aside_sheet(head) or not head:
        return None
    found = _best_header(head, columns)
    header, end, places = found or _guessed_header(head, columns)
    asides = Asides(header)
    below = enumerate(chain(head[end:], sheet), start=end + 1)
    rows = [(number, row) for number, row in below if not asides.holds(number, row)]
    sheet.notes.extend(asides.notes())
    above = " ".join(text for row in head[: end - 1] for cell in row if (text := text_of(cell)))
    return _Read(sheet, header, places, found is not None, above, rows, holds_table(head))


def _joined(chosen: _Read, every: Sequence[_Read], columns: Sequence[SheetColumn], *, joins_like: bool) -> Grid:
    """Return the rows of *chosen* and of the later sheets like it, with notes on the others."""
    notes, read = [*chosen.sheet.notes, *chosen.sheet.hidden_notes], [chosen.sheet.name]
    rows: list[tuple[int, Row]] = [(RowNumber(number, chosen.sheet.name), row) for number, row in chosen.rows]
    for each in every:
        if each is chosen:
            continue
        is_like = titles_of(each.header) == titles_of(chosen.header) or (joins_like and each.is_found)
        is_same = is_like and chosen.is_found
        is_joined = joins_like and is_same and not each.sheet.is_hidden
        why = None if is_joined else why_not_read(each.sheet, chosen.sheet.name, is_same=is_same)
        if why is None:
            rows += [(RowNumber(n, each.sheet.name, len(read)), _moved(row, each, chosen)) for n, row in each.rows]
            read.append(each.sheet.name)
            notes += [*each.sheet.notes, *each.sheet.hidden_notes]
        elif each.is_table:
            notes.append(why)
    notes += [*unread_columns(chosen.header, chosen.places, columns), *joined_note(read)]
    moments = {chosen.places[each.name] for each in columns if each.is_moment and each.name in chosen.places}
    return Grid(chosen.header, chosen.places, rows, chosen.above, notes, moments)


def _moved(row: Row, own: _Read, chosen: _Read) -> Row:
    """Return a row of one sheet with its cells in the places of the *chosen* sheet's columns."""
    if own.places == chosen.places:
        return row
    moved: list[Cell] = [None] * (max(chosen.places.values()) + 1)
    for name, place in chosen.places.items():
        moved[place] = cell_at(row, own.places.get(name))
    return moved


def _best_header(
    head: Sequence[Row], columns: Sequence[SheetColumn]
) -> tuple[tuple[str, ...], int, dict[str, int]] | None:
    required = {column.name for column in columns if column.is_required}
    best: tuple[tuple[str, ...], int, dict[str, int]] | None = None
    for row, end in headers(head):
        places = recognise(row, columns, below=head[end:])
        if required <= places.keys() and (best is None or len(places) > len(best[2])):
            best = tuple(text_of(cell) for cell in row), end, places
    return best


def _guessed_header(head: Sequence[Row], columns: Sequence[SheetColumn]) -> tuple[tuple[str, ...], int, dict[str, int]]:
    """Return the row with the most texts, the first of them: titles are texts, data contain numbers."""
    texts = [sum(isinstance(cell, str) and bool(text_of(cell)) for cell in row) for row in head]
    end = texts.index(max(texts)) + 1
    header = head[end - 1]
    return tuple(text_of(cell) for cell in header), end, recognise(header, columns, below=head[end:])
