"""Read a typed or pasted list of villages, agencies or schools: a name a line, with its headcount after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commune.files.units import UnitWishes, read_units, states_kind
from core.importing.rows import RowError
from core.sheets.grids import Grid
from core.translation import gettext
from core.values.text import N_, clean, search_key

MOST_LINES = 300
_MARK = re.compile(r"^\s*(?:[-–•*+]|\d{1,3}[.)])\s+")
_BETWEEN = re.compile(r"[\t;|]")
_TITLE = re.compile(r"(?:stt|tt|ten(?: (?:thon|don vi|to dan pho|co quan|truong).*)?|don vi)")
_MORE = N_("Mỗi dòng một tên, rồi số dân sau dấu chấm phẩy. Dòng này có thêm: %(rest)s.")
PLACES = {"name": 0, "kind": 1, "parent": 2, "people": 3, "as_of": 4, "source": 5}


@dataclass(frozen=True)
class TypedList:
    """The wishes of a list, and the lines that could not be read: row, text, reason."""

    read: UnitWishes
    wrong: Sequence[tuple[int, str, str]]


def read_unit_text(text: str, *, kind: str, parent: str, as_of: date | None, source: str) -> TypedList:
    """Return what *text* asks to add below the unit with code *parent*.

    *kind* is the word for names that say none ("thôn"); *as_of* and *source* are those of the headcounts. Numbers and
    dashes before a name, a column of numbers and a line of titles are left out. An empty text gives an empty list.
    """
    rows, wrong, texts = [], [], {}
    for number, line in enumerate(text.splitlines(), 1):
        cells = _cells(line)
        if not cells or (number == 1 and _TITLE.fullmatch(search_key(cells[0]))):
            continue
        name, people, *rest = [*cells, ""] if len(cells) == 1 else cells
        texts[number] = name
        if rest:
            wrong.append((number, name, gettext(_MORE, rest=", ".join(rest))))
            continue
        day = f"{as_of:%d/%m/%Y}" if as_of else ""
        rows.append((number, (name, _kind_of(name, kind), parent, people, day, source if people else "")))
    read = read_units(Grid(("",) * len(PLACES), PLACES, rows), PLACES)
    return TypedList(read, [*wrong, *((row, texts[row], why) for row, why in read.wrong)])


def count_lines(text: str) -> int:
    """Return the number of lines with something on them."""
    return sum(bool(line.strip()) for line in text.splitlines())


def _cells(line: str) -> list[str]:
    cells = [clean(cell) for cell in _BETWEEN.split(_MARK.sub("", line))]
    if len(cells) > 1 and cells[0].isdigit():
        cells = cells[1:]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _kind_of(name: str, kind: str) -> str:
    """Return the kind of a name that does not say it itself."""
    try:
        return "" if states_kind(name) else kind
    except RowError:
        return kind


def holds_headcounts(text: str) -> bool:
    """Whether a line has something after the name."""
    return any(len(_cells(line)) > 1 for line in text.splitlines())
