"""Signs that entries were not made by different people who read the paper, each weighed against its round.

Source: decision 0036. A sign decides nothing. An address is none by itself, since a hall shares one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quiz.results.rules.chance import binomial_tail, poisson_tail

WINDOW_MS = 10 * 60 * 1000
"""Entries with a shorter pause between them belong to one gathering: 10 minutes."""
WORDS_A_SECOND = 8
"""The fastest reading speed that counts as possible."""
TAP_MS = 1000
"""The shortest time in which somebody who knows the answer can find and tap it."""
MOST_APART, FEWEST_IN_A_ROW = 10, 3
"""Telephone numbers in a row: at most so far apart, at least so many."""
MOST_AT_HOME = 8
"""Behind an address with more people, two of one name and birth year meet by chance: 300 of a hall do."""
FEWEST_RIGHT = 20
"""The smallest gathering whose share of all-correct entries says anything."""
FEWEST_ELSEWHERE = 10
"""With fewer entries elsewhere in the round there is nothing to compare a gathering with."""
BY_CHANCE = 1e-6
"""A count less likely than this, over all comparisons made, is not left to chance."""


class Sign(StrEnum):
    """A sign, in the order in which a page lists them."""

    BLIND = "blind"
    FAST = "fast"
    DEVICE = "device"
    RIGHT = "right"
    PHONES = "phones"
    TWINS = "twins"
    BURST = "burst"
    SEEN = "seen"
    PHONE = "phone"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class ReviewedEntry:
    """A counted entry as the review sees it: `phone` are digits, `name` is folded without marks, moments are in ms.

    `is_own` is whether the participant answered on a device of theirs, so that its duration and moment are known.
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


@dataclass(frozen=True, slots=True)
class Opening:
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


@dataclass(frozen=True)
class Signs:
    """The entries that bear each sign, and the links between them."""

    flags: Mapping[Sign, frozenset[str]]
    links: Sequence[SignLink]


def find_signs(entries: Sequence[ReviewedEntry], openings: Iterable[Opening], size: PaperSize, *, family: int) -> Signs:
    """Return the signs of a round; *family* is how many people may share a phone, and so a device.

    No entries give no flags and no links; raises nothing.
    """
    links = [
        *_fast(entries, size),
        *_devices(openings, {entry.ref for entry in entries}, family),
        *_right(entries),
        *_phones(entries),
        *_names(entries),
    ]
    flags = {sign: frozenset[str]().union(*(link.refs for link in links if link.sign is sign)) for sign in Sign}
    flags[Sign.BLIND] = _refs(entry for entry in entries if is_blind(entry, size))
    flags[Sign.FAST] = _refs(entry for entry in entries if is_fast(entry, size))
    flags[Sign.BURST] = _bursts(entries)
    return Signs(flags, links)


def is_blind(entry: ReviewedEntry, size: PaperSize) -> bool:
    """Whether the entry took less time than tapping the answers takes."""
    return entry.is_own and entry.duration_ms < size.tapping_ms


def is_fast(entry: ReviewedEntry, size: PaperSize) -> bool:
    """Whether a first attempt took less time than reading the paper takes; a later one has read it before."""
    return entry.is_own and entry.is_first and entry.duration_ms < size.reading_ms


def _fast(entries: Sequence[ReviewedEntry], size: PaperSize) -> Iterator[SignLink]:
    """Join blind entries that were made within one time, and fast ones of one address where they are unusual."""
    blind = [entry for entry in entries if is_blind(entry, size)]
    for group in _gatherings(blind):
        if len(group) > 1 or group[0].is_perfect:
            yield SignLink(Sign.BLIND, _refs(group), is_strong=True)
    for group in _unusual(entries, lambda entry: is_fast(entry, size), fewest=2):
        yield SignLink(Sign.FAST, _refs(group), is_strong=True)
    for entry in entries:
        if entry.is_perfect and is_fast(entry, size):
            yield SignLink(Sign.FAST, frozenset({entry.ref}), is_strong=False)


def _devices(openings: Iterable[Opening], counted: Collection[str], family: int) -> Iterator[SignLink]:
    """Join the people of one device: more than a *family*, or those who opened a paper that it had shown before."""
    first: dict[bytes, dict[str, int]] = defaultdict(dict)
    for opening in sorted(openings, key=lambda each: (each.begun_ms, each.ref)):
        first[opening.device].setdefault(opening.ref, opening.begun_ms)
    for people in first.values():
        if len(people) < 2:
            continue
        later = [ref for ref in people if ref in counted]
        if len(people) > family:
            yield from _link(Sign.DEVICE, later, is_strong=True)
        yield from _link(Sign.SEEN, [ref for ref in list(people)[1:] if ref in counted], is_strong=False)
        yield from _link(Sign.SEEN, later, is_strong=False, fewest=2)


def _right(entries: Sequence[ReviewedEntry]) -> Iterator[SignLink]:
    """Join a gathering of one address that is nearly all correct where the rest of the round is not."""
    for group in _unusual(entries, lambda entry: entry.is_perfect, fewest=FEWEST_RIGHT, at_least=0.95):
        yield SignLink(Sign.RIGHT, _refs(group), is_strong=True)


def _phones(entries: Sequence[ReviewedEntry]) -> Iterator[SignLink]:
    """Join telephone numbers in a row (closer together the more there are in the round), and those of one number."""
    by_number: dict[int, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.phone:
            by_number[int(entry.phone)].append(entry.ref)
    for refs in by_number.values():
        yield from _link(Sign.PHONE, refs, is_strong=False, fewest=2)
    apart = max(1, min(MOST_APART, 100_000 // max(1, len(by_number))))
    for run in _runs(sorted(by_number), apart):
        if len(run) >= FEWEST_IN_A_ROW:
            yield from _link(Sign.PHONES, [ref for number in run for ref in by_number[number]], is_strong=True)


def _names(entries: Sequence[ReviewedEntry]) -> Iterator[SignLink]:
    """Join people of one unit with the same name and birth year: strong where they share the address of a home."""
    crowd = Counter(entry.address for entry in entries)
    for group in _grouped(entries, lambda entry: (entry.name, entry.birth_year, entry.unit_id)):
        if len(group) < 2 or not group[0].name:
            continue
        yield from _link(Sign.NAMES, [entry.ref for entry in group], is_strong=False)
        at_home = [entry for entry in group if entry.address and crowd[entry.address] <= MOST_AT_HOME]
        for near in _grouped(at_home, lambda entry: entry.address):
            yield from _link(Sign.TWINS, [entry.ref for entry in near], is_strong=True, fewest=2)


def _bursts(entries: Sequence[ReviewedEntry]) -> frozenset[str]:
    """Return the entries of ten minutes that had far more than the other busy ten minutes of the round."""
    slots = _grouped([entry for entry in entries if entry.is_own], lambda entry: entry.begun_ms // WINDOW_MS)
    found: list[ReviewedEntry] = []
    total = sum(len(slot) for slot in slots)
    for slot in slots:
        usual = max(1.0, (total - len(slot)) / max(1, len(slots) - 1))
        if len(slots) > 1 and poisson_tail(len(slot), usual) * len(slots) < BY_CHANCE:
            found += slot
    return _refs(found)


def _unusual(
    entries: Sequence[ReviewedEntry],
    has: Callable[[ReviewedEntry], bool],
    *,
    fewest: int,
    at_least: float = 0.0,
) -> list[list[ReviewedEntry]]:
    """Return the entries with a property of each gathering of an address where it is more frequent than elsewhere."""
    own = [entry for entry in entries if entry.is_own and entry.address]
    gatherings = [part for group in _grouped(own, lambda entry: entry.address) for part in _gatherings(group)]
    every, found = sum(map(has, own)), []
    for part in gatherings:
        having = [entry for entry in part if has(entry)]
        outside = len(own) - len(part)
        if outside < FEWEST_ELSEWHERE or len(having) < max(fewest, at_least * len(part)):
            continue
        share = (every - len(having) + 1) / (outside + 2)
        if binomial_tail(len(having), len(part), share) * len(gatherings) < BY_CHANCE:
            found.append(having)
    return found


def _gatherings(entries: Iterable[ReviewedEntry]) -> Iterator[list[ReviewedEntry]]:
    """Yield the entries in groups without a pause of ten minutes between two beginnings."""
    group: list[ReviewedEntry] = []
    for entry in sorted(entries, key=lambda each: (each.begun_ms, each.ref)):
        if group and entry.begun_ms - group[-1].begun_ms > WINDOW_MS:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _runs(numbers: Sequence[int], apart: int) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and number - run[-1] > apart:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _grouped(entries: Sequence[ReviewedEntry], key: Callable[[ReviewedEntry], Hashable]) -> list[list[ReviewedEntry]]:
    groups: dict[Hashable, list[ReviewedEntry]] = defaultdict(list)
    for entry in entries:
        groups[key(entry)].append(entry)
    return list(groups.values())


def _link(sign: Sign, refs: Sequence[str], *, is_strong: bool, fewest: int = 1) -> Iterator[SignLink]:
    if len(refs) >= fewest:
        yield SignLink(sign, frozenset(refs), is_strong)


def _refs(entries: Iterable[ReviewedEntry]) -> frozenset[str]:
    return frozenset(entry.ref for entry in entries)
