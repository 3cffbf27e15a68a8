"""What a password must be: long, and none of those that are tried first."""

import re
from itertools import pairwise

from core.values.text import search_key

SHORTEST, LONGEST = 12, 200
FEWEST = 5
"""Steps that a guesser must get right: a run as of 123456 or qwerty is one of them."""
ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn")
STEPS = {pair for row in ROWS for way in (row, row[::-1]) for pair in pairwise(way)} | set(
    pairwise("1q2w3e4r5t6y7u8i9o0p")
)
COMMON = (
    "matkhau", "password", "passwd", "passwort", "matma", "baomat", "dangnhap", "admin", "administrator", "quantri",
    "quantrivien", "root", "user", "login", "welcome", "hello", "xinchao", "changeme", "letmein", "secret", "default",
    "iloveyou", "anhyeuem", "emyeuanh", "yeuem", "vietnam", "hanoi", "saigon", "langnghe", "danhgia", "cuocthi",
    "canbo", "ubnd", "hcm", "qwerty", "monkey", "dragon", "football", "sunshine", "princess", "master", "abc", "test",
    "demo", "thu", "toi", "la", "cua", "my", "the", "is",
)  # fmt: skip
"""Without marks and spaces; what is made of nothing but these, and of digits, is tried within minutes."""
ONLY_COMMON = re.compile(f"(?:{'|'.join(COMMON)})+")
LOOKS_LIKE = str.maketrans("@$013457", "asoleast")
LONGEST_UNIT = 6
"""Letters that are typed again and again."""


def is_guessable(password: str) -> bool:
    """Whether *password* is among those that are tried first, however long: runs of the keyboard, one thing over and
    over, the usual words with digits around them.

    >>> [is_guessable(each) for each in ("123456789012", "aaaaaaaaaaaa", "Mật khẩu 2026", "P@ssw0rd!2345")]
    [True, True, True, True]
    >>> is_guessable("bón lúa mùa này")
    False
    """
    plain = "".join(search_key(password).split())
    middle = re.sub(r"^\d+|[\W\d_]+$", "", plain)
    words = re.sub(r"[\W\d_]", "", middle.translate(LOOKS_LIKE))
    return _steps(plain) < FEWEST or _repeats(plain) or bool(ONLY_COMMON.fullmatch(words))


def _steps(plain: str) -> int:
    """How many runs it falls into: the same letter again, or the next one of a row of the keyboard."""
    return 1 + sum(a != b and (a, b) not in STEPS for a, b in pairwise(plain)) if plain else 0


def _repeats(plain: str) -> bool:
    """Whether a few letters come over and over, the last time perhaps cut off."""
    return any(plain[unit:] == plain[:-unit] for unit in range(1, min(LONGEST_UNIT, len(plain) // 2) + 1))
