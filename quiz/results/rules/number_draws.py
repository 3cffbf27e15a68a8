"""Public draws by a number that somebody else publishes: the order follows from the number, and anybody can derive it.

Source: algorithms §4, decision 0121. The rules declare before the opening which number it is, and that it is the first
one published after the day of the close, so that everything else is fixed before it is known:

- seeded = canonical JSON of "draw-v1", the contest, what is drawn in it, the declared source, the day and the number;
- seed = SHA-256(seeded);
- code of an entry = SHA-256(canonical JSON of "entry-v1" and the attempt), of a unit the same of "unit-v1" and its
  code, both in 64 hexadecimal letters;
- ticket = HMAC-SHA-256(seed, code). The smallest ticket is drawn first.

A ticket does not depend on the others in the tie: when one leaves it, the order of the rest stays.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LATEST = timedelta(days=7)
"""The longest that the source may pause: the lottery rests for four days at Tết."""


@dataclass(frozen=True, slots=True)
class NumberRecord:
    """A number that was published on a day, of the source that the rules declare.

    `again` is the reason why an earlier recording of the same group is replaced; None for a first one.
    """

    held_on: date
    number: str
    again: str | None = None


def seeded_text(contest: str, about: str, source: str, record: NumberRecord) -> str:
    """Return the text whose SHA-256 is the seed: *about* is what is drawn in the *contest*, a round or a measure.

    >>> seeded_text("thi", "tuan-1", "XSMB", NumberRecord(date(2026, 10, 12), "04821"))
    '["draw-v1","thi","tuan-1","XSMB","2026-10-12","04821"]'
    """
    return _canonical(["draw-v1", contest, about, source, record.held_on.isoformat(), record.number])


def entry_code(attempt: str) -> str:
    """Return the public code of the entry that *attempt*, an id of 36 letters, became: 64 hexadecimal letters."""
    return _hash(["entry-v1", attempt])


def unit_code(code: str) -> str:
    """Return the public code of a unit by its administrative *code*: 64 hexadecimal letters."""
    return _hash(["unit-v1", code])


def tickets_by_number(seeded: str, codes: Sequence[str]) -> tuple[int, ...]:
    """Return the numbers of all *codes*, counted from 1, in the order drawn by *seeded*. No codes give none.

    Raises:
        ValueError: a code stands twice.
    """
    if len(set(codes)) != len(codes):
        raise ValueError("a code of a draw stands once")
    seed = hashlib.sha256(seeded.encode()).digest()
    tickets = {at: hmac.digest(seed, code.encode(), "sha256") for at, code in enumerate(codes, start=1)}
    return tuple(sorted(tickets, key=tickets.__getitem__))


def first_day(fixed_on: date) -> date:
    """Return the first day whose number decides, if one is published on it: the day after *fixed_on*."""
    return fixed_on + timedelta(days=1)


def may_be_known(fixed_on: date, today: date) -> bool:
    """Return whether the number that decides what was fixed on *fixed_on* may be known *today*.

    >>> may_be_known(date(2026, 10, 12), date(2026, 10, 12)), may_be_known(date(2026, 10, 12), date(2026, 10, 13))
    (False, True)
    """
    return first_day(fixed_on) <= today


def has_digits(number: str, digits: int | None) -> bool:
    """Return whether *number* is written with the declared *digits*; None where rules from before declared none.

    >>> has_digits("04821", 5), has_digits("4821", 5), has_digits("0482159173", 5)
    (True, False, False)
    """
    return digits is None or len(number) == digits


def may_decide(held_on: date, fixed_on: date, today: date) -> bool:
    """Return whether a number published on *held_on* may decide what was fixed on *fixed_on*: it came later, it is
    known *today*, and the source did not pause for longer than `LATEST`.

    >>> may_decide(date(2026, 10, 12), date(2026, 10, 12), date(2026, 10, 20))
    False
    """
    return first_day(fixed_on) <= held_on <= min(today, fixed_on + LATEST)


def _canonical(parts: Sequence[str]) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def _hash(parts: Sequence[str]) -> str:
    return hashlib.sha256(_canonical(parts).encode()).hexdigest()
