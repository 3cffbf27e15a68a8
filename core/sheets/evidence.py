"""Judge a column by its cells: addresses of people and machines are the name of no unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from core.sheets.cells import Cell, text_of

NEVER = -1000
"""The weight of cells that a column can't have."""
_ADDRESS = re.compile(
    r"(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?"  # IPv4
    r"|(?=.*:.*:)[0-9a-f:.]{3,45}"  # IPv6, MAC
    r"|[^@\s]+@[^@\s]+\.[^@\s]+"  # e-mail
    r"|https?://\S+|www\.\S+"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",  # UUID
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"[(+]?[\d .()+-]{7,20}")


def is_address(cell: Cell) -> bool:
    """Whether a cell is an address of a person or of a machine: e-mail, web, IP.

    >>> is_address("203.0.113.5"), is_address("8.0000000000")
    (True, False)
    """
    return _ADDRESS.fullmatch(text_of(cell)) is not None


def is_technical(cell: Cell) -> bool:
    """Whether a cell is an address or a long number, such as a telephone or identity number.

    >>> is_technical("203.0.113.5"), is_technical("an@example.vn"), is_technical("xã Lâm Bình"), is_technical("Tổ 5")
    (True, True, False, False)
    """
    return is_address(cell) or _LONG_NUMBER.fullmatch(text_of(cell)) is not None


def most(cells: Sequence[Cell], is_so: Callable[[Cell], bool]) -> bool:
    """Whether more than half of *cells* are so; False without cells."""
    return sum(map(is_so, cells)) * 2 > len(cells)


def no_addresses(cells: Sequence[Cell]) -> int:
    """Weigh cells as names of units: never, if most are addresses or numbers of people or machines."""
    return NEVER if most(cells, is_technical) else 0
