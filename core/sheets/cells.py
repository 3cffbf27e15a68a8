"""From the bytes of a sheet (CSV in any dress, XLSX, XLS, ODS) to rows of cells, streaming."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from core.values.text import N_, clean

Cell = str | float | bool | datetime | date | time | timedelta | None
Row = Sequence[Cell]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MAX_UNPACKED = 2 << 30  # bytes of XML; 300.000 ordinary rows unpack to about 0,3 GB
_SAMPLE = 1 << 16
_CHUNK, _TAIL = 1 << 20, 4096
_ALL_ROWS = 1 << 20
_SPRAWL = (  # columns AA to CZ, DA to ZZ, AAA to XFD, and how many rows may go with them
    (re.compile(rb' r="[A-C][A-Z]\d'), 350_000),
    (re.compile(rb' r="[D-Z][A-Z]\d'), 50_000),
    (re.compile(rb' r="[A-Z]{3}\d'), 2_000),
)
_ROW_NUMBER = re.compile(rb' r="[A-Z]*(\d{1,7})"')
_QUOTE_LENGTH = 40

_MISSING = N_("Không tìm thấy tệp “{name}”.")
_UNREADABLE = N_("Không đọc được tệp “{name}”: tệp hỏng, có mật khẩu, hoặc không phải bảng tính.")
_EMPTY = N_("Tệp “{name}” không có dữ liệu.")
_TOO_BIG = N_("Tệp “{name}” quá lớn sau khi giải nén.")
_TOO_WIDE = N_("Tệp “{name}” có ô nằm rất xa bảng; hãy xóa các cột và dòng thừa rồi thử lại.")


class SheetError(ValueError):
    """The file cannot be used at all; the message says why, in plain Vietnamese."""


def read_sheets(path: Path) -> Iterator[Iterator[Row]]:
    """The rows of each sheet in turn, from the sheet's first row on (a CSV is one sheet).

    Raises SheetError when the file is missing, empty or no sheet.
    """
    name = clean(path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SheetError(_MISSING.format(name=name)) from error
    if not data.strip():
        raise SheetError(_EMPTY.format(name=name))
    if data.startswith((_ZIP, _OLE)):
        return _workbook(data, name)
    return iter([_delimited(decode(data, name), name)])


def text_of(cell: Cell) -> str:
    """A cell as clean text; whole numbers lose the ".0" a workbook gives them. None is empty."""
    if isinstance(cell, str):
        return clean(cell)
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def quoted(cell: Cell) -> str:
    """A cell as it may be shown in a message: clean, short, in quotation marks."""
    text = text_of(cell)
    return f"“{text if len(text) <= _QUOTE_LENGTH else text[: _QUOTE_LENGTH - 1] + '…'}”"


def decode(data: bytes, name: str) -> str:
    """Text out of UTF-8, UTF-16 or Windows Vietnamese (cp1258). Raises SheetError on anything else."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\x00" not in text:
            return text
    raise SheetError(_UNREADABLE.format(name=name))


def _encodings(data: bytes) -> list[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    head = data[:_SAMPLE]
    if head[1::2].count(0) > len(head) // 8:
        return ["utf-16-le"]
    if head[0::2].count(0) > len(head) // 8:
        return ["utf-16-be"]
    return ["utf-8-sig", "cp1258"]


def _delimited(text: str, name: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        yield from reader
    except csv.Error as error:
        raise SheetError(_UNREADABLE.format(name=name)) from error


def _delimiter(text: str) -> str:
    """The separator that cuts the first lines into the most cells, most often the same number."""
    sample = text[:_SAMPLE]
    if sample[:4].lower() == "sep=" and len(sample) > 4:
        return sample[4]
    return max(",;\t", key=lambda mark: _regularity(sample, mark))


def _regularity(sample: str, mark: str) -> tuple[int, int]:
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=mark):
            widths[len(row)] += 1
    except csv.Error:
        return (0, 0)
    wide = [(count, width) for width, count in widths.items() if width > 1]
    return max(wide, default=(0, 0))


def _workbook(data: bytes, name: str) -> Iterator[Iterator[Row]]:
    """The sheets that hold rows, in the workbook's order."""
    _refuse_bomb(data, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for index in range(len(book.sheet_names)):
            rows = book.get_sheet_by_index(index).iter_rows()
            yield iter(rows)
    except (CalamineError, OSError, ValueError) as error:
        raise SheetError(_UNREADABLE.format(name=name)) from error


def _refuse_bomb(data: bytes, name: str) -> None:
    if not data.startswith(_ZIP):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MAX_UNPACKED:
                raise SheetError(_TOO_BIG.format(name=name))
            for part in archive.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    _refuse_sprawl(archive, part, name)
    except SheetError:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        raise SheetError(_UNREADABLE.format(name=name)) from error


def _refuse_sprawl(archive: zipfile.ZipFile, part: str, name: str) -> None:
    """A stray cell far away makes the reader fill the whole rectangle up to it: refuse above about 1 GB."""
    tail, most_rows = b"", _ALL_ROWS
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            window = tail + chunk
            for far_column, rows in _SPRAWL:
                if rows < most_rows and far_column.search(window):
                    most_rows = rows
            tail = window[-_TAIL:]
    numbers = _ROW_NUMBER.findall(tail)
    if numbers and int(numbers[-1]) > most_rows:
        raise SheetError(_TOO_WIDE.format(name=name))
