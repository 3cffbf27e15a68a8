"""Read a column of guesses: 3914, "3.914 người"; the other guesses decide whether "120.000" is 120 or 120 thousand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import log
from statistics import median

from core.sheets.cells import Cell, quoted, text_of
from core.translation import gettext
from core.values.numbers import thousands
from core.values.text import N_
from quiz.attempt.rules.percent import PercentIssue, read_percent

_NUMBER = re.compile(r"(\d{1,3}(?:[., ]\d{3})+|\d{1,9})(?:[.,]0+)?(?: ?(?:người|nguoi|bạn|lượt|people))?\.?")
_ONE_GROUP = re.compile(r"(\d{1,3})([.,])(\d{3})")
_MOST = 100_000_000
_DOUBTFUL = N_("dự đoán %(cell)s có thể là %(one)s hoặc %(other)s; đã đọc là %(taken)s, hãy xem lại.")
_THOUSANDS = N_("dự đoán %(cell)s được đọc là %(taken)s, khác cách ghi của các dự đoán khác; hãy xem lại.")
_SHARES = N_("dự đoán %(cell)s được đọc là %(taken)s %%, vì cả cột là số từ 0 đến 1; hãy xem lại.")


@dataclass(frozen=True)
class Guesses:
    """The guess of each cell, None where there is none; the doubt about a cell by its place."""

    values: Sequence[int | None]
    doubts: Mapping[int, str] = field(default_factory=dict)


def read_guesses(cells: Sequence[Cell]) -> Guesses:
    """Return the guesses in a column.

    A dot or comma before three digits stands for thousands where most guesses of the column have it. Elsewhere the cell
    is doubtful: it is read as thousands, unless its three digits are zeros and 120 is nearer than 120.000 to the other
    guesses. Empty in, empty out; raises nothing.
    """
    values = [read_guess(cell) for cell in cells]
    grouped = {
        at: match
        for at, cell in enumerate(cells)
        if values[at] is not None and isinstance(cell, str) and (match := _grouped(cell))
    }
    marks = {match[2] for match in grouped.values() if match[3] != "000"}
    plain = [value for at, value in enumerate(values) if value and at not in grouped]
    if not grouped or (len(marks) == 1 and len(grouped) > len(plain)):
        return Guesses(values)
    doubts = {}
    for at, match in grouped.items():
        whole, taken = int(match[1]), _taken(match, plain)
        values[at] = taken
        text = _DOUBTFUL if match[3] == "000" else _THOUSANDS
        both = {"one": thousands(whole * 1000), "other": thousands(whole)}
        doubts[at] = gettext(text, cell=quoted(cells[at]), taken=thousands(taken), **both)
    return Guesses(values, doubts)


def read_percents(cells: Sequence[Cell], decimals: int) -> Guesses:
    """Return the guessed percentages of a column, as whole numbers of their last decimal.

    Numbers of a workbook that are all at most 1 are shares, as Excel keeps cells in per cent; the first is doubtful.
    """
    numbers = [Decimal(str(cell)) for cell in cells if isinstance(cell, float)]
    is_share = bool(numbers) and max(numbers) <= 1 and any(number != int(number) for number in numbers)
    values, doubts = list[int | None](), dict[int, str]()
    for at, cell in enumerate(cells):
        is_number = is_share and isinstance(cell, float)
        text = f"{Decimal(str(cell)) * 100:f}" if is_number else text_of(cell)
        found = read_percent(text, decimals)
        values.append(None if isinstance(found, PercentIssue) else found)
        if is_number and not doubts:
            doubts[at] = gettext(_SHARES, cell=quoted(cell), taken=text)
    return Guesses(values, doubts)


def read_guess(cell: Cell) -> int | None:
    """Read a guess: 3914, "3.914", "3914 người". None if blank or no plausible number.

    >>> read_guess("3.914 người"), read_guess("-5"), read_guess("")
    (3914, None, None)
    """
    match = _NUMBER.fullmatch(text_of(cell).lower())
    if match is None:
        return None
    guess = int(re.sub(r"[., ]", "", match[1]))
    return guess if guess <= _MOST else None


def _grouped(cell: str) -> re.Match[str] | None:
    """Return the digits of a number with one mark before three digits."""
    number = _NUMBER.fullmatch(text_of(cell).lower())
    return _ONE_GROUP.fullmatch(number[1]) if number else None


def _taken(match: re.Match[str], others: Sequence[int]) -> int:
    """Return a doubtful number as thousands, or without its three zeros if that is nearer to *others*."""
    whole = int(match[1])
    many = whole * 1000 + int(match[3])
    if match[3] != "000" or not whole or not others:
        return many
    middle = log(median(others))
    return whole if abs(log(whole) - middle) < abs(log(many) - middle) else many
