"""Codes that people read off paper: Crockford's base 32, tolerant of case, spaces and look-alike letters."""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which look like other characters on paper."""
LOOKALIKES = str.maketrans("ILO", "110")
BITS = 5
_BETWEEN = re.compile(r"[\s\-‐-―.]")


def letters(number: int, count: int) -> str:
    """Return the lowest *count* × 5 bits of *number* as letters.

    >>> letters(33, 3)
    '011'
    """
    return "".join(ALPHABET[number >> (BITS * place) & 31] for place in reversed(range(count)))


def number_of(code: str) -> int:
    """Return the number that `letters` wrote; raises ValueError for a letter outside the alphabet.

    >>> number_of("011")
    33
    """
    number = 0
    for letter in code:
        number = number << BITS | ALPHABET.index(letter)
    return number


def read(typed: str, count: int) -> str | None:
    """Return a code of *count* letters that a person typed; None if it can't be one.

    >>> read("7k3m-9qxd 2f4a-8bce", 16)
    '7K3M9QXD2F4A8BCE'
    """
    code = _BETWEEN.sub("", typed).upper().translate(LOOKALIKES)
    return code if len(code) == count and all(letter in ALPHABET for letter in code) else None


def in_fours(code: str) -> str:
    """Return a code as it is printed, in groups of four.

    >>> in_fours("7K3M9QXD2F4A8BCE")
    '7K3M-9QXD-2F4A-8BCE'
    """
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))
