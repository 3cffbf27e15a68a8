"""Convert the cells of a sheet from old Vietnamese encodings, and report it; report letters that were lost."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain, islice

from core.sheets.cells import Cell, Row, quoted
from core.sheets.sheet import Sheet
from core.translation import gettext
from core.values.legacy_text import Legacy, convert, has_lost_letters, legacy_of
from core.values.text import N_

SAMPLE = 500
"""The number of rows by which the encoding of a sheet is recognised."""
_CONVERTED = N_("Chữ trong tệp ghi theo bảng mã %(legacy)s; đã đổi sang Unicode. Hãy xem lại vài tên trước khi dùng.")
_LOST = N_(
    "%(count)s dòng có chữ đã mất khi lưu tệp (dấu ? giữa chữ, đầu tiên là dòng %(row)s: %(cell)s); "
    "hãy lưu lại tệp gốc dạng Unicode (UTF-8)."
)


def in_unicode(sheet: Sheet) -> Sheet:
    """Return *sheet* with its texts in Unicode; its notes report the conversion and lost letters."""
    head = list(islice(sheet.rows, SAMPLE))
    texts = {cell for row in head for cell in row if isinstance(cell, str) and not cell.isascii()}
    legacy = legacy_of(sorted(texts))
    rows: Iterator[Row] = chain(head, sheet.rows)
    if legacy is not None:
        sheet.notes.append(gettext(_CONVERTED, legacy=legacy))
        rows = map(partial(_converted, legacy), rows)
    sheet.rows = _watched(rows, sheet.notes)
    return sheet


def _converted(legacy: Legacy, row: Row) -> Row:
    return [convert(cell, legacy) if isinstance(cell, str) else cell for cell in row]


def _watched(rows: Iterator[Row], notes: list[str]) -> Iterator[Row]:
    """Pass on *rows*; after the last one, note how many had lost letters."""
    count, first, shown = 0, 0, ""
    for number, row in enumerate(rows, start=1):
        lost = next((cell for cell in row if _has_lost(cell)), None)
        if lost is not None:
            count, first, shown = count + 1, first or number, shown or quoted(lost)
        yield row
    if count:
        notes.append(gettext(_LOST, count=count, row=first, cell=shown))


def _has_lost(cell: Cell) -> bool:
    return isinstance(cell, str) and ("?" in cell or "\ufffd" in cell) and "://" not in cell and has_lost_letters(cell)
