"""Write the sheet that an office fills in, from the same columns that the reader uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from core.sheets.columns import NOT_READ, SheetColumn
from core.sheets.writing import Book, book
from core.values.text import N_

ROWS = 5000
"""The number of rows below the header with drop-down lists."""
_ENTRY, _EXAMPLES, _HOW, _LISTS = N_("Nhập liệu"), N_("Ví dụ"), N_("Cách ghi"), N_("Danh mục")
_HOW_HEAD = (N_("Cột"), N_("Bắt buộc"), N_("Cách ghi"))
_YES, _NO = N_("có"), N_("không")
_LONGEST_TITLE, _LONGEST_HINT = 32, 255
"""Excel's limits for the note beside a cell."""


def template_xlsx(columns: Sequence[SheetColumn], lists: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """Return a workbook to fill in: an empty table, examples, instructions for each column, and the lists of choices.

    *lists* adds the choices that depend on the place of use (a contest's units): name → texts.
    """
    choices = {column.name: column.choices for column in columns if column.choices} | dict(lists or {})
    with book() as (made, file):
        titles = [column.title for column in columns]
        entry = made.add(_ENTRY, [titles])
        made.add(_EXAMPLES, [titles, *_examples(columns)], above=NOT_READ)
        made.add(_HOW, [_HOW_HEAD, *map(_how, columns)], above=NOT_READ)
        _offer(made, entry, columns, choices)
    return file.getvalue()


def _how(column: SheetColumn) -> tuple[str, str, str]:
    return column.title, _YES if column.is_required else _NO, column.hint


def _examples(columns: Sequence[SheetColumn]) -> list[list[object]]:
    count = max(len(column.examples) for column in columns)
    return [[column.examples[at] if at < len(column.examples) else "" for column in columns] for at in range(count)]


def _offer(made: Book, entry: Any, columns: Sequence[SheetColumn], choices: Mapping[str, Sequence[str]]) -> None:
    """Add the drop-down lists, one column each on a sheet of their own, and the hint beside every cell."""
    shelf = made.book.add_worksheet(_LISTS) if choices else None
    if shelf is not None:
        shelf.write_string(0, 0, NOT_READ, made.quiet)
    for place, column in enumerate(columns):
        how: dict[str, Any] = {"validate": "any"}
        if shelf is not None and column.name in choices:
            offered = choices[column.name]
            shelf.write_string(1, place, column.title, made.head)
            for row, text in enumerate(offered, start=2):
                shelf.write_string(row, place, text, made.text)
            letter = xl_col_to_name(place, True)
            source = f"='{_LISTS}'!{letter}$3:{letter}${len(offered) + 2}"
            how = {"validate": "list", "source": source, "error_type": "warning"}
        how |= {"input_title": column.title[:_LONGEST_TITLE], "input_message": column.hint[:_LONGEST_HINT]}
        entry.data_validation(1, place, ROWS, place, how)
