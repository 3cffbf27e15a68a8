"""Codes that people read off paper: Crockford's base 32, tolerant of case, spaces, look-alikes and keyboards.

A Vietnamese keyboard changes what is typed: under Telex `W` becomes Ư and `ES` É, under VNI `E1` does. `readings`
undoes both; new codes (`letters_to_type`) have no letter that a keyboard could change.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which look like other characters on paper."""
TYPED_ALPHABET = "0123456789BCFGHJKMNPQRSTVXZ"
"""Without A, E, Y, D and W too, which Telex and VNI turn into other letters."""
LOOKALIKES = str.maketrans("ILO", "110")
BITS = 5
MOST_READINGS = 24
"""The most codes that one typed text is taken for."""
_MOST_TYPED = 8
"""The most characters that are read for each letter of a code: marks, spaces and what a chat program adds."""
_BETWEEN = re.compile(r"[\s\-‐-―.]")
_AFTER = re.compile(r"[\s/,.;:!?)\]}>'\"’”»…]+$")

_CIRCUMFLEX, _BREVE, _HORN, _BAR = "\u0302", "\u0306", "\u031b", "\u0335"
_TONES = "\u0301\u0300\u0309\u0303\u0323"
"""Sắc, huyền, hỏi, ngã, nặng."""
_TELEX: Mapping[str, str] = {_BREVE: "W", **dict(zip(_TONES, "SFRXJ", strict=True))}
_VNI: Mapping[str, str] = {
    _CIRCUMFLEX: "6",
    _HORN: "7",
    _BREVE: "8",
    _BAR: "9",
    **dict(zip(_TONES, "12345", strict=True)),
}
_BARRED = str.maketrans({"Đ": f"D{_BAR}", "Ð": f"D{_BAR}"})
_TELEX_W = f"U{_HORN}"


def letters(number: int, count: int) -> str:
    """Return the lowest *count* × 5 bits of *number* as letters.

    >>> letters(33, 3)
    '011'
    """
    return "".join(ALPHABET[number >> (BITS * place) & 31] for place in reversed(range(count)))


def letters_to_type(number: int, count: int) -> str:
    """Return *number*, modulo 27 to the *count*, as letters that no keyboard changes.

    >>> letters_to_type(28, 3)
    '011'
    """
    found = []
    for _ in range(count):
        number, place = divmod(number, len(TYPED_ALPHABET))
        found.append(TYPED_ALPHABET[place])
    return "".join(reversed(found))


def number_of(code: str) -> int:
    """Return the number that `letters` wrote; raises ValueError for a letter outside the alphabet.

    >>> number_of("011")
    33
    """
    number = 0
    for letter in code:
        number = number << BITS | ALPHABET.index(letter)
    return number


def number_typed(code: str) -> int:
    """Return the number that `letters_to_type` wrote; raises ValueError for a letter outside its alphabet.

    >>> number_typed("011")
    28
    """
    number = 0
    for letter in code:
        number = number * len(TYPED_ALPHABET) + TYPED_ALPHABET.index(letter)
    return number


def read(typed: str, count: int) -> str | None:
    """Return the likeliest code of *count* letters that a person typed; None if it can't be one.

    >>> read("7k3m-9qxd 2f4a-8bce", 16)
    '7K3M9QXD2F4A8BCE'
    """
    return next(iter(readings(typed, count)), None)


def readings(typed: str, count: int) -> tuple[str, ...]:
    """Return the codes of *count* letters that *typed* can stand for, the likeliest first; none if it can't be one.

    A text without diacritics is one code at most. In another, each mark is the key that made it, under Telex or under
    VNI, typed right after its letter or after letters that follow. What a chat program leaves behind is dropped.

    >>> readings("7ư3é", 5), readings("23/", 2)
    (('7W3ES',), ('23',))
    """
    if len(typed) > _MOST_TYPED * count:
        return ()
    text = _AFTER.sub("", typed).upper()
    if text.isascii():
        found: Iterator[str] = iter([_BETWEEN.sub("", text)])
    else:
        found = _undone(unicodedata.normalize("NFD", text).translate(_BARRED), count)
    clean = (code.translate(LOOKALIKES) for code in found)
    codes = (code for code in clean if len(code) == count and all(letter in ALPHABET for letter in code))
    return tuple(islice(dict.fromkeys(codes), MOST_READINGS))


def in_fours(code: str) -> str:
    """Return a code as it is printed, in groups of four.

    >>> in_fours("7K3M9QXD2F4A8BCE")
    '7K3M-9QXD-2F4A-8BCE'
    """
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _undone(text: str, count: int) -> Iterator[str]:
    """Yield the *count* keys that may have made *text*, in NFD: first under Telex, then under VNI.

    Each letter and each mark is one key; the placements of many more would take hours and gigabytes.
    """
    for keyboard in (_telex_keys, _vni_keys):
        typed, added = "", []
        for character in text.replace(_TELEX_W, "W") if keyboard is _telex_keys else text:
            if not unicodedata.combining(character):
                typed += character
                continue
            key = keyboard(character, typed[-1:])
            if key is None:
                break
            added.append((len(typed), key))
        else:
            if len(_BETWEEN.sub("", typed)) + len(added) == count:
                yield from _placements(typed, added)


def _telex_keys(mark: str, letter: str) -> str | None:
    if mark in (_CIRCUMFLEX, _BAR):
        return letter
    return "W" if mark == _HORN and letter == "O" else _TELEX.get(mark)


def _vni_keys(mark: str, _letter: str) -> str | None:
    return _VNI.get(mark)


def _placements(typed: str, added: Sequence[tuple[int, str]]) -> Iterator[str]:
    """Yield *typed* with every key added at its place, or after letters of the same word that follow."""
    ranges = [range(place, _end_of_word(typed, place) + 1) for place, _ in added]
    for places in islice(product(*ranges), 4 * MOST_READINGS):
        keys = list(zip(places, (key for _, key in added), strict=True))
        yield _with_keys(typed, sorted(keys, key=_place))
        keys.reverse()
        yield _with_keys(typed, sorted(keys, key=_place))  # two keys at one place, in the other order


def _with_keys(typed: str, keys: Sequence[tuple[int, str]]) -> str:
    for place, key in reversed(keys):
        typed = typed[:place] + key + typed[place:]
    return _BETWEEN.sub("", typed)


def _place(placed: tuple[int, str]) -> int:
    return placed[0]


def _end_of_word(text: str, place: int) -> int:
    while place < len(text) and text[place].isalpha():
        place += 1
    return place
