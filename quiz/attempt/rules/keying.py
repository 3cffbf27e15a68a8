"""One paper sheet as two people key it in, and the fields in which they differ."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from core.values.names import name_key


@dataclass(frozen=True)
class KeyedPaper:
    """A sheet as one person keyed it in: the facts and ticks of its participant, the letters by place, the guess."""

    name: str
    phone: str
    birth_year: int
    unit_id: int
    agreed: Sequence[str]
    answers: Mapping[str, str]
    guess: int | None
    bloc: int | None = None
    """The bloc that is ticked, where the contest has blocs."""
    more: Mapping[str, str] = field(default_factory=dict)
    """The answers to what the contest asks besides, by name; blanks are left out."""
    has_code: bool = False
    """Whether it bears the personal code of that person; the code itself is kept nowhere."""

    @property
    def identity(self) -> tuple[object, ...]:
        """The person, as a contest distinguishes people."""
        return name_key(self.name), self.phone, self.birth_year

    @property
    def bet(self) -> tuple[object, ...]:
        """The person with their guess."""
        return *self.identity, self.guess

    def to_text(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @staticmethod
    def from_text(text: str) -> KeyedPaper:
        """Return what `to_text` wrote."""
        return KeyedPaper(**json.loads(text))


PERSON = frozenset({"name", "phone", "birth_year"})
"""The fields that say whose sheet it is."""


def may_insist(fields: Collection[str]) -> bool:
    """Return whether the second account may insist on its reading of *fields*: on all but whose sheet it is.

    Else one account alone could give a sheet to somebody else, against what the first one read.
    """
    return PERSON.isdisjoint(fields)


def differences(first: KeyedPaper, second: KeyedPaper) -> list[str]:
    """Return the names of the fields that two people keyed in differently; a question is "q" and its place.

    Names are compared as the contest compares them, without case and tone placement.
    """
    found = ["name"] if name_key(first.name) != name_key(second.name) else []
    for fact in ("phone", "birth_year", "unit_id", "bloc", "more", "has_code", "guess"):
        if getattr(first, fact) != getattr(second, fact):
            found.append(fact)
    if sorted(first.agreed) != sorted(second.agreed):
        found.append("agreed")
    places = sorted({*first.answers, *second.answers}, key=int)
    return found + [f"q{place}" for place in places if first.answers.get(place, "") != second.answers.get(place, "")]


def has_guess_in_time(before: KeyedPaper | None, now: KeyedPaper, *, is_late: bool, was_in_time: bool) -> bool:
    """Return whether the guess that the first account keys in *now* counts as keyed in before the close.

    Source: decision 0091. *before* is its earlier reading, None for the first time, whose guess *was_in_time* or not;
    a correction after the close keeps a guess that it leaves to the same person as it was. (Else sheets with many
    guesses could be kept, and the one that fits given to somebody.)
    """
    if not is_late:
        return True
    return was_in_time and before is not None and before.bet == now.bet


def late_guess(first: KeyedPaper, second: KeyedPaper, *, in_time: bool) -> int | None:
    """Return the guess of a sheet that is finished after the close: that of both readings if the first was *in_time*.

    Later than that the numbers are known, so that a guess could be chosen.
    """
    return second.guess if in_time and first.bet == second.bet else None


def read_letters(typed: str, offered: str, *, several: bool) -> str | None:
    """Return the letters of an answer keyed in from paper, in order; "" for a blank, None for what is no answer.

    >>> read_letters(" b", "ABCD", several=False), read_letters("c,a", "ABCD", several=True)
    ('B', 'AC')
    >>> read_letters("AB", "ABCD", several=False), read_letters("E", "ABCD", several=False)
    (None, None)
    """
    letters = sorted({letter for letter in typed.upper() if letter not in " ,;."})
    if any(letter not in offered for letter in letters) or (len(letters) > 1 and not several):
        return None
    return "".join(letters)
