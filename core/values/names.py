"""Names of people: the letters that a name may have, and the key by which two spellings are one person."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from core.values.text import clean, fold

APOSTROPHES = "'`´‘’‚‛ʹʻʼʽʾʿˈˊˋ՚׳᾽᾿`′‵＇｀ꞌ"
_APOSTROPHE = re.compile(rf"[{APOSTROPHES}]\s*")
_MARKS_BETWEEN = re.compile(r"[.,;:_\-‐‑‒–—―−]+")
_ETH = str.maketrans("ðɖ", "đđ")
_SCRIPTS = ("LATIN ", "PAHAWH HMONG ")
"""Latin letters, and those of the Mông's own script, which look like none of them."""
_PICTURES = frozenset({"So", "Sk", "Cn", "Co"})


def name_key(name: str) -> str:
    """Return the form in which two spellings of a person's name are equal; Vietnamese marks stay.

    Folded as every text; besides, an apostrophe of any kind (and a space after it) counts as nothing, Ð (U+00D0) and
    Ɖ as Đ, and a dot, comma or dash as a space. A name of letters and spaces alone gives its fold. Empty in, empty out.

    >>> name_key("H’ Hen Niê") == name_key("h'hen NIÊ"), name_key("Ðặng Thị A.") == name_key("Đặng Thị A")
    (True, True)
    """
    folded = fold(_APOSTROPHE.sub("", clean(name)))
    if folded.isalpha():
        return folded.translate(_ETH)
    return fold(_MARKS_BETWEEN.sub(" ", _APOSTROPHE.sub("", folded)).translate(_ETH))


def clean_name(raw: str) -> str:
    """Return a name as it is stored: clean, without emoji, full-width letters narrowed.

    >>> clean_name("Lò Thị Mẫu 🎉")
    'Lò Thị Mẫu'
    """
    text = clean(raw)
    if text.isascii():
        return text
    kept = "".join(letter for letter in text if not _is_picture(letter))
    return clean(
        unicodedata.normalize("NFKC", kept) if any("\uff00" <= letter <= "\uff5e" for letter in kept) else kept
    )


def odd_letter(name: str) -> str | None:
    """Return the first character of a clean name that no name has; None if there is none.

    Letters of Latin script with their marks, spaces and apostrophes make up a name; Cyrillic and Greek letters look
    alike and would make another person of the same name.

    >>> odd_letter("H’Hen Niê Kđăm"), odd_letter("Nguyễn Văn А"), odd_letter("Trần Văn B."), odd_letter("An 2")
    (None, 'А', '.', '2')
    """
    before = ""
    for letter in name:
        is_mark = unicodedata.category(letter).startswith("M") and before.isalpha()
        if not (is_mark or letter == " " or letter in APOSTROPHES or _is_letter(letter)):
            return letter
        before = before if is_mark else letter
    return None


@lru_cache(maxsize=2048)
def _is_letter(letter: str) -> bool:
    return letter.isalpha() and unicodedata.name(letter, "").startswith(_SCRIPTS)


def _is_picture(letter: str) -> bool:
    return unicodedata.category(letter) in _PICTURES and letter not in APOSTROPHES
