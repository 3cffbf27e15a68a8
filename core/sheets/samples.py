"""The sample of a column on the page of an import."""

from collections.abc import Iterable

from core.sheets.cells import Cell, shown
from core.sheets.datetimes import serial_moment


def sample_of(cells: Iterable[Cell], *, is_moment: bool = False) -> str:
    """Return the first cell that is not blank, as people write it; empty if there is none.

    A spreadsheet's number of a day is a date only if the column *is_moment*: 46349 is a headcount elsewhere.

    >>> sample_of([None, 46349.375]), sample_of([46349.375], is_moment=True)
    ('46349.375', '23/11/2026 09:00')
    """
    for cell in cells:
        text = shown((serial_moment(cell) if is_moment else None) or cell)
        if text:
            return text
    return ""
