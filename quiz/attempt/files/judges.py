"""Judge the meaning of a column by its first cells: words alone take a guess for a score, an hour for a day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.sheets.cells import Cell, text_of
from core.sheets.clock_words import is_clock
from core.sheets.datetimes import is_moment
from core.sheets.evidence import NEVER, is_address, is_technical, most

_PART = re.compile(r"\d{1,4} ?(?:/|trên|of|out of) ?\d{1,4}")
_NUMBER = re.compile(r"[\d., ]{1,15}(?: ?\D{0,12})?")
_LONGEST_BLOC = 40
_SURE = 6


def moments(cells: Sequence[Cell]) -> int:
    """Weigh cells as moments of submission: an hour without a day is none."""
    return NEVER if cells and most(cells, is_clock) else 0


def clocks(cells: Sequence[Cell]) -> int:
    """Weigh cells as hours without a day; a column is never taken for one without such cells."""
    return NEVER if not cells or most(cells, lambda cell: not is_clock(cell)) else 0


def scores(cells: Sequence[Cell]) -> int:
    """Weigh cells as scores: "9 / 10" surely is one, a column of moments or addresses is none."""
    if most(cells, lambda cell: _PART.fullmatch(text_of(cell)) is not None):
        return _SURE
    return NEVER if most(cells, lambda cell: is_moment(cell) or is_address(cell)) else 0


def guesses(cells: Sequence[Cell]) -> int:
    """Weigh cells as guesses: most must be one number each, and no part of a whole as "9 / 10" is."""
    return NEVER if cells and not most(cells, _may_be_guess) else 0


def blocs(cells: Sequence[Cell]) -> int:
    """Weigh cells as names of blocs (đối tượng dự thi): few short texts."""
    texts = [text_of(cell) for cell in cells]
    return 0 if texts and max(map(len, texts)) <= _LONGEST_BLOC and not most(cells, is_technical) else NEVER


def _may_be_guess(cell: Cell) -> bool:
    text = text_of(cell)
    return _PART.fullmatch(text) is None and _NUMBER.fullmatch(text) is not None
