"""The values that the review of a round compares: entries, openings, the size of a paper, and the links of signs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

WINDOW_MS = 10 * 60 * 1000
"""Entries with a shorter pause between them belong to one gathering: 10 minutes."""
WORDS_A_SECOND = 8
"""The fastest reading speed that counts as possible."""
TAP_MS = 1000
"""The shortest time in which somebody who knows the answer can find and tap it."""


class Sign(StrEnum):
    """A sign, in the order in which a page lists them."""

    BLIND = "blind"
    FAST = "fast"
    DEVICE = "device"
    RIGHT = "right"
    WRONG = "wrong"
    PHONES = "phones"
    TWINS = "twins"
    BURST = "burst"
    SEEN = "seen"
    PHONE = "phone"
    NAMES = "names"


class ReviewedEntry(NamedTuple):
    """A counted entry as the review sees it: `phone` are digits, `name` is folded without marks, moments are in ms.

    `is_own` is whether the participant answered on a device of theirs, so that its duration and moment are known.
    `wrong` are the wrong answers as (question, choice), by the letters of the round, whatever order the attempt showed;
    a question without an answer is not among them.
    """

    ref: str
    begun_ms: int
    duration_ms: int
    is_own: bool
    is_first: bool
    is_perfect: bool
    address: bytes | None
    phone: str
    name: str
    birth_year: int | None
    unit_id: int
    wrong: frozenset[tuple[str, str]] = frozenset()


class Opening(NamedTuple):
    """A device on which a participant opened the paper, submitted or not."""

    device: bytes
    ref: str
    begun_ms: int


@dataclass(frozen=True, slots=True)
class PaperSize:
    """The number of words and of questions of a paper."""

    words: int
    questions: int

    @property
    def reading_ms(self) -> int:
        """The shortest time in which the paper can be read."""
        return self.words * 1000 // WORDS_A_SECOND

    @property
    def tapping_ms(self) -> int:
        """The shortest time in which it can be answered from memory."""
        return self.questions * TAP_MS


@dataclass(frozen=True, slots=True)
class SignLink:
    """Entries that one sign joins; a strong one needs a decision, a weak one is common in families."""

    sign: Sign
    refs: frozenset[str]
    is_strong: bool


def link(sign: Sign, refs: Sequence[str], *, is_strong: bool, fewest: int = 1) -> Iterator[SignLink]:
    """Yield the link of these entries if there are *fewest* of them or more."""
    if len(refs) >= fewest:
        yield SignLink(sign, frozenset(refs), is_strong)


def refs_of(entries: Iterable[ReviewedEntry]) -> frozenset[str]:
    """Return the references of *entries*."""
    return frozenset(entry.ref for entry in entries)


def grouped(entries: Iterable[ReviewedEntry], key: Callable[[ReviewedEntry], Hashable]) -> list[list[ReviewedEntry]]:
    """Return the entries in groups of one *key*, in the order in which the keys come."""
    groups: dict[Hashable, list[ReviewedEntry]] = defaultdict(list)
    for entry in entries:
        groups[key(entry)].append(entry)
    return list(groups.values())


def repeated(entries: Sequence[ReviewedEntry], key: Callable[[ReviewedEntry], Hashable]) -> list[list[ReviewedEntry]]:
    """Return the groups of `grouped` that have two entries or more.

    Most keys of a large round come once: first the hashes of all are compared, and only equal ones are grouped.
    """
    seen, again = set[int](), set[int]()
    for mark in map(hash, map(key, entries)):
        (again if mark in seen else seen).add(mark)
    some = (entry for entry in entries if hash(key(entry)) in again) if again else ()
    return [group for group in grouped(some, key) if len(group) > 1]


def gatherings(entries: Iterable[ReviewedEntry]) -> Iterator[list[ReviewedEntry]]:
    """Yield the entries in groups without a pause of ten minutes between two beginnings."""
    group: list[ReviewedEntry] = []
    for entry in sorted(entries, key=lambda each: (each.begun_ms, each.ref)):
        if group and entry.begun_ms - group[-1].begun_ms > WINDOW_MS:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group
