"""Write workbooks and CSV in which every cell, header and sheet name is text, never a formula or a link."""

from __future__ import annotations

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

import xlsxwriter

from core.sheets.cells import LONGEST_CELL
from core.sheets.report import ImportReport
from core.sheets.sheet import RowNumber
from core.translation import gettext
from core.values.numbers import decimal
from core.values.text import N_, clean

ROWS_A_PIECE = 1_000
_NARROWEST, _WIDEST = 10, 60
_FORMULA = re.compile(r"(^|[;|\t]\s*)(?=[=+\-@\t\r＝＋－＠])")
"""The places where a formula may begin, in fullwidth forms too; not all spreadsheets separate at the comma."""

_SHEET = N_("Báo cáo")
_HEAD = (N_("Dòng"), N_("Loại"), N_("Nội dung và cách sửa"))
_WRONG, _LOOK, _DECIDE, _FILE = N_("Lỗi"), N_("Nên xem lại"), N_("Cần xác định"), N_("Cả tệp")
_UNKNOWN = N_("“%(spelled)s” (%(rows)s dòng): chưa rõ là đơn vị nào.")


class Book:
    """A workbook being written in memory."""

    def __init__(self, file: BytesIO) -> None:
        plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(file, {"in_memory": True, **plain})
        self.head = self.book.add_format({"bold": True, "bg_color": "#EAF2ED", "bottom": 1, "text_wrap": True})
        self.text = self.book.add_format({"num_format": "@", "valign": "top"})
        self.wrapped = self.book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self.quiet = self.book.add_format({"italic": True, "font_color": "#525C5E"})

    def add(self, name: str, rows: Sequence[Sequence[object]], *, above: str = "") -> Any:
        """Add a sheet with a header and *rows* of text; *above* is an optional line over the header."""
        sheet = self.book.add_worksheet(name)
        first = 1 if above else 0
        if above:
            sheet.write_string(0, 0, above, self.quiet)
        texts = [[as_text(cell) for cell in row] for row in rows]
        for number, row in enumerate(texts, start=first):
            for place, text in enumerate(row):
                sheet.write_string(number, place, text, self.head if number == first else self.wrapped)
        for place, column in enumerate(zip(*texts, strict=True)):
            widest = max(map(len, column))
            sheet.set_column(place, place, min(max(widest + 2, _NARROWEST), _WIDEST), self.text)
        sheet.freeze_panes(first + 1, 0)
        return sheet


@contextmanager
def book() -> Iterator[tuple[Book, BytesIO]]:
    """Yield a workbook, and the file that holds it after the block has ended."""
    file = BytesIO()
    made = Book(file)
    yield made, file
    made.book.close()


def csv_of(rows: Iterable[Sequence[object]]) -> bytes:
    """Return *rows* as the CSV of `csv_pieces`."""
    return b"".join(csv_pieces(rows))


def csv_pieces(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """Yield *rows* as CSV that spreadsheets open as text: UTF-8 with a BOM, and an apostrophe before a possible
    formula. The first piece is the head, before any other row is read; later ones hold `ROWS_A_PIECE` rows.

    Cells are parted as the spreadsheets of the present language expect: by a semicolon where the decimal mark is a
    comma, else by a comma.
    """
    mark = ";" if "," in decimal(0.5) else ","
    rest, begin = iter(rows), BOM_UTF8
    some = list(islice(rest, 1))
    while some:
        file = StringIO()
        writer = csv.writer(file, delimiter=mark, lineterminator="\r\n")
        writer.writerows([_harmless(as_text(cell)) for cell in row] for row in some)
        yield begin + file.getvalue().encode()
        some, begin = list(islice(rest, ROWS_A_PIECE)), b""


def _harmless(cell: str) -> str:
    """Return *cell* with an apostrophe before each beginning of a formula, at its start or behind a separator."""
    return _FORMULA.sub(r"\1'", cell)


def as_text(cell: object) -> str:
    """Return a cell as clean text, cut to the longest that a cell holds; None gives the empty text."""
    return "" if cell is None else clean(str(cell))[:LONGEST_CELL]


def _row(number: int) -> object:
    """Return the number of a row, as text if it says its sheet."""
    return str(number) if isinstance(number, RowNumber) and number.sheet else number


def report_xlsx(report: ImportReport) -> bytes:
    """Return a dry run's findings as a workbook, one line each, in the order of the sheet's rows."""
    found = [
        *((issue.row, _WRONG, issue.text) for issue in report.errors),
        *((issue.row, _LOOK, issue.text) for issue in report.warnings),
        *((doubt.first, _DECIDE, gettext(_UNKNOWN, spelled=doubt.spelled, rows=doubt.rows)) for doubt in report.doubts),
    ]
    findings = [(_row(row), kind, text[:1].upper() + text[1:]) for row, kind, text in sorted(found)]
    rows: list[Sequence[object]] = [_HEAD, *(("", _FILE, note) for note in report.notes), *findings]
    with book() as (made, file):
        made.add(_SHEET, rows)
    return file.getvalue()
