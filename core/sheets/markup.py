"""Read tables that programs write as HTML or as Excel's XML of 2003 and name `.xls`, and a sheet within a zip file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import PurePath

from core.sheets.cells import MOST_COLUMNS, TOO_WIDE, Row, SheetError
from core.sheets.sheet import Sheet
from core.translation import gettext
from core.values.text import N_, clean

_HTML = re.compile(r"<(?:!doctype html|html|table|meta|head|body)\b", re.IGNORECASE)
_XML = re.compile(r"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL)
_ALL_CELLS = 3_000_000
_MOST_PACKED = 64 << 20
_SHEETS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".htm", ".html")
_NO_TABLE = N_("Tệp “%(name)s” là trang web, không có bảng nào. Xin mở bằng Excel rồi lưu thành .xlsx.")
_SEVERAL = N_("Tệp nén “%(name)s” có %(count)s tệp bảng (%(shown)s…). Xin giải nén rồi gửi từng tệp.")
_NOTHING = N_("Tệp nén “%(name)s” không có tệp bảng tính nào. Xin giải nén rồi gửi tệp CSV hoặc Excel.")
_LARGE = N_("Tệp “%(name)s” quá lớn sau khi giải nén. Xin giải nén rồi gửi từng tệp.")
_LOCKED = N_("Tệp nén “%(name)s” hỏng hoặc có mật khẩu. Xin giải nén rồi gửi tệp bên trong.")


def is_markup(text: str) -> bool:
    """Whether a text is HTML or a workbook in XML."""
    head = text[:4096].lstrip("\ufeff \t\r\n")
    return head.startswith("<") and bool(_HTML.search(head) or _XML.search(head))


def read_markup(text: str, name: str) -> Iterator[Sheet]:
    """Yield each table of an HTML page, or each sheet of a workbook in XML.

    Raises SheetError when it has none, or too many cells.
    """
    reader = _Reader(name)
    reader.feed(text)
    reader.close()
    if not reader.sheets:
        raise SheetError(gettext(_NO_TABLE, name=name))
    return (Sheet(iter(rows), title) for title, rows in reader.sheets)


def packed_sheet(data: bytes, name: str) -> tuple[bytes, str] | None:
    """Return content and name of the only sheet in a zip file; None for a workbook, which is a zip file too.

    Raises SheetError when it holds none or several, or is damaged, locked or too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir() and "__MACOSX" not in part.filename]
            if any(part.filename in ("[Content_Types].xml", "mimetype", "content.xml") for part in parts):
                return None
            return _only_sheet(archive, parts, name)
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError, ValueError) as error:
        if isinstance(error, SheetError):
            raise
        return None if isinstance(error, zipfile.BadZipFile) else _refuse(name, error)


def _refuse(name: str, error: Exception) -> tuple[bytes, str] | None:
    raise SheetError(gettext(_LOCKED, name=name)) from error


def _only_sheet(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> tuple[bytes, str]:
    sheets = [part for part in parts if part.filename.lower().endswith(_SHEETS)]
    if not sheets:
        raise SheetError(gettext(_NOTHING, name=name))
    if len(sheets) > 1:
        shown = ", ".join(clean(PurePath(part.filename).name) for part in sheets[:3])
        raise SheetError(gettext(_SEVERAL, name=name, count=len(sheets), shown=shown))
    with archive.open(sheets[0]) as stream:
        content = stream.read(_MOST_PACKED + 1)
    if len(content) > _MOST_PACKED:
        raise SheetError(gettext(_LARGE, name=name))
    return content, PurePath(sheets[0].filename).name


@dataclass
class _Cell:
    """A cell that is being read: its text so far, its place, and how far it reaches."""

    texts: list[str] = field(default_factory=list)
    across: int = 1
    down: int = 1
    place: int | None = None


class _Reader(HTMLParser):
    """Collects the cells of tables: `table`, `tr`, `td`, `th` of HTML; `Worksheet`, `Row`, `Cell` of XML."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self._name = name
        self._depth = self._cells = 0
        self._cell: _Cell | None = None
        self._row: list[str] | None = None
        self._spans: dict[int, int] = {}
        self.sheets: list[tuple[str, list[Row]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        said = {key.removeprefix("ss:"): value or "" for key, value in attrs}
        tag = tag.removeprefix("ss:")
        if tag in ("table", "worksheet"):
            self._begin_table(tag, said)
        elif not self.sheets:
            return
        elif tag in ("tr", "row"):
            self._end_row()
            self._skip_rows(_number(said.get("index"), 0))
            self._row = []
        elif tag in ("td", "th", "cell") and self._row is not None:
            self._end_cell()
            across = _number(said.get("colspan"), 1) if "colspan" in said else _number(said.get("mergeacross"), 0) + 1
            self._cell = _Cell([], across, _number(said.get("rowspan"), 1), _number(said.get("index"), 0) or None)
        elif tag == "br" and self._cell is not None:
            self._cell.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """End a table, a row or a cell."""
        tag = tag.removeprefix("ss:")
        if tag in ("td", "th", "cell"):
            self._end_cell()
        elif tag in ("tr", "row", "table", "worksheet"):
            self._end_row()
            self._depth -= tag == "table"

    def handle_data(self, data: str) -> None:
        """Add text to the cell that is being read."""
        if self._cell is not None:
            self._cell.texts.append(data)

    def _begin_table(self, tag: str, said: dict[str, str]) -> None:
        self._depth += tag == "table"
        if tag == "worksheet" or (self._depth == 1 and not (self.sheets and not self.sheets[-1][1])):
            self._spans = {}
            self.sheets.append((clean(said.get("name", "")), []))

    def _skip_rows(self, index: int) -> None:
        rows = self.sheets[-1][1]
        while len(rows) + 1 < min(index, 100_000):
            rows.append([])

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None and self.sheets:
            self.sheets[-1][1].append(self._row)
            self._spans = {place: left - 1 for place, left in self._spans.items() if left > 1}
        self._row = None

    def _end_cell(self) -> None:
        cell, row = self._cell, self._row
        self._cell = None
        if cell is None or row is None:
            return
        place = cell.place - 1 if cell.place else len(row)
        while len(row) < place or (not cell.place and len(row) in self._open_spans()):
            row.append("")
        if cell.down > 1:
            self._spans |= dict.fromkeys(range(len(row), len(row) + min(cell.across, MOST_COLUMNS)), cell.down)
        row += [clean("".join(cell.texts)), *[""] * (min(cell.across, MOST_COLUMNS) - 1)]
        self._cells += cell.across
        if len(row) > MOST_COLUMNS or self._cells > _ALL_CELLS:
            raise SheetError(gettext(TOO_WIDE, name=self._name))

    def _open_spans(self) -> set[int]:
        """Return the places that a cell of an earlier row reaches down to."""
        row_is_new = self._row or []
        return {place for place in self._spans if place >= len(row_is_new)}


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else default
