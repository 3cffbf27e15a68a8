"""Choose the sheets of a file that are read: those with the same header together; every other table is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Generic, Protocol, TypeVar

from core.sheets.cells import Row, quoted, text_of
from core.sheets.columns import HEADER_WITHIN, is_aside_sheet
from core.sheets.sheet import RowNumber, Sheet
from core.translation import gettext
from core.values.text import N_, search_key

_HIDDEN = N_("Trang %(sheet)s đang ẩn nên không được đọc; muốn tính thì bỏ ẩn rồi làm lại.")
_OTHER = N_("Trang %(sheet)s có bảng nhưng không được đọc: tiêu đề khác trang đã đọc; muốn tính thì tách ra một tệp.")
_PERIOD = N_(
    "Trang %(sheet)s không được đọc: có vẻ là của tuần hoặc đợt khác trang %(read)s; muốn tính thì tách ra một tệp."
)
_JOINED = N_("Đã đọc chung %(count)s trang có cùng tiêu đề: %(sheets)s.")
_NUMBERED = re.compile(r"\b(?:tuan|dot|vong|ky|thang|quy|week|round|lan)\W*(\d+|[ivx]+)\b")
_SHOWN = 12


class Header(Protocol):
    """A header that was recognised."""

    @property
    def header(self) -> tuple[str, ...]:
        """The titles of the columns."""


H = TypeVar("H", bound=Header)
Best = Callable[[Sequence[Row]], tuple[H | None, int]]
"""The first rows of a sheet → their header, None if there is none, and the number of rows up to its end."""


@dataclass
class Tables(Generic[H]):
    """The numbered rows below a header, then those of each further sheet that has the same one; readable once.

    `notes` are complete when all rows have been read.
    """

    columns: H
    end: int
    sample: Sequence[Row]
    sheet: Sheet
    rest: Iterator[Sheet]
    best: Best[H]
    notes: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[RowNumber, Row]]:
        yield from self._of(self.sheet, self.sample, self.end, 0)
        read = [self.sheet.name]
        for sheet in self.rest:
            head = list(islice(sheet, HEADER_WITHIN))
            found, end = (None, 0) if is_aside_sheet(head) else self.best(head)
            why = why_not_read(sheet, self.sheet.name, is_same=found is not None and self._is_same(found))
            if why is None:
                yield from self._of(sheet, head[end:], end, len(read))
                read.append(sheet.name)
            elif holds_table(head):
                self.notes.append(why)
        self.notes += joined_note(read)

    def _of(self, sheet: Sheet, head: Sequence[Row], end: int, at: int) -> Iterator[tuple[RowNumber, Row]]:
        for number, row in enumerate(chain(head, sheet), start=end + 1):
            yield RowNumber(number, sheet.name, at), row
        self.notes += [*sheet.notes, *sheet.hidden_notes]

    def _is_same(self, other: Header) -> bool:
        return titles_of(other.header) == titles_of(self.columns.header)


def find_tables(sheets: Iterator[Sheet], best: Best[H]) -> Tables[H] | None:
    """Return the rows of the first visible sheet with a header, and of those like it; None without any."""
    notes: list[str] = []
    for sheet in sheets:
        head = list(islice(sheet, HEADER_WITHIN))
        found, end = (None, 0) if is_aside_sheet(head) else best(head)
        if found is not None and not sheet.is_hidden:
            return Tables(found, end, head[end:], sheet, sheets, best, notes)
        if holds_table(head):
            notes.append(gettext(_HIDDEN if sheet.is_hidden else _OTHER, sheet=quoted(sheet.name)))
    return None


def why_not_read(sheet: Sheet, read: str, *, is_same: bool) -> str | None:
    """Return why *sheet* is not read together with the one named *read*; None if it is."""
    if sheet.is_hidden:
        return gettext(_HIDDEN, sheet=quoted(sheet.name))
    if not is_same:
        return gettext(_OTHER, sheet=quoted(sheet.name))
    if _period(sheet.name) != _period(read):
        return gettext(_PERIOD, sheet=quoted(sheet.name), read=quoted(read))
    return None


def joined_note(sheets: Sequence[str]) -> list[str]:
    """Return a note on the sheets that were read together, if there are several."""
    if len(sheets) < 2:
        return []
    shown = ", ".join(quoted(name) for name in sheets[:_SHOWN]) + (" …" if len(sheets) > _SHOWN else "")
    return [gettext(_JOINED, count=len(sheets), sheets=shown)]


def holds_table(head: Sequence[Row]) -> bool:
    """Whether the first rows of a sheet are a table that is meant to be read: two rows of two cells or more."""
    wide = (row for row in head if sum(bool(text_of(cell)) for cell in row) > 1)
    return not is_aside_sheet(head) and len(list(islice(wide, 2))) > 1


def titles_of(header: Sequence[str]) -> tuple[str, ...]:
    """Return the search keys of a header's titles, without blank ones at its end."""
    keys = [search_key(title) for title in header]
    while keys and not keys[-1]:
        keys.pop()
    return tuple(keys)


def _period(name: str) -> str:
    """Return the number of the week or round in the name of a sheet, empty without one."""
    match = _NUMBERED.search(search_key(name))
    return match[1] if match else ""
