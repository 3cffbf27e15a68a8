"""Vietnamese text: cleaned for storage, folded for matching, keyed for search and sorting."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

_SPACES = re.compile(r"\s+")
# Letters and marks that draw nothing, yet are neither "format" nor "control" in Unicode.
_BLANKS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_SHORT, _MARKS = 200, 30
_HIDDEN = frozenset({"Cc", "Cf", "Cs"})
_LETTERS = "A-Za-zÀ-ÖØ-öø-ſƠơƯưẠ-ỹ"
_PLAIN = re.compile(f"[{_LETTERS}]+(?: [{_LETTERS}]+)*")
"""Words of Latin letters with single spaces, whose forms are those of their words."""
_WORD = re.compile("(?:[^\\W\\d_][\u0300-\u036f]*)+")
_CLUSTER = re.compile("(?:qu(?=[aeioy])|gi(?=[aeiouy])|[^aeiouy])*([aeiouy]+)([^aeiouy]*)")

_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the dictionary's order
_TONED = re.compile(f"([aeiouy][\u0302\u0306\u031b]?)([{_TONES}])([\u0302\u0306]?)")
_SHAPES = ("\u0306", "\u0302", "\u031b")  # ă; â ê ô; ơ ư
_LETTER_RANK = {
    "a\u0306": "a1", "a\u0302": "a2", "e\u0302": "e1", "o\u0302": "o1", "o\u031b": "o2", "u\u031b": "u1",
    "đ": "d1",
}  # fmt: skip


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a constant for translation and return it unchanged.

    For what knows no Flask, or stores, prints or exports its words; pages and forms use `flask_babel.lazy_gettext`.
    """
    return text


class Sentence(str):
    """A Vietnamese sentence that remembers its wording and its values, for `core.translation.said`.

    For rules, which know no catalogue.

    >>> Sentence("Mã %(code)s", code="02242"), Sentence("Mã %(code)s", code="02242").wording
    ('Mã 02242', 'Mã %(code)s')
    """

    wording: str
    values: dict[str, object]

    def __new__(cls, wording: str, /, **values: object) -> Sentence:
        made = super().__new__(cls, wording % values)
        made.wording, made.values = wording, values
        return made


def clean(raw: str) -> str:
    """Return the text as it is stored: NFC, nothing invisible, single spaces, trimmed.

    Zero-width, direction, control and lone surrogate characters go; tabs and line ends count as spaces. Empty in, empty
    out; raises nothing.

    >>> clean("  Nguye\u0302\u0303n\\u200b  Văn\\tA ")
    'Nguyễn Văn A'
    """
    text = raw
    if raw.isascii() and raw.isprintable():
        return " ".join(raw.split())
    if not text.isprintable():
        text = _SPACES.sub(" ", text)
        text = "".join(c for c in text if unicodedata.category(c) not in _HIDDEN)
    if not text.isascii():
        text = _BLANKS.sub("", text)
    if len(text) > _SHORT:
        text = _calm(text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _calm(text: str) -> str:
    """Keep at most 30 marks on a letter (Unicode's stream-safe form), since normalising more takes quadratic time."""
    kept, run = [], 0
    for letter in text:
        run = run + 1 if unicodedata.combining(letter) else 0
        if run <= _MARKS:
            kept.append(letter)
    return "".join(kept)


def fold(text: str) -> str:
    """Return the form in which two spellings of one name are equal; diacritics stay.

    Clean, casefolded, full-width letters narrowed, and the tone mark where the old rule puts it, so Hoà = Hòa, Thuý =
    Thúy, Qúy = Quý. Empty in, empty out.

    >>> fold("TRẦN  THỊ HOÀ") == fold("Trần Thị Hòa")
    True
    """
    text = clean(unicodedata.normalize("NFKC", clean(text)).casefold())
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _WORD.sub(_settle_match, text))


def search_key(text: str) -> str:
    """Return the form for search: folded, đ read as d, every mark stripped.

    >>> search_key("Đặng Thị Thuý")
    'dang thi thuy'
    """
    if _PLAIN.fullmatch(text):  # names are made of few words, and a large round has many names
        return " ".join(map(_plain_key, text.split(" ")))
    return _search_key(text)


def _search_key(text: str) -> str:
    folded = fold(text)
    if folded.isascii():
        return folded
    bare = (c for c in unicodedata.normalize("NFD", folded) if not unicodedata.category(c).startswith("M"))
    return " ".join(unicodedata.normalize("NFC", "".join(bare)).replace("đ", "d").replace("ƀ", "b").split())


_plain_key = lru_cache(maxsize=20_000)(_search_key)


def slug_of(name: str) -> str:
    """Return *name* as a piece of an address: diacritics stripped, at most 70 characters.

    >>> slug_of("Trung tâm xã Lâm Bình")
    'trung-tam-xa-lam-binh'
    """
    return "-".join(re.findall("[a-z0-9]+", search_key(name)))[:70].strip("-") or "moi"


def free_slug(name: str, taken: Collection[str]) -> str:
    """Return *name* as a piece of an address, numbered when it is *taken*.

    >>> free_slug("Trung tâm xã Lâm Bình", {"trung-tam-xa-lam-binh"})
    'trung-tam-xa-lam-binh-2'
    """
    plain = slug_of(name)
    candidates = (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate not in taken)


def sort_key(name: str) -> str:
    """Return a string whose byte order is the order of a Vietnamese list of names.

    By given name (the last word), then the family name and the rest; letters in the order a ă â b c d đ e ê …, tones
    ngang, huyền, hỏi, ngã, sắc, nặng within equal letters.

    >>> sorted(["Lê Văn Ân", "Đỗ Thị An", "Bùi Ánh"], key=sort_key)
    ['Đỗ Thị An', 'Bùi Ánh', 'Lê Văn Ân']
    """
    words = fold(name).split()
    return " ".join(_word_order(word) for word in words[-1:] + words[:-1])


def _settle_match(match: re.Match[str]) -> str:
    return _settle_tone(match.group())


@lru_cache(maxsize=8192)
def _settle_tone(word: str) -> str:
    """Move a syllable's only tone mark to the vowel of the old spelling rule."""
    parts = unicodedata.normalize("NFD", word)
    tones = _TONED.findall(parts)
    if len(tones) != 1:
        return word
    toneless = unicodedata.normalize("NFC", _TONED.sub(r"\1\3", parts))
    place = _tone_place(toneless)
    if place is None:
        return word
    return unicodedata.normalize("NFC", toneless[: place + 1] + tones[0][1] + toneless[place + 1 :])


def _tone_place(toneless: str) -> int | None:
    """Return the index of the letter that carries the tone, None when this is no Vietnamese syllable."""
    letters = [unicodedata.normalize("NFD", letter) for letter in toneless]
    match = _CLUSTER.fullmatch("".join(letter[0] for letter in letters))
    if match is None:
        return None
    start, end = match.span(1)
    shaped = [i for i in range(start, end) if letters[i][1:2] in _SHAPES]
    if shaped:
        return shaped[-1]
    vowels = end - start
    if vowels == 1 or (vowels == 2 and not match.group(2)):
        return start
    return start + 1


@lru_cache(maxsize=8192)
def _word_order(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(str(_TONES.index(c) + 1) for c in parts if c in _TONES)
    toneless = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    return "".join(_letter_order(letter) for letter in toneless) + " " + (tones or "0")


def _letter_order(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    rank = "0" if len(parts) == 1 else "8"
    return _LETTER_RANK.get(parts, parts[0] + rank)
