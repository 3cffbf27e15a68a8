"""Paging and search of long lists, by the address alone."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from flask import request

from core.values.numbers import read_number
from core.values.text import clean

PER_PAGE = 25
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Paging:
    """Which part of a list of *total* is shown, and what was looked for."""

    find: str
    number: int
    total: int
    kept: tuple[tuple[str, str], ...] = ()
    """What else the address asks for, such as a filter."""

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // PER_PAGE))

    @property
    def part(self) -> slice:
        """The part of the list that this page shows."""
        return slice((self.number - 1) * PER_PAGE, self.number * PER_PAGE)

    def address(self, number: int) -> dict[str, str]:
        """The query of page *number* of the same search."""
        asked = (("tim", self.find), *self.kept, ("trang", str(number)))
        return {name: value for name, value in asked if value}


def searched() -> str:
    """Return the search text of the address."""
    return clean(request.args.get("tim", ""))[:LONGEST_SEARCH]


def chosen(name: str, offered: Collection[str]) -> str:
    """Return which of *offered* the address names under *name*; empty for none, or for an unknown one."""
    asked = request.args.get(name, "")
    return asked if asked in offered else ""


def sorted_by(sorts: Collection[str]) -> str:
    """Return which of *sorts* the address names; the first one by default."""
    return chosen("sap-xep", sorts) or next(iter(sorts))


def paging(total: int, **kept: str) -> Paging:
    """Return the page that the address names, or the nearest existing one; its links keep *kept*."""
    number = read_number(request.args.get("trang", ""), digits=8) or 1
    page = Paging(searched(), number, total, tuple(kept.items()))
    return replace(page, number=min(number, page.pages))
