"""Paging, search and sorting of long lists through the query of the address."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from flask import request

from core.values.numbers import read_number
from core.values.text import clean

PER_PAGE = 25
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Paging:
    """The shown part of a list of *total*, and the search text."""

    find: str
    number: int
    total: int
    kept: tuple[tuple[str, str], ...] = ()
    """Other parameters of the address, such as a filter."""
    per_page: int = PER_PAGE

    @property
    def pages(self) -> int:
        """The number of pages; an empty list has one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def part(self) -> slice:
        """The slice of the list on this page."""
        return slice((self.number - 1) * self.per_page, self.number * self.per_page)

    def address(self, number: int) -> dict[str, str]:
        """Return the query of page *number* of the same search."""
        asked = (("tim", self.find), *self.kept, ("trang", str(number)))
        return {name: value for name, value in asked if value}


def searched() -> str:
    """Return the search text of the address."""
    return clean(request.args.get("tim", ""))[:LONGEST_SEARCH]


def chosen(name: str, offered: Collection[str]) -> str:
    """Return the value of *name* in the address if it is one of *offered*, else the empty text."""
    asked = request.args.get(name, "")
    return asked if asked in offered else ""


def sorted_by(sorts: Collection[str]) -> str:
    """Return the sort order that the address names, by default the first of *sorts*."""
    return chosen("sap-xep", sorts) or next(iter(sorts))


def paging(total: int, per_page: int = PER_PAGE, /, **kept: str) -> Paging:
    """Return the page that the address names, or the nearest existing one; its links keep *kept*."""
    number = read_number(request.args.get("trang", ""), digits=8) or 1
    page = Paging(searched(), number, total, tuple(kept.items()), per_page)
    return replace(page, number=min(number, page.pages))
