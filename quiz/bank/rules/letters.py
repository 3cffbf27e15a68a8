"""The letters that an answer line names."""

import re
from collections.abc import Sequence

from core.values.text import clean, fold

_APART = re.compile(r"[A-H](?:(?:\s*[,;+&/]\s*|\s+và\s+|\s+)[A-H])*\s*\.?", re.IGNORECASE)
_TOGETHER = re.compile(r"[A-H]{2,8}", re.IGNORECASE)
_FIRST = re.compile(r"[(\[]?([A-H])\s*[.):/\]]\s*\S", re.IGNORECASE)
_SAID = re.compile(r"(?:(?:đáp án|phương án|câu|ý|chọn|là)\s*:?\s*)+(?=[A-H]\b)", re.IGNORECASE)
_IS_RIGHT = re.compile(r"(?<=[A-Ha-h])\s+(?:là\s+)?(?:đáp án\s+)?đúng$", re.IGNORECASE)
_ALONE = re.compile(r"[A-H]", re.IGNORECASE)


def letters_named(text: str, choices: Sequence[tuple[str, str]] = ()) -> frozenset[str] | None:
    """Return the letters of "A", "A, C", "A và C" or "A. Tiếp nhận", or of the choice with just these words.

    *choices* are pairs of letter and text. None for a text that names no letter.

    >>> sorted(letters_named("a, C.")), letters_named("Năm", [("B", "năm")]), letters_named("không rõ")
    (['A', 'C'], frozenset({'B'}), None)
    """
    bare = _IS_RIGHT.sub("", _SAID.sub("", clean(text).strip(' ()[].:;*"“”'), count=1))
    by_words = frozenset(letter for letter, words in choices if bare and fold(words) == fold(bare))
    if _APART.fullmatch(bare) or (_TOGETHER.fullmatch(bare) and not by_words):
        return frozenset(letter.upper() for letter in _ALONE.findall(bare.replace("và", " ").replace("Và", " ")))
    if by_words:
        return by_words
    first = _FIRST.match(clean(text))
    return frozenset(first[1].upper()) if first else None
