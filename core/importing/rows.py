"""Read the rows of a sheet into values, with an error for each row that is none."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TypeVar

from core.sheets.cells import quoted
from core.sheets.columns import Line
from core.sheets.datetimes import read_birth_year
from core.sheets.report import IssueSeverity, RowIssue
from core.translation import gettext
from core.values.names import clean_name, odd_letter
from core.values.phone import PhoneError, canonical
from core.values.text import N_, clean

V = TypeVar("V")
_LOST_NAME = N_("họ tên %(cell)s có chữ bị mất khi lưu tệp (dấu ?); xin ghi lại.")
_NO_LETTER = N_("họ tên %(cell)s không có chữ nào; xin ghi lại.")
_OTHER_SCRIPT = N_("họ tên %(cell)s có chữ “%(letter)s” không phải chữ Latinh, dù trông giống; xin gõ lại chữ này.")
_ODD_NAME = N_("họ tên %(cell)s có “%(letter)s”, mà họ tên chỉ gồm chữ cái; xin ghi lại.")
_SEVERAL = N_("họ tên %(cell)s có thể là của nhiều người; xin ghi mỗi người một dòng.")
_TITLED = N_("họ tên %(cell)s có danh xưng “%(title)s”; xin chỉ ghi họ tên.")
_NO_NAME_OF_PERSON = N_("họ tên %(cell)s không phải tên người; xin ghi lại.")
_JOINED = re.compile(r"(?:\S+ ){2,}và(?: \S+){2,}", re.IGNORECASE)
_TITLE = re.compile(r"(đồng chí|anh|chị|cô|chú|bác|em|thầy|bà|ông(?! thị\b| văn\b)) \S+ \S+.*", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"(?:xã|phường|thị trấn|ubnd|ủy ban|uỷ ban|chi bộ|đảng bộ|chi đoàn|chi hội|trường|thôn|hộ|gia đình|công ty|nhóm"
    r"|đội|tổ|lớp) .+|không tên|không rõ|không có|chưa có|chưa rõ|trống|ẩn danh|vô danh|test",
    re.IGNORECASE,
)
_BAD_PHONE = N_("không đọc được số điện thoại %(cell)s; xin ghi lại.")
_BAD_YEAR = N_("không đọc được năm sinh %(cell)s; xin ghi lại.")


class RowError(ValueError):
    """The reason why a row is not imported, with the remedy, in plain Vietnamese."""


def read_rows(lines: Iterable[Line], read: Callable[[Line], V]) -> tuple[dict[int, V], list[RowIssue]]:
    """Return the values of *lines* by row, and an error for each line for which *read* raises RowError."""
    values: dict[int, V] = {}
    errors: list[RowIssue] = []
    for line in lines:
        try:
            values[line.number] = read(line)
        except RowError as error:
            errors.append(RowIssue(line.number, str(error), IssueSeverity.ERROR))
    return values, errors


def without_repeats(
    values: Mapping[int, V], key: Callable[[V], Hashable], repeated: str
) -> tuple[dict[int, V], list[RowIssue]]:
    """Return the first of *values* (by row) for each *key*, and an error with the text *repeated* for every other."""
    first: dict[Hashable, int] = {}
    repeats = {row: first[key(value)] for row, value in values.items() if first.setdefault(key(value), row) != row}
    errors = [RowIssue(row, gettext(repeated, row=earlier), IssueSeverity.ERROR) for row, earlier in repeats.items()]
    return {row: value for row, value in values.items() if row not in repeats}, errors


def name_issue(name: str) -> str | None:
    """Return why a clean name is none that a person could register by, with the remedy; None if it is one.

    >>> name_issue("H’Hen Niê"), name_issue("Lò Văn 2")
    (None, 'họ tên “Lò Văn 2” có “2”, mà họ tên chỉ gồm chữ cái; xin ghi lại.')
    """
    odd = odd_letter(name)
    if odd is None and any(map(str.isalpha, name)):
        return _no_single_person(name)
    if has_lost_letters(name):
        return gettext(_LOST_NAME, cell=quoted(name))
    if odd is None or not any(map(str.isalpha, name)):
        return gettext(_NO_LETTER, cell=quoted(name))
    return gettext(_OTHER_SCRIPT if odd.isalpha() else _ODD_NAME, cell=quoted(name), letter=odd)


def _no_single_person(name: str) -> str | None:
    """Return why a name of letters is not the name of one person.

    "Và" may be a name of the Mông: between two names of at least two words, or in small letters, it is "and".
    """
    title = _TITLE.fullmatch(name)
    if title:
        return gettext(_TITLED, cell=quoted(name), title=title[1])
    if _NO_PERSON.fullmatch(name):
        return gettext(_NO_NAME_OF_PERSON, cell=quoted(name))
    joins = (" và " in name and not name.islower()) or _JOINED.fullmatch(name)
    return gettext(_SEVERAL, cell=quoted(name)) if joins else None


def person_name(raw: str) -> str:
    """Return a name as it is stored; signs of lost letters stay, so that they are reported."""
    name = clean(raw)
    return name if odd_letter(name) is None or has_lost_letters(name) else clean_name(name)


def has_lost_letters(name: str) -> bool:
    """Whether letters of a name were lost when its file was saved; a name has no question mark of its own."""
    return any(map(str.isalpha, name)) and any(mark in name for mark in "?\ufffd□")


def read_phone(line: Line, name: str) -> str | None:
    """Return the canonical phone number in the column *name*, None if it is blank; raises RowError."""
    try:
        return canonical(line.text(name)) if line.text(name) else None
    except PhoneError as error:
        raise RowError(gettext(_BAD_PHONE, cell=quoted(line.cells[name]))) from error


def read_year(line: Line, name: str, latest: int) -> int | None:
    """Return the birth year in the column *name*, None if it is blank; raises RowError for one after *latest*."""
    year = read_birth_year(line.cells.get(name))
    if line.text(name) and (year is None or year > latest):
        raise RowError(gettext(_BAD_YEAR, cell=quoted(line.cells[name])))
    return year
