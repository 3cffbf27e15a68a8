"""Find the responses in a survey tool's export that were begun and never handed in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import Enum
from typing import TypeVar

from core.sheets.cells import Row, text_of
from core.sheets.columns import cell_at
from core.values.text import search_key

N = TypeVar("N", bound=int)
_SUBMITTED = re.compile(
    r"\bsubmit ?dates?\b|\bdate submitted\b|\bsubmitted( at| on| date| time)?$|\bsubmission (date|time)\b"
    r"|\bcompletion time\b|\bend ?(time|date)\b|\bcompleted (at|on)\b"
)
_BY_HAND = re.compile(r"\b(thoi (gian|diem)|ngay|gio|luc) (nop|gui|hoan thanh|ket thuc)\b")
_STARTED = re.compile(r"\bbat dau\b|\bstart(ed)?\b")
_FLAG = re.compile(
    r"^(finished|complete[d]?|is complete|hoan thanh|da nop|trang thai( nop)?( bai)?|status|.*_complete)$"
)
_PROGRESS = re.compile(r"^(progress|tien do)\b")
_NEGATIVE = frozenset(
    {"false", "no", "n", "0", "khong", "chua", "chua nop", "chua gui", "chua hoan thanh", "dang lam", "dang lam bai"}
    | {"incomplete", "partial", "in progress", "not completed", "unfinished", "started", "do dang", "draft", "nhap"}
)
_PERCENT = re.compile(r"(\d{1,3})(?:[.,]\d+)? ?%?")


class _Sign(Enum):
    DATE = "date"
    FLAG = "flag"
    PROGRESS = "progress"


class HandIns:
    """The columns of a header that say whether a response was handed in.

    A time of submission written by hand counts only where the row has a start, since offices leave it blank.
    """

    def __init__(self, header: Sequence[str]) -> None:
        keys = [search_key(title) for title in header]
        self._starts = [place for place, key in enumerate(keys) if _STARTED.search(key)]
        self._signs = [(place, sign) for place, key in enumerate(keys) if (sign := self._sign(key))]
        self._said: dict[int, list[bool | None]] = {}

    def _sign(self, key: str) -> _Sign | None:
        if _FLAG.fullmatch(key):
            return _Sign.FLAG
        if _PROGRESS.search(key):
            return _Sign.PROGRESS
        is_date = _SUBMITTED.search(key) or (self._starts and _BY_HAND.search(key))
        return _Sign.DATE if is_date and not _STARTED.search(key) else None

    def watch(self, rows: Iterable[tuple[N, Row]]) -> Iterator[tuple[N, Row]]:
        """Pass on numbered *rows*, and keep what each says about its hand-in."""
        for number, row in rows:
            if self._signs:
                self._said[number] = [self._is_in(row, place, sign) for place, sign in self._signs]
            yield number, row

    def unfinished(self, among: Collection[int]) -> set[int]:
        """Return the numbers of the watched rows *among* these without a hand-in, where at least as many have one."""
        said = {number: each for number, each in self._said.items() if number in among}
        found: set[int] = set()
        for at in range(len(self._signs)):
            out = [number for number, each in said.items() if each[at] is False]
            if 2 * len(out) <= sum(each[at] is not None for each in said.values()):
                found.update(out)
        return found

    def _is_in(self, row: Row, place: int, sign: _Sign) -> bool | None:
        """Whether a column says that the response of *row* was handed in; None if it says nothing."""
        text = search_key(text_of(cell_at(row, place)))
        if sign is _Sign.DATE:
            return bool(text)
        if not text:
            return None
        if sign is _Sign.FLAG:
            return text not in _NEGATIVE
        percent = _PERCENT.fullmatch(text)
        return int(percent[1]) >= 100 if percent else None
