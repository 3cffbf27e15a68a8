"""Remarks of an office that a row is void; the row counts all the same, and the remark is reported."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from core.sheets.cells import Row, quoted, text_of
from core.sheets.columns import cell_at
from core.translation import gettext
from core.values.text import N_, fold, search_key

_TITLE = re.compile(
    r"\b(?:ghi chu|note|remark|trang thai|tinh trang|status|hop le|valid|ket luan|xu ly|nhan xet|duyet|xac minh|ly do)"
)
_VALID = re.compile(r"\b(?:hop le|valid|duyet|xac minh)")
_VOID = re.compile(
    r"(?:(?:đã|bị|đề nghị|bài|phiếu|da|bi) )*(?:(?:hủy|huỷ|huy|hỏng|xóa|xoá|xoa|gian lận|gian lan|vi phạm|vi pham"
    r"|không (?:hợp lệ|tính|xét|công nhận|duyệt)|khong (?:hop le|tinh|xet|cong nhan|duyet)|phạm quy|thi hộ|trùng"
    r"|invalid|void|cancel|disqualified)\b.*|(?:loại|loai|bỏ)(?: (?:bài|bỏ|khỏi|do|vì|bai)\b.*)?)"
)
_NO = frozenset({N_("không"), "khong", "no", "false", "x", "0", "k"})
_SAID = N_("cột %(title)s ghi %(cell)s; dòng này vẫn được tính, hãy xem lại.")


class Remarks:
    """The columns of remarks in a *header*, except those *used* for something else.

    `problems` has the rows that are void.
    """

    def __init__(self, header: Sequence[str], used: Collection[int]) -> None:
        keys = {place: search_key(title) for place, title in enumerate(header) if place not in used}
        self._titles = {
            place: (quoted(header[place]), _VALID.search(key) is not None)
            for place, key in keys.items()
            if _TITLE.search(key)
        }
        self.problems: list[tuple[int, str]] = []

    def read(self, number: int, row: Row) -> None:
        """Keep the remarks in a row that it is void."""
        for place, (title, is_valid) in self._titles.items():
            text = text_of(cell_at(row, place))
            key = fold(text) if text else ""
            if key and (_VOID.fullmatch(key) or (is_valid and key in _NO)):
                self.problems.append((number, gettext(_SAID, title=title, cell=quoted(text))))
