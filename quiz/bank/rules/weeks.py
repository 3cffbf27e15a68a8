"""The headings "Tuần 1", "Vòng 2", "Đợt thứ ba" of a file of questions, and the tables of keys below or under them."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.values.text import clean, search_key

_ORDINALS = {
    "nhat": 1,
    "dau tien": 1,
    "mot": 1,
    "hai": 2,
    "nhi": 2,
    "ba": 3,
    "tu": 4,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi mot": 11,
    "muoi hai": 12,
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_COUNTED = "|".join(sorted([*_ORDINALS, *_ROMAN], key=len, reverse=True))
_WEEK = re.compile(
    r"(?:(?:phan )?(?:[ivx]+|\d{1,2}) ?[.):/-] ?)?"
    r"(?:(?:bo|cac|de|cau|hoi|noi|dung|phan|thi|va|dap|an|trac|nghiem|cuoc) )*?"
    rf"(?:tuan|vong|dot|ky thi|de)(?: thi)?(?: thu| so)? ?(?P<number>\d{{1,2}}|(?:{_COUNTED}))(?!\w)"
)
_AFTER = re.compile(r" ?(?:$|[:.;(\[–—-]|tu ngay\b|tu \d)")
_KEYS = re.compile(r"(?:bang |phan )?(?:dap an|answer key|keys?)\b ?(?:cac cau |cua )?")
KEY_PAIR = re.compile(
    r"(?:câu\s*)?(?P<number>\d{1,4})\s*[.:)\-–/]?\s*(?P<letters>[A-H](?:\s*[,+&]\s*[A-H])*)(?![\w])", re.I
)
_GAPS = re.compile(r"[\s;,|]*")
_PUNCTUATION = " :.;,–—-"


class KeyLine(NamedTuple):
    """A line of a table of keys: its letters by question, and the week that it names."""

    pairs: dict[int, str]
    week: int | None = None
    is_titled: bool = False
    """Whether it says that keys are meant: "Đáp án tuần 1"."""


def week_of(text: str) -> int | None:
    """Return the number of a heading that says to which week the questions below belong; None for any other line.

    >>> week_of("TUẦN 1"), week_of("Vòng thứ hai (từ ngày 08/6)"), week_of("II. ĐỀ THI TUẦN 2"), week_of("Đợt III:")
    (1, 2, 2, 3)
    >>> week_of("Tuần 3 có mấy câu hỏi?"), week_of("Đợt 1 kéo dài 5 ngày"), week_of("Đáp án tuần 1")
    (None, None, None)
    """
    key = _key(text)
    match = _WEEK.match(key)
    if match is None or key.endswith("?") or not _AFTER.match(key, match.end()) or _KEYS.match(key):
        return None
    return _number(match["number"])


def key_line(text: str) -> KeyLine | None:
    """Return a line that belongs to a table of keys, such as "1A 2B", "Đáp án tuần 1: 1A 2B" or "Tuần 2: 1.C"; None for
    any other.

    One pair alone needs the name of a week behind "Đáp án": "Đáp án: 1. A" is an answer.

    >>> key_line("Đáp án tuần 2: 1.A 2-B")
    KeyLine(pairs={1: 'A', 2: 'B'}, week=2, is_titled=True)
    >>> key_line("1A, 2B").pairs, key_line("Đáp án: B")
    ({1: 'A', 2: 'B'}, None)
    """
    text, key = clean(text), _key(text)
    if len(key) != len(text):
        return None
    title = _KEYS.match(key)
    start = title.end() if title else 0
    week = _WEEK.match(key, start)
    start = week.end() if week else start
    rest = text[start:].strip(_PUNCTUATION)
    pairs = (key_pairs(rest) or {}) if rest else {}
    is_whole = (title is not None and week is not None) if not rest else bool(pairs)
    if not is_whole or (title is not None and len(pairs) == 1 and week is None):
        return None
    return KeyLine(pairs, _number(week["number"]) if week else None, title is not None)


def key_pairs(text: str) -> dict[int, str] | None:
    """Return the letters by question of a line that is part of a table of keys; None for any other line.

    >>> key_pairs("1. A  2-B 3C"), key_pairs("1. Ai trả kết quả?")
    ({1: 'A', 2: 'B', 3: 'C'}, None)
    """
    found, at = {}, 0
    while at < len(text):
        at = _GAPS.match(text, at).end()  # type: ignore[union-attr]
        if at == len(text):
            break
        match = KEY_PAIR.match(text, at)
        if match is None:
            return None
        found[int(match["number"])] = "".join(re.findall("[A-H]", match["letters"].upper()))
        at = match.end()
    return found or None


def _key(text: str) -> str:
    return search_key(clean(text))


def _number(counted: str) -> int:
    return int(counted) if counted.isdigit() else _ORDINALS.get(counted) or _ROMAN[counted]
