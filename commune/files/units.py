"""Read a sheet of units into wishes, and report each cell that can't be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from commune.files.columns import PART_OF_PEOPLE, PEOPLE
from commune.labels import KIND_WORDS
from commune.rules.directory import OWN
from commune.rules.unit_import import Wish
from core.importing.rows import RowError, has_lost_letters
from core.sheets.cells import Cell, quoted, text_of
from core.sheets.columns import Line
from core.sheets.datetimes import read_moments
from core.sheets.grids import Grid
from core.translation import gettext
from core.values.text import N_, clean, fold, search_key
from core.values.week import local_date

LONGEST_NAME, LONGEST_SOURCE, MOST_PEOPLE = 100, 200, 200_000_000

_CODE = re.compile(r"\d{1,10}(-\d{1,4}){0,3}")
_NUMBER = re.compile(r"(\d{1,3}(?:[., ]\d{3})+|\d{1,12})(?: ?(?:người|nhân khẩu|khẩu))?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_OFFICE = re.compile(r"^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+", re.IGNORECASE)
_SHORT = re.compile(r"^(tt|tx|tp|p|x)(?:\.\s*|\s+)(?=\w)", re.IGNORECASE)
_FULL = {"tt": "thị trấn", "tx": "thị xã", "tp": "thành phố", "p": "phường", "x": "xã"}
_BY_PLAIN = {search_key(word): kind for word, kind in KIND_WORDS.items()}
_MANY = re.compile(r"[;|]| (?:va|\+|&) (?:thon|ban|to dan pho|xom|ap|xa|phuong)\b|, (?:thon|xa|phuong) ")
_LONGEST_FIRST = sorted(KIND_WORDS, key=len, reverse=True)

_NAMELESS = N_("Chưa có tên đơn vị.")
_LONG = N_("Tên dài quá %(most)s chữ: %(cell)s. Xin rút ngắn lại.")
_BAD_CODE = N_("Mã %(cell)s chưa đúng: mã đơn vị chỉ gồm chữ số, ví dụ 02266.")
_BAD_KIND = N_("Loại %(cell)s chưa rõ. Xin chọn một trong: %(kinds)s.")
_TWO_KINDS = N_("Tên ghi “%(name)s” mà loại ghi “%(kind)s”. Xin ghi cho khớp.")
_BAD_DAY = N_("%(title)s %(cell)s không đọc được. Xin ghi ngày/tháng/năm, ví dụ 01/03/2026.")
_BAD_PEOPLE = N_("Số dân %(cell)s chưa đúng. Xin ghi một số nguyên, ví dụ 1909.")
_NO_DAY = N_("Chưa biết số dân này là của ngày nào. Xin ghi vào cột “Ngày của số dân”.")
_NO_SOURCE = N_("Chưa ghi nguồn của số dân. Xin ghi văn bản hoặc cơ quan đã công bố.")
_LONG_SOURCE = N_("Nguồn dài quá %(most)s chữ. Xin rút ngắn lại.")
_SEVERAL = N_("Tên %(cell)s có thể là của nhiều đơn vị. Xin ghi mỗi đơn vị một dòng.")
_LOST = N_("Tên %(cell)s có chữ bị mất khi lưu tệp (dấu ?). Xin ghi lại.")
_NOT_PEOPLE = N_(
    "Cột %(title)s không được đọc: chỉ đọc cột ghi tổng số dân đã có, tính bằng người (không phải nghìn người)."
)
_FILLED = N_("Ô “Đơn vị cấp trên” để trống ở %(count)s dòng; đã lấy của dòng trên.")


@dataclass
class UnitWishes:
    """A sheet that was read: its wishes, its errors by row, and notes about the whole sheet."""

    wishes: list[Wish] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    total: int = 0


def read_units(grid: Grid, places: Mapping[str, int]) -> UnitWishes:
    """Return the wishes of *grid*, whose columns are at *places*. Raises nothing: errors are in `wrong`."""
    lines = grid.lines(places)
    days = {name: _days(lines, name) for name in ("since", "as_of")}
    title_day = _day_in_title(grid.header[places["people"]]) if "people" in places else None
    sheet = UnitWishes(
        total=len(lines), notes=list(dict.fromkeys(note for _, notes in days.values() for note in notes))
    )
    above, filled = "", 0
    for at, line in enumerate(lines):
        try:
            wish = _wish(line, days["since"][0][at], days["as_of"][0][at], title_day)
        except RowError as error:
            sheet.wrong.append((line.number, str(error)))
            continue
        if wish.kind in OWN and not wish.code and not wish.parent and above:
            wish, filled = replace(wish, parent=above), filled + 1
        above = wish.parent or above
        sheet.wishes.append(wish)
    sheet.notes += _unread_people(grid, places)
    if filled:
        sheet.notes.append(gettext(_FILLED, count=filled))
    return sheet


def _unread_people(grid: Grid, places: Mapping[str, int]) -> Iterator[str]:
    """Yield a note for each column that counts only a part of the people, or thousands of them."""
    for place, title in enumerate(grid.header):
        key = search_key(title)
        if place not in places.values() and re.search(PEOPLE, key) and re.search(PART_OF_PEOPLE, key):
            yield gettext(_NOT_PEOPLE, title=quoted(title))


def _wish(line: Line, since: date | None, as_of: date | None, title_day: date | None) -> Wish:
    code, name, kind = line.text("code").lstrip("'"), line.text("name"), line.text("kind")
    if not name:
        raise RowError(_NAMELESS)
    if code and not _CODE.fullmatch(code):
        raise RowError(gettext(_BAD_CODE, cell=quoted(code)))
    if has_lost_letters(name):
        raise RowError(gettext(_LOST, cell=quoted(name)))
    if _MANY.search(search_key(name)):
        raise RowError(gettext(_SEVERAL, cell=quoted(name)))
    said, full = _named(name, kind)
    if len(full) > LONGEST_NAME:
        raise RowError(gettext(_LONG, most=LONGEST_NAME, cell=quoted(name)))
    people, source = _people(line.cells.get("people")), line.text("source")
    return Wish(
        row=line.number, name=full, kind=said, code=code, parent=line.text("parent").lstrip("'"),
        since=_day(line, "since", since), people=people, as_of=_counted_on(line, as_of, title_day, people),
        source=_source(source, people),
    )  # fmt: skip


def _named(name: str, typed: str) -> tuple[str | None, str]:
    """Return kind and full name: "Lâm Bình" of type "Xã" is "xã Lâm Bình"; "TT. Lăng Can" is "thị trấn Lăng Can"."""
    kind = _kind(typed) if typed else None
    if kind in ("agency", "school"):
        return kind, name
    if kind is None and re.match(r"trường\s", name, re.IGNORECASE):
        return "school", name
    name = _SHORT.sub(lambda short: _FULL[short[1].lower()] + " ", _OFFICE.sub("", name))
    word = next((word for word in _LONGEST_FIRST if fold(name).startswith(f"{fold(word)} ")), None)
    if word is None:
        return kind, name if kind is None else f"{_word(typed)} {name}"
    if (
        kind is not None
        and KIND_WORDS[word] != kind
        and not {KIND_WORDS[word], kind} <= {"city", "district", "province"}
    ):
        raise RowError(gettext(_TWO_KINDS, name=name, kind=typed))
    return kind or KIND_WORDS[word], " ".join([word, *name.split()[len(word.split()) :]])


def states_kind(name: str) -> bool:
    """Whether *name* says itself what kind of unit it is: "thôn Nà Tông", "Trường Tiểu học Lăng Can"."""
    return _named(name, "")[0] is not None


def _kind(typed: str) -> str:
    kind = _BY_PLAIN.get(search_key(typed))
    if kind is None:
        raise RowError(gettext(_BAD_KIND, cell=quoted(typed), kinds=", ".join(KIND_WORDS)))
    return kind


def _word(typed: str) -> str:
    return next(word for word in KIND_WORDS if search_key(word) == search_key(typed))


def _days(lines: Sequence[Line], name: str) -> tuple[list[date | None], list[str]]:
    moments, notes = read_moments([line.cells.get(name) for line in lines])
    return [None if ms is None else local_date(datetime.fromtimestamp(ms / 1000, UTC)) for ms in moments], notes


def _day(line: Line, name: str, read: date | None) -> date | None:
    if read is None and line.text(name):
        title = {"since": N_("Ngày có hiệu lực"), "as_of": N_("Ngày của số dân")}[name]
        raise RowError(gettext(_BAD_DAY, title=title, cell=quoted(line.cells[name])))
    return read


def _counted_on(line: Line, read: date | None, title_day: date | None, people: int | None) -> date | None:
    """Return the day of a headcount, from its cell, a year there, or the header; required with a headcount."""
    if people is None:
        return None
    year = re.fullmatch(r"20\d\d", line.text("as_of"))
    found = date(int(year[0]), 12, 31) if year else _day(line, "as_of", read) or title_day
    if found is None:
        raise RowError(_NO_DAY)
    return found


def _day_in_title(title: str) -> date | None:
    """Return the day in "Dân số 31/12/2025", or the last day of the year in "Dân số năm 2025"."""
    [moment], _ = read_moments([title])
    if moment is not None:
        return local_date(datetime.fromtimestamp(moment / 1000, UTC))
    year = _YEAR.search(title)
    return date(int(year[1]), 12, 31) if year else None


def _people(cell: Cell) -> int | None:
    text = text_of(cell)
    if not text:
        return None
    number = (
        _NUMBER.fullmatch(clean(unicodedata.normalize("NFKC", text)).lower()) if not isinstance(cell, bool) else None
    )
    people = int(re.sub(r"\D", "", number[1])) if number and _is_whole(cell) else 0
    if not 0 < people <= MOST_PEOPLE:
        raise RowError(gettext(_BAD_PEOPLE, cell=quoted(cell)))
    return people


def _is_whole(cell: Cell) -> bool:
    """Whether a number is whole. An English spreadsheet makes 7.842 of 7.842 people, and the zeros lost are unknown."""
    return not isinstance(cell, float) or cell.is_integer()


def _source(text: str, people: int | None) -> str:
    if people is not None and not text:
        raise RowError(_NO_SOURCE)
    if len(text) > LONGEST_SOURCE:
        raise RowError(gettext(_LONG_SOURCE, most=LONGEST_SOURCE))
    return text
