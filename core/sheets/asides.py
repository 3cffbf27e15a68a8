"""Find the rows of a table that are no records (totals, repeated headers), and report that they were left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.sheets.cells import Row, quoted, text_of
from core.values.text import N_, search_key

_TOTALS = re.compile(
    r"(?:tổng|cộng)(?: (?:cộng|số|hợp|kết|điểm|lượt|bài|người|toàn|của|theo|xã|phường|thị trấn|đặc khu|huyện|tỉnh"
    r"|đơn vị|cơ quan|chi bộ|đảng bộ|chi đoàn|thôn|bản|tổ|khối|lớp|trường|trang|cột)\b.*)?(?: ?[(:.\-–].*)?"
    r"|tong (?:cong|so)(?: ?[(:.\-–].*)?|(?:sub|grand )?total(?: ?[(:.\-–].*)?|sum"
)
_SHOWN = 10
_TOTAL = N_("Bỏ qua {count} dòng cộng: {rows}.")
_HEADER = N_("Bỏ qua {count} dòng tiêu đề lặp lại: {rows}.")
_ROW = N_("dòng {row} ({cell})")


class Asides:
    """The rows below a *header* that are no records; `notes` reports those that were met, except blank ones."""

    def __init__(self, header: Sequence[str]) -> None:
        self._titles = {place: key for place, title in enumerate(header) if (key := search_key(title))}
        self._met: dict[str, list[tuple[int, str]]] = {_TOTAL: [], _HEADER: []}

    def holds(self, number: int, row: Row, name: str = "") -> bool:
        """Whether a row is blank, a total (by its first cell or its *name*) or the header again."""
        first = next((text for text in map(text_of, row) if text), "")
        if not first:
            return True
        total = next((text for text in (first, name) if is_total(text)), "")
        if not total and not self._is_header(row) and search_key(name) not in self._titles.values():
            return False
        self._met[_TOTAL if total else _HEADER].append((number, quoted(total or first)))
        return True

    def notes(self) -> Iterator[str]:
        """Yield a note for each kind of row that was left out."""
        for text, met in self._met.items():
            if met:
                rows = ", ".join(_ROW.format(row=row, cell=cell) for row, cell in met[:_SHOWN])
                yield text.format(count=len(met), rows=rows + (" …" if len(met) > _SHOWN else ""))

    def _is_header(self, row: Row) -> bool:
        """Whether two titles or more stand again at their places, and nothing else does."""
        keys = {place: search_key(text) for place, cell in enumerate(row) if (text := text_of(cell))}
        return len(keys) > 1 and all(self._titles.get(place) == key for place, key in keys.items())


def is_total(text: str) -> bool:
    """Whether a cell begins a line of totals ("Tổng cộng", "Cộng xã Lâm Bình").

    >>> is_total("TỔNG SỐ: 35 bài"), is_total("Cộng xã Lâm Bình"), is_total("Tống Văn Cộng"), is_total("Tổng Thị An")
    (True, True, False, False)
    """
    return text[:1] in "TtCcSsGg" and _TOTALS.fullmatch(text.lower()) is not None
