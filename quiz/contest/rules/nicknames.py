"""Nicknames: what one may be, and the forms in which two are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

from core.values.names import APOSTROPHES, clean_name, name_key
from core.values.text import N_, Sentence, fold, search_key
from quiz.contest.rules.nickname_words import CERTAIN_FAMILY_NAMES, FAMILY_NAMES, INSULTS, OFFICES

SHORTEST, LONGEST = 2, 30
MOST_DIGITS = 4
"""More digits could be a telephone or identity number."""
MOST_CHOICES = 5
"""How often a person may choose in a contest: each change renews public pages."""
MOST_STRIKES = 2
"""After so many strikes the person may choose no more."""

SHORT = N_("Biệt danh có ít nhất %(n)s chữ cái.")
LONG = N_("Biệt danh dài nhất %(n)s chữ. Xin rút ngắn lại.")
LETTER = N_("Biệt danh chỉ gồm chữ cái Latinh, chữ số và dấu cách. Xin bỏ “%(letter)s”.")
DIGITS = N_("Biệt danh có nhiều nhất %(n)s chữ số, để không ai ghi số điện thoại hay số giấy tờ.")
INSULT = N_("Biệt danh này có từ không dùng nơi công cộng. Xin chọn biệt danh khác.")
OFFICE = N_("Biệt danh này giống tên một cơ quan hoặc chức vụ. Xin chọn biệt danh khác.")
PERSON = N_("Biệt danh này giống họ tên của một người. Xin chọn biệt danh khác.")
TAKEN = N_("Biệt danh này đã có người chọn. Xin chọn biệt danh khác.")
CHILD = N_("Người có thể chưa đủ 16 tuổi không đặt biệt danh. Xin để trống ô này.")
STRUCK = N_("Ban Tổ chức đã bỏ biệt danh của bạn %(n)s lần, nên không chọn lại được trong cuộc thi này.")
OFTEN = N_("Bạn đã chọn biệt danh %(n)s lần, nên không đổi được nữa trong cuộc thi này.")

_LOOK_ALIKE = str.maketrans("01345", "oieas")


def clean_nickname(raw: str) -> str:
    """Return a nickname as it is stored: NFC, nothing invisible, no emoji, letters of one width, single spaces.

    >>> clean_nickname(" Sóc\\u202e  Nâu🎉 ７")
    'Sóc Nâu 7'
    """
    return clean_name(unicodedata.normalize("NFKC", clean_name(raw)))


def nickname_key(nickname: str) -> str:
    """Return the form in which two nicknames are equal: folded as names are, without marks, spaces, and digits that
    stand for letters.

    >>> nickname_key("Sóc Nâu") == nickname_key("s0c-nau")
    True
    """
    return _bare(nickname).translate(_LOOK_ALIKE).replace(" ", "")


def bare_names(nickname: str) -> set[str]:
    """Return the names without marks that *nickname* may be taken for: without its digits, and, numbers left out, with
    them as letters.

    >>> sorted(bare_names("Nguyễn V4n An 2"))
    ['nguyen van an', 'nguyen vn an']
    """
    words = [word for word in _bare(nickname).split() if not word.isdigit()]
    without = "".join(letter for letter in " ".join(words) if not letter.isdigit())
    return {name for name in (without, " ".join(words).translate(_LOOK_ALIKE)) if name}


def why_refused(nickname: str, places: Iterable[str] = ()) -> Sentence | None:
    """Return why a clean *nickname* may not stand in public, None if it may; *places* are names of units and offices.

    Whether somebody is registered under it, or another chose it, is not known here.

    >>> why_refused("Sóc Nâu"), why_refused("Chủ tịch xã")
    (None, 'Biệt danh này giống tên một cơ quan hoặc chức vụ. Xin chọn biệt danh khác.')
    """
    shape = _wrong_shape(nickname)
    if shape is not None:
        return shape
    marked = fold(nickname).split()
    bare = search_key(nickname).translate(_LOOK_ALIKE).split()
    if _has(INSULTS, marked) or _has(INSULTS, [word.translate(_LOOK_ALIKE) for word in marked]):
        return Sentence(INSULT)
    if _is_office(bare) or _is_place(bare, places):
        return Sentence(OFFICE)
    return Sentence(PERSON) if _is_persons_name(marked) else None


def _wrong_shape(nickname: str) -> Sentence | None:
    odd = next((letter for letter in nickname if not _may_stand(letter)), None)
    if odd is not None:
        return Sentence(LETTER, letter=odd)
    if len(nickname) > LONGEST:
        return Sentence(LONG, n=LONGEST)
    if sum(map(str.isdigit, nickname)) > MOST_DIGITS:
        return Sentence(DIGITS, n=MOST_DIGITS)
    return Sentence(SHORT, n=SHORTEST) if sum(map(str.isalpha, nickname)) < SHORTEST else None


def _may_stand(letter: str) -> bool:
    """Whether *letter* is a space, an apostrophe, a digit, or a Latin letter whose bare form is one of a to z."""
    bare = search_key(letter)
    return letter == " " or letter in APOSTROPHES or (bare.isascii() and bare.isalnum())


def _bare(nickname: str) -> str:
    return search_key(name_key(nickname))


def _has(phrases: Collection[str], words: list[str]) -> bool:
    """Whether a phrase stands in *words*, or in single letters set apart ("n g u")."""
    spelt = "".join(word for word in words if len(word) == 1)
    return spelt in phrases or any(f" {phrase} " in f" {' '.join(words)} " for phrase in phrases)


def _is_office(bare: list[str]) -> bool:
    joined = [phrase.replace(" ", "") for phrase in OFFICES]
    return _has(OFFICES, bare) or any(len(each) > 5 and each in word for each in joined for word in bare)


def _is_place(bare: list[str], places: Iterable[str]) -> bool:
    """Whether the words hold a whole name of *places* ("xã Lâm Bình"), or are it without its kind ("Lâm Bình")."""
    said = " ".join(bare)
    names = [search_key(place).split() for place in places]
    return any(f" {' '.join(name)} " in f" {said} " or " ".join(name[1:]) == said for name in names if name)


def _is_persons_name(marked: list[str]) -> bool:
    is_plain = " ".join(marked).isascii()
    first, more = marked[0], [search_key(word) for word in marked[1:]]

    def begins(families: Collection[str]) -> bool:
        return first in (set(map(search_key, families)) if is_plain else families)

    if not more:
        return False
    return begins(CERTAIN_FAMILY_NAMES) or (begins(FAMILY_NAMES) and (len(more) > 1 or more[0] in ("thi", "van")))
