"""Write workbooks to print: A4 landscape, heads repeated; numbers and moments are numbers, text is never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil
from pathlib import Path
from typing import IO, Any

import xlsxwriter

from core.sheets.writing import as_text
from core.values.week import VIETNAM

VIETNAMESE = "[$-42A]"
"""Before a format, lets programs that can write its marks as here: 1.534; Excel takes them from its computer."""
A4 = 9
"""Excel's number of the paper."""
MOST_ROWS = 1_000_000
"""The rows of a sheet, a little fewer than Excel's limit."""
LINE = 15.5
"""The height of a line in points."""
_DAY_MS = 86_400_000
_LONGEST_FOOTER = 120


class CellKind(StrEnum):
    """The kinds of cells of a column, by Excel's format; empty cells stay empty."""

    TEXT = "@"
    NUMBER = f"{VIETNAMESE}#,##0"
    CHANGE = f"{VIETNAMESE}+#,##0;{VIETNAMESE}-#,##0;0"
    DECIMAL = f"{VIETNAMESE}#,##0.0"
    PERCENT = f"{VIETNAMESE}0.0%"
    MOMENT = "dd/mm/yyyy hh:mm:ss"
    CLOCK = "[m]:ss"
    """A duration, given in milliseconds and cut to seconds."""


@dataclass(frozen=True)
class PrintedColumn:
    """A column: its head, its width in letters, what its cells hold."""

    title: str
    width: float
    kind: CellKind = CellKind.NUMBER


class PrintedBook:
    """A workbook that is written row by row, so that a million rows take no more memory than ten."""

    def __init__(self, file: IO[bytes] | Path, title: str) -> None:
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        target: Any = str(file) if isinstance(file, Path) else file
        self._book = xlsxwriter.Workbook(target, {"constant_memory": True, **plain})
        self._book.set_properties({"title": title})
        self._title = title
        look = {"valign": "top", "border": 1, "border_color": "#CCC4B4", "font_name": "Times New Roman"}
        text = {"text_wrap": True, "align": "left", "indent": 1}
        self._formats = {
            kind: self._book.add_format(look | {"num_format": kind.value} | (text if kind is CellKind.TEXT else {}))
            for kind in CellKind
        }
        head = {"bold": True, "bg_color": "#E4EFE4", "text_wrap": True, "align": "center", "valign": "vcenter"}
        self._head = self._book.add_format(look | head)
        self._name = self._book.add_format({"bold": True, "font_size": 14, "font_name": "Times New Roman"})
        self._note = self._book.add_format({"italic": True, "font_color": "#525C5E", "font_name": "Times New Roman"})

    def sheet(
        self, name: str, columns: Sequence[PrintedColumn], rows: Iterable[Sequence[object]], *, note: str = ""
    ) -> int:
        """Add a sheet: the book's title with its *name*, a *note*, the heads, and *rows*; return how many rows."""
        sheet = self._book.add_worksheet(name)
        self._lay_out(sheet, columns)
        sheet.write_string(0, 0, as_text(f"{self._title}: {name}"), self._name)
        sheet.write_string(1, 0, as_text(note), self._note)
        sheet.set_row(3, LINE * max(2.5, *(_head_lines(column) for column in columns)))
        for place, column in enumerate(columns):
            sheet.write_string(3, place, column.title, self._head)
        count = 0
        for number, row in enumerate(rows, start=4):
            count += 1
            lines = max(_lines(column, value) for column, value in zip(columns, row, strict=True))
            sheet.set_row(number, LINE * lines)
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._write(sheet, (number, place), column.kind, value)
        return count

    def close(self) -> None:
        """Write the file."""
        self._book.close()

    def _lay_out(self, sheet: Any, columns: Sequence[PrintedColumn]) -> None:
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(3)
        sheet.freeze_panes(4, 0)
        shown = self._title[:_LONGEST_FOOTER].replace("&", "&&")
        sheet.set_footer(f"&L&8{shown}&R&8&P/&N")
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)

    def _write(self, sheet: Any, cell: tuple[int, int], kind: CellKind, value: object) -> None:
        look = self._formats[kind]
        if value is None or value == "":
            sheet.write_blank(*cell, None, look)
        elif isinstance(value, str):
            sheet.write_string(*cell, as_text(value), self._formats[CellKind.TEXT])
        elif isinstance(value, datetime):
            sheet.write_datetime(*cell, value.astimezone(VIETNAM).replace(tzinfo=None), look)
        elif kind is CellKind.CLOCK and isinstance(value, int):
            sheet.write_number(*cell, value // 1000 * 1000 / _DAY_MS, look)  # programs would round up; pages cut
        else:
            sheet.write_number(*cell, value, look)


def _head_lines(column: PrintedColumn) -> int:
    """Return the lines of a head, whose bold letters are wider and whose words are kept whole."""
    return ceil(1.3 * len(column.title) / column.width)


def _lines(column: PrintedColumn, value: object) -> int:
    """Return the lines that a text needs in its column: not all programs measure them when they open the file."""
    return ceil(len(value) / column.width) if isinstance(value, str) and value else 1


@contextmanager
def printed_book(file: IO[bytes] | Path, title: str) -> Iterator[PrintedBook]:
    """Yield a workbook that *file* holds after the block has ended."""
    made = PrintedBook(file, title)
    yield made
    made.close()
