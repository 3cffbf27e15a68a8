"""The look of numbers in a workbook: thousands separators, decimals and signs that the format of a cell adds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

BUILT_IN = {
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
}
"""The formats that a workbook names by their number alone."""
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_NOT_DRAWN = re.compile(r"\[[^\]]*\]|_.|\*.")
_FORMAT = re.compile(r"(?P<before>[^#0%]*)(?P<whole>[#0,]*0)(?:\.(?P<part>0+))?(?P<percent>%?)(?P<after>[^#0,.%]*)")
_FIRST = 0xE000
"""The private character that stands for the first literal of a format while it is read."""
_VIETNAMESE = str.maketrans(",.", ".,")


class NumberLook(NamedTuple):
    """How a number is shown: decimals, whether thousands are apart, whether it is per cent, and words around it."""

    decimals: int
    is_grouped: bool
    is_percent: bool
    before: str = ""
    after: str = ""


LooksByRow = Mapping[int, Mapping[int, NumberLook]]
"""Row (from 1) → column (from 0) → the look of the number there."""


class ShownNumber(float):
    """A number that remembers the text which its cell shows."""

    text: str

    def __new__(cls, value: float, look: NumberLook) -> ShownNumber:
        """Return *value* with its text in *look*."""
        number = super().__new__(cls, value)
        number.text = shown_number(value, look)
        return number


def looks_of(found: Mapping[tuple[int, int], Iterable[Any]]) -> LooksByRow:
    """Return looks by row, from the values of each at its row and column."""
    by_row: dict[int, dict[int, NumberLook]] = {}
    for (row, column), values in found.items():
        by_row.setdefault(row, {})[column] = NumberLook(*values)
    return by_row


def look_of(code: str) -> NumberLook | None:
    """Return the look that a format code gives positive numbers; None where it adds nothing, or is no number's.

    >>> look_of('#,##0.0" đồng"')
    NumberLook(decimals=1, is_grouped=True, is_percent=False, before='', after=' đồng')
    >>> look_of("General"), look_of("dd/mm/yyyy")
    (None, None)
    """
    literals = [found[1] if found[1] is not None else found[2] for found in _LITERAL.finditer(code)]
    places = iter(range(_FIRST, _FIRST + len(literals)))
    first = _NOT_DRAWN.sub("", _LITERAL.sub(lambda _found: chr(next(places)), code).split(";")[0]).strip()
    found = _FORMAT.fullmatch(first)
    if found is None or re.search("[A-Za-z]", found["before"] + found["after"]):
        return None
    words = {chr(_FIRST + at): literal for at, literal in enumerate(literals)}
    before, after = ("".join(words.get(letter, letter) for letter in found[part]) for part in ("before", "after"))
    look = NumberLook(len(found["part"] or ""), "," in found["whole"], bool(found["percent"]), before, after)
    return look if look != NumberLook(0, is_grouped=False, is_percent=False) else None


def shown_number(value: float, look: NumberLook) -> str:
    """Return a number as Vietnamese readers see it in its cell.

    >>> shown_number(1000, NumberLook(0, True, False)), shown_number(0.8, NumberLook(0, False, True))
    ('1.000', '80%')
    """
    number = f"{100 * value if look.is_percent else value:,.{look.decimals}f}".translate(_VIETNAMESE)
    number = number if look.is_grouped else number.replace(".", "")
    return f"{look.before}{number}{'%' if look.is_percent else ''}{look.after}"
