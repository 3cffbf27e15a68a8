"""Read rows of cells from the bytes of a sheet: CSV, XLSX, XLS, ODS, HTML and XML named .xls, one sheet in a zip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.sheets.cells import UNREADABLE, SheetError, decode, delimited
from core.sheets.legacy import in_unicode
from core.sheets.markup import is_markup, packed_sheet, read_markup
from core.sheets.sheet import Sheet
from core.sheets.workbook import read_workbook
from core.translation import gettext
from core.values.text import N_, clean

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NO_SHEETS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"RIFF", b"{\\rtf")
"""First bytes of pictures, PDF and other files that are renamed or chosen by mistake."""
_MISSING = N_("Không tìm thấy tệp “%(name)s”.")
_EMPTY = N_("Tệp “%(name)s” không có dữ liệu.")

Sheets = Iterator[Sheet]


def read_sheets(path: Path) -> Sheets:
    """Yield each sheet of a file, its rows from the sheet's first row on (a CSV is one sheet).

    Raises SheetError when the file is missing, empty or no sheet.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SheetError(gettext(_MISSING, name=clean(path.name))) from error
    return read_content(data, path.name)


def read_content(data: bytes, name: str) -> Sheets:
    """Yield each sheet of content uploaded under *name*; raises SheetError as `read_sheets` does."""
    name = clean(name)
    if not data.strip():
        raise SheetError(gettext(_EMPTY, name=name))
    if data.startswith(_NO_SHEETS):
        raise SheetError(gettext(UNREADABLE, name=name))
    return map(in_unicode, _sheets_of(data, name))


def _sheets_of(data: bytes, name: str) -> Sheets:
    packed = packed_sheet(data, name) if data.startswith(_ZIP) else None
    if packed is not None:
        data, name = packed
    if data.startswith((_ZIP, _OLE)):
        return read_workbook(data, name)
    text = decode(data, name)
    return read_markup(text, name) if is_markup(text) else iter([Sheet(delimited(text, name))])
