"""Cells that say "as above" (nt, như trên, //): filled from the row above, and reported."""

from __future__ import annotations

import re

from core.sheets.cells import Cell, quoted, text_of
from core.translation import gettext
from core.values.text import N_, search_key

_SAME = re.compile(r"-? ?(?:nt|n/t|nhu tren|tuong tu)\.? ?-?|-? ?(?:\"|''|″|〃|”|“|,,|//|\\\\)+ ?-?")
_FILLED = N_("%(count)s ô đơn vị ghi %(cell)s (đầu tiên là dòng %(row)s); đã lấy đơn vị của dòng trên.")


class Repeats:
    """The units of rows from the first to the last; `notes` reports those that were filled."""

    def __init__(self) -> None:
        self._above: Cell = None
        self._met: list[tuple[int, str]] = []

    def fill(self, number: int, cell: Cell) -> Cell:
        """Return the cell, or that of the row above if it says so."""
        text = text_of(cell)
        if self._above is not None and is_same_as_above(text):
            self._met.append((number, quoted(text)))
            return self._above
        self._above = cell if any(map(str.isalnum, text)) else self._above
        return cell

    def notes(self) -> list[str]:
        """Return a note on the cells that were filled, if there were any."""
        if not self._met:
            return []
        row, cell = self._met[0]
        return [gettext(_FILLED, count=len(self._met), cell=cell, row=row)]


def is_same_as_above(text: str) -> bool:
    """Whether a text stands for the cell above it.

    >>> is_same_as_above("-nt-"), is_same_as_above("″"), is_same_as_above("Như trên"), is_same_as_above("Nà Tông")
    (True, True, True, False)
    """
    return _SAME.fullmatch(search_key(text)) is not None or _SAME.fullmatch(text) is not None
