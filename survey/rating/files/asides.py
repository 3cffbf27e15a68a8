"""Parts of a sheet of ratings that speak against its reading: another counter, unread weeks, a form entered twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from core.sheets.cells import Cell, quoted, text_of
from core.sheets.grids import Grid
from core.translation import gettext
from core.values.text import N_, fold, search_key

_COUNTER = re.compile(r"(?:quay (?:so )?)?0*(\d{1,3})\b(?! ?(?:[,;+&/-]|va) ?\d).*")
_SURELY_COUNTER = re.compile(r"quay (?:so )?0*(\d{1,3})")
_PERIOD = re.compile(
    r"(?:ngày|tuần|tháng|quý|năm|kỳ|đợt)(?!.*\b(?:sinh|tuổi|vị|ông|bà|khách|công dân|nào|không|gì)\b).{0,30}"
)
_OTHER_COUNTER = N_("dòng này ghi quầy %(cell)s, không phải quầy %(number)s đang nhập.")
_UNREAD = N_(
    "Cột %(title)s không được đọc là ngày đánh giá: phiếu không ghi ngày thì tính vào ngày đã chọn khi nhập. Nếu phiếu "
    "của nhiều tuần, xin thêm cột “Ngày đánh giá”."
)
_SAME_NUMBER = N_("số phiếu %(cell)s đã có ở dòng %(row)s, cùng ngày; vẫn nhập, hãy xem có phải một phiếu ghi hai lần.")


def other_counters(grid: Grid, places: Mapping[str, int], number: int) -> dict[int, str]:
    """Return an error for each row of another counter than *number*: by its column, or by a column that is read as
    nothing and says "Quầy 3".
    """
    read = set(places.values())
    found = {}
    for row, cells in grid.rows:
        for place, cell in enumerate(cells):
            is_column = place == places.get("counter")
            if (is_column or place not in read) and _is_other(cell, number, is_column=is_column):
                found[row] = gettext(_OTHER_COUNTER, cell=quoted(cell), number=number)
    return found


def _is_other(cell: Cell, number: int, *, is_column: bool) -> bool:
    key = search_key(text_of(cell))
    match = (_COUNTER if is_column else _SURELY_COUNTER).fullmatch(key)
    return int(match[1]) != number if match else is_column and bool(key)


def unread_periods(grid: Grid, places: Mapping[str, int]) -> list[str]:
    """Return a note for each column of weeks or other days where no column gives the day of a rating."""
    if "when" in places:
        return []
    titles = [title for place, title in enumerate(grid.header) if place not in places.values()]
    return [gettext(_UNREAD, title=quoted(title)) for title in titles if _PERIOD.fullmatch(fold(title))]


def same_numbers(forms: Iterable[tuple[int, str, date]]) -> Iterator[tuple[int, str]]:
    """Yield a warning for each form (row, number, day) whose number an earlier form of the same day has."""
    first: dict[tuple[str, date], int] = {}
    for row, number, day in forms:
        earlier = first.setdefault((search_key(number), day), row)
        if number and earlier != row:
            yield row, gettext(_SAME_NUMBER, cell=quoted(number), row=earlier)
