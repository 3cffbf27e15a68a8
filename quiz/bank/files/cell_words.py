"""The words of a spreadsheet's cell as a choice: dates and numbers as people here write them."""

from __future__ import annotations

from datetime import date

from core.sheets.cells import Cell, shown
from core.sheets.looks import ShownNumber
from core.values.text import N_, clean

_DATE = N_(
    "Excel giữ phương án %(letters)s dưới dạng ngày (%(texts)s); nếu ý là phân số hay số hiệu thì định dạng ô là Văn "
    "bản rồi gõ lại."
)
_SHARE = N_(
    "Excel giữ phương án %(letters)s dưới dạng số (%(texts)s); nếu ý là phần trăm thì định dạng ô là Văn bản rồi gõ "
    "lại."
)
DOUBTS = (_DATE, _SHARE)


def cell_words(cell: Cell) -> str:
    """Return a cell as clean text: 01/07/2025, 2,5, Đúng, or as its format shows a number: 1.000, 80%.

    >>> cell_words(2.5), cell_words(True), cell_words(4.0), cell_words(date(2025, 7, 1))
    ('2,5', 'Đúng', '4', '01/07/2025')
    """
    if isinstance(cell, bool):
        return "Đúng" if cell else "Sai"
    if isinstance(cell, ShownNumber):
        return clean(cell.text)
    text = shown(cell)
    return text.replace(".", ",") if isinstance(cell, float) and "e" not in text else text


def cell_doubt(cell: Cell) -> str | None:
    """Return the wording of a doubt about a choice that Excel may have changed: 1/3 into a day, 80 % into 0,8."""
    if isinstance(cell, date):
        return _DATE
    if isinstance(cell, ShownNumber):
        return None
    return _SHARE if isinstance(cell, float) and 0 < cell < 1 else None
