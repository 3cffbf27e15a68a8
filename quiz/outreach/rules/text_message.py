"""A text message to participants: how many parts a phone network makes of it, what it may say, when it may be sent.

Sources: GSM 03.38 (the 7-bit alphabet with its extension table) and 3GPP TS 23.040 (parts of a longer message): 160
letters, or 153 in each of several parts; with any other letter, such as ế, 70 and 67 units of UTF-16.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\f")
"""Letters that take two places of the 7-bit alphabet."""
LONGEST, MOST_PARTS = 300, 5
MOST_A_WEEK = 2
"""Messages of one contest within seven days."""
WEEK = timedelta(days=7)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+\.[^\W\d_]{2,}(?:/\S*)?|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])", re.IGNORECASE
)
"""Labels of one letter and with marks are addresses too (t.me, quà.vn), and so are those of four numbers."""
_DOTS = str.maketrans("。", ".")
"""The dot of an address that NFKC keeps."""
_DEAR = re.compile(r"(?<!\d)1900(?!\s?[-–]\s?(?:1[89]|20)\d\d(?!\d))(?:[\s.-]?\d){4,6}(?!\d)")
"""Vietnamese numbers of 1900, for which the caller pays more; two years with a dash are none."""


class Alphabet(StrEnum):
    """The alphabet in which a message is sent."""

    GSM = "gsm"
    UCS2 = "ucs2"


@dataclass(frozen=True)
class MessageLength:
    """The length of a message: its alphabet, the places that its letters take, its parts."""

    alphabet: Alphabet
    places: int
    parts: int


def length_of(text: str) -> MessageLength:
    """Return the length of *text*; no part begins with the second half of a letter. The empty text is one part.

    >>> length_of("Moi ba con du thi").parts, length_of("ế" * 70).parts, length_of("ế" * 71).parts
    (1, 1, 2)
    """
    is_gsm = all(letter in _BASIC or letter in _EXTENSION for letter in text)
    widths = [_width(letter, is_gsm=is_gsm) for letter in text]
    places, (single, several) = sum(widths), (160, 153) if is_gsm else (70, 67)
    parts = 1 if places <= single else _parts(widths, several)
    return MessageLength(Alphabet.GSM if is_gsm else Alphabet.UCS2, places, parts)


def _width(letter: str, *, is_gsm: bool) -> int:
    if is_gsm:
        return 2 if letter in _EXTENSION else 1
    return 2 if ord(letter) > 0xFFFF else 1


def _parts(widths: Sequence[int], room: int) -> int:
    parts, left = 1, room
    for width in widths:
        if width > left:
            parts, left = parts + 1, room
        left -= width
    return parts


def without_marks(text: str) -> str:
    """Return *text* without Vietnamese marks, case kept: one part then holds 160 letters instead of 70.

    >>> without_marks("Đợt 3 đã mở – mời bà con")
    'Dot 3 da mo - moi ba con'
    """
    plain = text.translate(_PLAIN)
    return "".join(letter for letter in unicodedata.normalize("NFD", plain) if not unicodedata.combining(letter))


_PLAIN = str.maketrans(
    {"Đ": "D", "đ": "d", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "\u00a0": " "}
)


def foreign_addresses(text: str) -> list[str]:
    """Return what a phone would show as an address in *text*; the contest's own address is added by the program.

    >>> foreign_addresses("Nhận quà ở bit.ly/abc. Hạn 06.12.2026, 8.30 sáng")
    ['bit.ly/abc.']
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DOTS)
    return _ADDRESS.findall(plain) or _ADDRESS.findall(without_marks(plain))


def holds_dear_number(text: str) -> bool:
    """Return whether *text* holds a number of 1900.

    >>> holds_dear_number("gọi 1900 6789"), holds_dear_number("từ 1900 đến 1954")
    (True, False)
    """
    return _DEAR.search(unicodedata.normalize("NFKC", text)) is not None


def written_message(text: str, *, link: str, stop_link: str, number: str, is_plain: bool, has_link: bool) -> str:
    """Return the whole message: the words, the contest's address, and how to get no more of them.

    *number* is that of the phone, so that only its owner stops the messages: neither address holds a secret.
    """
    lines = [text, *([f"Vào thi: {link}"] if has_link else []), f"Thôi nhận tin: {stop_link} số {number}"]
    whole = "\n".join(lines)
    return without_marks(whole) if is_plain else whole


def may_retry(made_at: datetime, closes_at: datetime | None, now: datetime) -> bool:
    """Return whether a message of *made_at* may be queued again at *now*: within a week, and where it reminds of a
    round, before its close.
    """
    return now - made_at <= WEEK and (closes_at is None or now < closes_at)


def may_announce(earlier: Sequence[datetime], now: datetime) -> bool:
    """Return whether another message may be sent at *now*, after those of *earlier*."""
    return sum(now - WEEK < at <= now for at in earlier) < MOST_A_WEEK
