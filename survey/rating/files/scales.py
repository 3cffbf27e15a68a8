"""The numbers of a sheet of ratings: the end of the scale that is best, other scales, rows that count several forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from core.sheets.cells import SheetError, quoted, text_of
from core.sheets.columns import cell_at
from core.sheets.grids import Grid
from core.translation import gettext
from core.values.text import N_, fold, search_key

_BEST = r"(?:rat (?:hai long|tot)|(?:tot|hai long|cao) nhat|xuat sac)"
_WORST = r"(?:rat (?:khong|chua|kem|te)|(?:khong hai long|kem|te|thap|xau) nhat)"
_SAYS = r" ?(?:[-–:=.()→>]+ ?)?(?:la |tuc la )?(?:muc |diem )?"
_WEAK_SAYS = r" ?(?:= ?|la )(?:muc )?"
_GOOD, _BAD = r"(?:hai long|tot)\b", r"(?:(?:khong|chua) (?:hai long|tot)|kem|te)\b"
_RANGE = r"1 ?(?:[-–]|den|toi) ?5"
_TURNED, _STRAIGHT = (
    re.compile(
        rf"\b{best}{_SAYS}{_BEST}|\b{worst}{_SAYS}{_WORST}|\b{best}{_WEAK_SAYS}{_GOOD}|\b{worst}{_WEAK_SAYS}{_BAD}"
        rf"|{_BEST} ?(?:\( ?|= ?|: ?|la )(?:muc |diem )?{best}\b(?! ?[-–:=]| den)"
        rf"|\b{_RANGE}\b.*{first}.*(?:den|toi|[-–→]).*{last}|{first} (?:den|toi|[-–→]) .*{last}.*\b{_RANGE}\b"
    )
    for best, worst, first, last in (("1", "5", _BEST, _WORST), ("5", "1", _WORST, _BEST))
)
_OTHER_SCALE = re.compile(
    r"\bthang (?:đo |điểm )?(?:từ )?(?:[01] ?(?:[-–]|đến|tới) ?)?(\d{1,3})\b|\bthang diem (\d{1,3})\b"
)
_OTHER_RANGE = re.compile(r"\b([01]) ?(?:[-–→~]|đến|den|tới|toi) ?(\d{1,3})\b|(?<!\d)/ ?(\d{1,3})\b(?!/)|(%|phần trăm)")
_NUMBER = re.compile(r"(\d{1,3})(?:[.,]\d+)?")
_COUNT = re.compile(
    r"(?:so luong|sl|so luot|luot|so nguoi|so y kien|so lan|tong|tong so|tan so|tan suat)"
    r"(?: (?:phieu|nguoi|luot|y kien|danh gia|chon|tra loi|dan))*|count|frequency|quantity|n"
    r"|tong (?:so )?phieu|ty le(?: ?\(?%\)?)?|phan tram|%"
)
_FORMS = re.compile(r"so phieu(?: (?:danh gia|hop le|thu ve|lay y kien))?")
_FEWEST = 3
_SCALE = N_(
    "Cột %(title)s ghi điểm theo thang khác (có %(cell)s), không phải từ 1 đến 5, nên đọc ra mức nào cũng có thể "
    "sai. Xin ghi mức bằng chữ, hoặc đổi sang số từ 1 (rất không hài lòng) đến 5 (rất hài lòng) rồi nhập lại."
)
_COUNTED = N_(
    "Cột %(title)s ghi số lượng, vậy mỗi dòng của bảng là nhiều phiếu; hệ thống nhập mỗi phiếu một dòng nên sẽ "
    "tính sai. Xin ghi mỗi phiếu một dòng theo mẫu. Nếu đó là số của từng phiếu thì đổi tiêu đề thành “Mã phiếu”."
)


def is_turned(grid: Grid, place: int | None) -> bool:
    """Whether the title of the column, the text above the table or a cell ("1 - Rất hài lòng") says that 1 is the best
    level.
    """
    if any(_TURNED.search(key) and not _STRAIGHT.search(key) for key in map(search_key, _said(grid, place))):
        return True
    cells = {search_key(text_of(cell_at(row, place))) for _, row in grid.rows}
    return any(map(_TURNED.search, cells)) and not any(map(_STRAIGHT.search, cells))


def check_scale(grid: Grid, place: int | None) -> None:
    """Raise SheetError if the numbers in the column of levels are of another scale than 1 to 5."""
    cells = [text for _, row in grid.rows if (text := text_of(cell_at(row, place)))]
    numbers = [(cell, int(match[1])) for cell in cells if (match := _NUMBER.fullmatch(search_key(cell)))]
    if not numbers:
        return
    title, above = _said(grid, place)
    outside = [cell for cell, number in numbers if not 1 <= number <= 5]
    other = _other_scale(title, above) or (outside[0] if 10 * len(outside) > len(numbers) > 1 else "")
    if other:
        raise SheetError(gettext(_SCALE, title=quoted(title), cell=quoted(other)))


def check_counts(grid: Grid, places: Mapping[str, int]) -> None:
    """Raise SheetError if a column says how many forms each row stands for."""
    levels = [search_key(text_of(cell_at(row, places.get("level")))) for _, row in grid.rows]
    for place, title in enumerate(grid.header):
        key = search_key(title)
        counts = list(_whole_numbers(grid, place))
        is_count = _COUNT.fullmatch(key) and place != places.get("level") and any(count > 1 for count in counts)
        if is_count or (_FORMS.fullmatch(key) and _are_sums(levels, counts)):
            raise SheetError(gettext(_COUNTED, title=quoted(title)))


def _said(grid: Grid, place: int | None) -> tuple[str, str]:
    return (grid.header[place] if place is not None and 0 <= place < len(grid.header) else "", grid.above)


def _other_scale(title: str, above: str) -> str:
    """Return the words of a scale that does not go from 1 to 5; empty without any."""
    for text in map(fold, (title, above)):
        match = _OTHER_SCALE.search(text)
        if match and (match[1] or match[2]) != "5":
            return match[0]
    match = _OTHER_RANGE.search(fold(title))
    if match is None:
        return ""
    is_usual = (match[1], match[2]) == ("1", "5") or (match[1], match[2]) == ("5", "1") or match[3] == "5"
    return "" if is_usual else match[0]


def _whole_numbers(grid: Grid, place: int) -> Iterator[int]:
    for _, row in grid.rows:
        match = _NUMBER.fullmatch(search_key(text_of(cell_at(row, place))).rstrip("% "))
        if match:
            yield int(match[1])


def _are_sums(levels: Sequence[str], numbers: Sequence[int]) -> bool:
    """Whether numbers beside levels that occur once each are sums: forms are numbered one after the other."""
    in_order = all(after - before == 1 for before, after in zip(numbers, numbers[1:], strict=False))
    return len(levels) >= _FEWEST and len(set(levels)) == len(levels) == len(numbers) and not in_order
