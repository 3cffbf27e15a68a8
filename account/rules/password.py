"""Requirements of a password: long, and not guessable."""

import re
from itertools import pairwise

from core.values.text import search_key

SHORTEST, LONGEST = 12, 200
FEWEST = 5
"""The fewest runs of a password; a sequence such as 123456 or qwerty is one run."""
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
"""Common words without diacritics and spaces; a password made of these and digits is guessed within minutes."""
ONLY_COMMON = re.compile(f"(?:{'|'.join(COMMON)})+")
LOOKS_LIKE = str.maketrans("@$013457", "asoleast")
LONGEST_UNIT = 6
"""The longest repeated unit, in characters."""


def is_guessable(password: str) -> bool:
    """Whether *password* is guessable at any length: keyboard runs, a repeated unit, or common words with digits around
    them.

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
    """Return the number of runs: a run repeats a letter or continues a keyboard row."""
    return 1 + sum(a != b and (a, b) not in STEPS for a, b in pairwise(plain)) if plain else 0


def _repeats(plain: str) -> bool:
    """Whether the text repeats a few letters, the last repetition possibly cut off."""
    return any(plain[unit:] == plain[:-unit] for unit in range(1, min(LONGEST_UNIT, len(plain) // 2) + 1))
