"""Check whether a password is easy to guess, and hash it."""

from collections.abc import Iterable
from threading import Lock

from argon2 import PasswordHasher
from zxcvbn import zxcvbn

from account.labels import WEAKNESS
from account.rules.password import COMMON, ENOUGH, PATTERNS, SHORTEST, Weakness, is_repeated, judged, words_of
from core.gate import Gate
from core.values.text import N_

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""Argon2id at OWASP's smaller setting: 19 MiB; the library's default takes half a second under load."""
STRANGERS, KNOWN = (Gate(at_once=1, waiting=1, patience=1.0) for _ in range(2))
"""Every hash passes one of them. A flood of sign-ins takes two of a process's four threads, pages keep the others; an
account's own browser and signed-in people don't queue behind it."""
GUESSABLE = N_("Mật khẩu này quá dễ đoán: %s. Hãy dùng một câu ngắn dễ nhớ, ví dụ bốn từ không liên quan.")
_ONE_AT_A_TIME = Lock()
"""The zxcvbn package keeps the words about an account in a global variable."""


class WeakPassword(ValueError):
    """Shorter than `SHORTEST` letters, or easy to guess; carries a sentence for the person who chose it."""


def weakness_of(password: str, about: Iterable[str] = ()) -> Weakness | None:
    """Return the reason why *password* is easy to guess, None if it is not; *about*: texts about its account.

    Only the first `JUDGED` letters are checked, since the estimate is slow on long passwords.
    """
    plain = judged(password)
    if not plain or is_repeated(plain):
        return Weakness.REPEAT if plain else Weakness.SHORT
    with _ONE_AT_A_TIME:
        found = zxcvbn(plain, [*COMMON, *words_of(about)])
    if found["score"] >= ENOUGH:
        return None
    longest = max(found["sequence"], key=lambda part: len(part["token"]))
    is_own = longest.get("dictionary_name") == "user_inputs" and longest["matched_word"] not in COMMON
    return Weakness.OWN if is_own else PATTERNS[longest["pattern"]]


def check_password(password: str, about: Iterable[str] = ()) -> None:
    """Raise `WeakPassword` if *password* is too short or easy to guess."""
    if len(password) < SHORTEST:
        raise WeakPassword(N_("Mật khẩu cần ít nhất %(shortest)s ký tự.") % {"shortest": SHORTEST})
    check_guessable(password, about)


def check_guessable(password: str, about: Iterable[str] = ()) -> None:
    """Raise `WeakPassword` if *password* is easy to guess, of any length."""
    if (why := weakness_of(password, about)) is not None:
        raise WeakPassword(GUESSABLE % WEAKNESS[why])


def hash_password(password: str, about: Iterable[str] = ()) -> str:
    """Return the hash of *password* that is stored; raises as `check_password` does, and `Busy` at a full gate."""
    check_password(password, about)
    with KNOWN.passing():
        return HASHER.hash(password)
