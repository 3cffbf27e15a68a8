"""Requirements of a password: long, and not guessable.

Source: the estimate of zxcvbn (Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", USENIX Security 2016), which
`account.operations.password` calls. It knows English words; Vietnamese ones are added here.
"""

from collections.abc import Iterable
from enum import StrEnum

from core.values.text import search_key

SHORTEST, LONGEST = 12, 200
ENOUGH = 3
"""The lowest accepted score, of 0 to 4: 10^8 guesses and more.

Sign-in attempts are throttled, and a guess at a stolen hash costs about 20 ms: weeks for one password. A score of 2,
10^6 guesses, would be hours.
"""
JUDGED = 36
"""The number of letters that are checked: 36 random ones take about 0.1 s, 100 take four seconds and 200 two
minutes.
"""
LONGEST_UNIT = 6
"""The longest group of letters that counts as repeated; the estimate misses some, such as five times 0001."""
COMMON = (
    "matkhau", "matkhaucuatoi", "password", "passwd", "passwort", "matma", "baomat", "dangnhap", "admin",
    "administrator", "quantri", "quantrivien", "root", "user", "login", "welcome", "hello", "xinchao", "changeme",
    "letmein", "secret", "default", "iloveyou", "anhyeuem", "emyeuanh", "yeuem", "vietnam", "hanoi", "saigon",
    "langnghe", "danhgia", "cuocthi", "canbo", "ubnd", "hcm", "abc", "test", "demo", "thu", "toi", "la", "cua", "my",
    "the", "is",
)  # fmt: skip
"""Vietnamese words and those of this product that guessers try first; the commonest first."""


class Weakness(StrEnum):
    """A reason why a password is easy to guess."""

    COMMON = "common"
    OWN = "own"
    KEYS = "keys"
    REPEAT = "repeat"
    SEQUENCE = "sequence"
    DATE = "date"
    SHORT = "short"


PATTERNS = {
    "dictionary": Weakness.COMMON,
    "spatial": Weakness.KEYS,
    "repeat": Weakness.REPEAT,
    "sequence": Weakness.SEQUENCE,
    "regex": Weakness.DATE,
    "date": Weakness.DATE,
    "bruteforce": Weakness.SHORT,
}
"""zxcvbn's names of the patterns in a password."""


def judged(password: str) -> str:
    """Return *password* as it is checked: without marks, capitals and spaces, which a guesser varies first.

    >>> judged("Mật khẩu của tôi 1")
    'matkhaucuatoi1'
    """
    return "".join(search_key(password).split())[:JUDGED]


def is_repeated(plain: str) -> bool:
    """Whether *plain* is a short group of letters repeated, the last time perhaps cut off.

    >>> is_repeated("00010001000100"), is_repeated("bonluamuanay")
    (True, False)
    """
    return any(plain[unit:] == plain[:-unit] for unit in range(1, min(LONGEST_UNIT, len(plain) // 2) + 1))


def words_of(texts: Iterable[str]) -> list[str]:
    """Return the guesses that *texts* about an account suggest: each, its parts, two neighbouring words, each word.

    >>> words_of(["Trần Thị Bình"])
    ['tranthibinh', 'tran', 'thi', 'binh', 'tranthi', 'thibinh']
    >>> words_of(["a.binh@xa.vn"])
    ['a.binh@xa.vn', 'a.binh', 'xa.vn', 'abinh', 'binhxa', 'xavn', 'binh', 'xa', 'vn']
    """
    found: list[str] = []
    for text in texts:
        key = search_key(text)
        words = "".join(letter if letter.isalnum() else " " for letter in key).split()
        pairs = [a + b for a, b in zip(words, words[1:], strict=False)]
        found += ["".join(key.split()), *key.replace("@", " ").split(), *pairs, *words]
    return [word for word in dict.fromkeys(found) if len(word) > 1]
