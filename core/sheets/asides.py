"""Find the rows of a table that are no records (totals, repeated headers), and report that they were left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.sheets.cells import Row, quoted, text_of
from core.translation import gettext
from core.values.text import N_

_TOTALS = re.compile(
    r"(?:tổng|cộng)(?: (?:cộng|số|hợp|kết|điểm|lượt|bài|người|toàn|của|theo|xã|phường|thị trấn|đặc khu|huyện|tỉnh"
    r"|đơn vị|cơ quan|chi bộ|đảng bộ|chi đoàn|thôn|bản|tổ|khối|lớp|trường|trang|cột)\b.*)?(?: ?[(:.\-–].*)?"
    r"|tong (?:cong|so)(?: ?[(:.\-–].*)?|(?:sub|grand )?total(?: ?[(:.\-–].*)?|sum"
)
_GROUP = re.compile(
    r"(?:[ivx]+[.)/-] ?)?(?:xã|phường|thị trấn|đặc khu|huyện|tỉnh|thành phố|thôn|bản|tổ|khu phố|xóm|ấp|khối|lớp|trường"
    r"|chi bộ|đảng bộ|chi đoàn|chi hội|hội|ubnd|ủy ban|uỷ ban|cơ quan|đơn vị|nhóm|bảng)\b.*"
)
_SHOWN = 10
_TOTAL = N_("Bỏ qua %(count)s dòng cộng: %(rows)s.")
_HEADER = N_("Bỏ qua %(count)s dòng tiêu đề lặp lại: %(rows)s.")
_TITLE = N_("Bỏ qua %(count)s dòng tên nhóm, không có điện thoại và đơn vị: %(rows)s.")
_OTHER = N_(
    "%(rows)s là tiêu đề của bảng khác, xếp cột khác: các dòng bên dưới vẫn đọc theo tiêu đề đầu nên có thể sai, hãy "
    "tách ra một tệp."
)
_ROW = N_("dòng %(row)s (%(cell)s)")


class Asides:
    """The rows below a *header* that are no records; `notes` reports those that were met, except blank ones."""

    def __init__(self, header: Sequence[str]) -> None:
        self._titles = {place: key for place, title in enumerate(header) if (key := title.casefold())}
        self._all = frozenset(self._titles.values())
        self._met: dict[str, list[tuple[int, str]]] = {_OTHER: [], _TOTAL: [], _TITLE: [], _HEADER: []}

    def holds(self, number: int, row: Row, name: str = "", *, is_alone: bool = False) -> bool:
        """Whether a row is blank, a total (by its first cell or its *name*), or a header; where a person's name
        *is_alone*, without phone and unit, also whether it is the title of a group.
        """
        first = next((text for text in map(text_of, row) if text), "")
        if not first:
            return True
        total = next((text for text in (first, name) if is_total(text)), "")
        kind = _TOTAL if total else _TITLE if is_alone and _GROUP.fullmatch(name.lower()) else self._header(row, name)
        if kind is not None:
            self._met[kind].append((number, quoted(total or (name if kind == _TITLE else first))))
        return kind is not None

    def notes(self) -> Iterator[str]:
        """Yield a note for each kind of row that was left out."""
        for text, met in self._met.items():
            if met:
                rows = ", ".join(gettext(_ROW, row=row, cell=cell) for row, cell in met[:_SHOWN])
                said = gettext(text, count=len(met), rows=rows + (" …" if len(met) > _SHOWN else ""))
                yield said[:1].upper() + said[1:]

    def _header(self, row: Row, name: str) -> str | None:
        """Return the message about a row that is a header; None if it is none.

        It is one if two titles or more and nothing else stand at their places, or if the name is a title; it is of
        another table if titles stand at other places.
        """
        keys = {place: cell.strip().casefold() for place, cell in enumerate(row) if isinstance(cell, str)}
        found = {place: key for place, key in keys.items() if key in self._all}
        if len({key for place, key in found.items() if self._titles.get(place) != key}) > 1:
            return _OTHER
        is_same = len(found) > 1 and len(found) == sum(bool(text_of(cell)) for cell in row)
        return _HEADER if is_same or name.casefold() in self._all else None


def is_total(text: str) -> bool:
    """Whether a cell begins a line of totals ("Tổng cộng", "Cộng xã Lâm Bình").

    >>> is_total("TỔNG SỐ: 35 bài"), is_total("Cộng xã Lâm Bình"), is_total("Tống Văn Cộng"), is_total("Tổng Thị An")
    (True, True, False, False)
    """
    return text[:1] in "TtCcSsGg" and _TOTALS.fullmatch(text.lower()) is not None
