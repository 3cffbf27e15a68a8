"""A sheet of a file: its name, whether it is hidden, and its rows without those that are hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TypeGuard

from core.sheets.cells import Cell, Row, quoted, text_of
from core.sheets.looks import LooksByRow, ShownNumber
from core.translation import gettext
from core.values.text import N_

_ROWS = N_("Trang %(sheet)s: %(count)s dòng đang ẩn (%(places)s) không được đọc; muốn tính thì bỏ ẩn rồi làm lại.")
_COLUMNS = N_("Trang %(sheet)s: %(count)s cột đang ẩn (%(places)s) không được đọc; muốn tính thì bỏ ẩn rồi làm lại.")
_STRUCK = N_(
    "Trang %(sheet)s: %(count)s dòng có ô bị gạch ngang (%(places)s) vẫn được đọc; nếu là dòng đã bỏ thì xóa đi "
    "rồi làm lại."
)
_PLACES = 10


@dataclass(frozen=True)
class Hidden:
    """The numbers of the hidden rows (from 1), the places of the hidden columns (from 0), and the rows with a cell
    struck through.
    """

    rows: Collection[int] = frozenset()
    columns: Collection[int] = frozenset()
    struck: Collection[int] = frozenset()


NOTHING_HIDDEN = Hidden()


@dataclass
class Sheet(Iterator[Row]):
    """The rows of a sheet; a hidden row is given as a blank one and a hidden column as blank cells.

    `notes` holds more about the sheet; `hidden_notes` reports what was hidden once the rows have been read.
    """

    rows: Iterator[Row]
    name: str = ""
    is_hidden: bool = False
    hidden: Hidden = NOTHING_HIDDEN
    notes: list[str] = field(default_factory=list)
    looks: LooksByRow = field(default_factory=dict)
    """The looks of its numbers, which are given as `ShownNumber`."""
    _number: int = 0
    _rows_met: list[int] = field(default_factory=list)
    _columns_met: set[int] = field(default_factory=set)
    _struck_met: list[int] = field(default_factory=list)

    def __next__(self) -> Row:
        row = next(self.rows)
        self._number += 1
        row = self._with_looks(row)
        if self._number in self.hidden.rows:
            if any(text_of(cell) for cell in row):
                self._rows_met.append(self._number)
            return []
        if self._number in self.hidden.struck:
            self._struck_met.append(self._number)
        met = [place for place in self.hidden.columns if place < len(row) and text_of(row[place])]
        if not met:
            return row
        self._columns_met.update(met)
        return [None if place in self.hidden.columns else cell for place, cell in enumerate(row)]

    def _with_looks(self, row: Row) -> Row:
        looks = self.looks.get(self._number)
        if not looks:
            return row
        return [
            ShownNumber(cell, looks[at]) if at in looks and _is_number(cell) else cell for at, cell in enumerate(row)
        ]

    @property
    def hidden_notes(self) -> list[str]:
        """Return a note on the hidden rows, one on the hidden columns, and one on rows struck through, if they held
        something.
        """
        rows = [str(number) for number in self._rows_met]
        columns = [_letters(place) for place in sorted(self._columns_met)]
        struck = [str(number) for number in self._struck_met]
        return [
            gettext(text, sheet=quoted(self.name), count=len(places), places=_listed(places))
            for text, places in ((_ROWS, rows), (_COLUMNS, columns), (_STRUCK, struck))
            if places
        ]


class RowNumber(int):
    """The number of a row that says its sheet where a file has several; rows of later sheets are greater."""

    _SHEET = 10_000_000
    sheet: str
    row: int
    sheet_name: str
    """The name of its sheet, of the first one too."""

    def __new__(cls, row: int, sheet: str = "", at: int = 0) -> RowNumber:
        """Return the number of *row* in the sheet of that name, the *at*-th that is read, from 0."""
        number = super().__new__(cls, at * cls._SHEET + row)
        number.row, number.sheet, number.sheet_name = row, sheet if at else "", sheet
        return number

    def __str__(self) -> str:
        return (
            gettext("%(row)s của trang %(sheet)s", row=self.row, sheet=quoted(self.sheet))
            if self.sheet
            else str(self.row)
        )

    def __format__(self, spec: str) -> str:
        return format(int(self), spec) if spec else str(self)


def _is_number(cell: Cell) -> TypeGuard[float]:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _letters(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _listed(places: list[str]) -> str:
    return ", ".join(places[:_PLACES]) + (" …" if len(places) > _PLACES else "")
