"""Signs that entries were not made by different people who read the paper, each weighed against its round.

Source: decisions 0036 and 0043. A sign decides nothing. An address is none by itself, since a hall shares one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from quiz.results.rules.addresses import MOST_AT_HOME, Has, Home, homes_of, unusual_groups
from quiz.results.rules.chance import BY_CHANCE, poisson_tail
from quiz.results.rules.reviewed import (
    WINDOW_MS,
    Opening,
    PaperSize,
    ReviewedEntry,
    Sign,
    SignLink,
    gatherings,
    grouped,
    link,
    refs_of,
    repeated,
)
from quiz.results.rules.wrong_answers import same_wrong_answers

MOST_APART, FEWEST_IN_A_ROW = 10, 3
"""Telephone numbers in a row: at most so far apart, at least so many."""
RIGHT_SPREAD, FAST_SPREAD = 0.05, 0.02
"""How much the shares of right and of fast entries of honest halls, schools and offices differ (`unusual_groups`)."""
OF_THE_ENTRY = (Sign.BLIND, Sign.FAST, Sign.DEVICE, Sign.RIGHT, Sign.WRONG, Sign.SEEN)
"""Signs that come from how an entry was made. Somebody else can't put them on it, as they can register numbers beside a
rival's or a rival's name.
"""


@dataclass(frozen=True)
class Signs:
    """The entries that bear each sign, and the links between them."""

    flags: Mapping[Sign, frozenset[str]]
    links: Sequence[SignLink]


def find_signs(entries: Sequence[ReviewedEntry], openings: Iterable[Opening], size: PaperSize, *, family: int) -> Signs:
    """Return the signs of a round; *family* is how many people may share a phone, and so a device.

    No entries give no flags and no links; raises nothing.
    """
    devices = _people_by_device(openings)
    alike = same_wrong_answers(entries, {ref: device for device, people in devices.items() for ref in people})
    blind, fast = ([entry for entry in entries if has(entry, size)] for has in (is_blind, is_fast))
    homes, swift = homes_of(entries), refs_of(fast)
    links = [
        *_fast(blind, fast),
        *_unusual(Sign.FAST, homes, lambda entry: entry.ref in swift, FAST_SPREAD),
        *_shared(devices.values(), {entry.ref for entry in entries}, family),
        *_unusual(Sign.RIGHT, homes, lambda entry: entry.is_perfect, RIGHT_SPREAD),
        *_unusual(Sign.RIGHT, homes, is_nearly_right, RIGHT_SPREAD),
        *(SignLink(Sign.WRONG, refs_of(same), is_strong=True) for _wrong, same in alike),
        *_phones(entries),
        *_names(entries),
    ]
    flags = _flags(links)
    flags[Sign.BLIND], flags[Sign.FAST], flags[Sign.BURST] = refs_of(blind), swift, _bursts(entries)
    shared = {wrong for wrong, _same in alike}
    flags[Sign.WRONG] = refs_of(entry for entry in entries if entry.wrong in shared)
    return Signs(flags, [*links, *_confirmed(links, flags)])


def _flags(links: Iterable[SignLink]) -> dict[Sign, frozenset[str]]:
    found: dict[Sign, set[str]] = {sign: set() for sign in Sign}
    for each in links:
        found[each.sign] |= each.refs
    return {sign: frozenset(refs) for sign, refs in found.items()}


def is_blind(entry: ReviewedEntry, size: PaperSize) -> bool:
    """Whether the entry took less time than tapping the answers takes."""
    return entry.is_own and entry.duration_ms < size.tapping_ms


def is_fast(entry: ReviewedEntry, size: PaperSize) -> bool:
    """Whether a first attempt took less time than reading the paper takes; a later one has read it before."""
    return entry.is_own and entry.is_first and entry.duration_ms < size.reading_ms


def is_nearly_right(entry: ReviewedEntry) -> bool:
    """Whether the entry is all correct, or has one wrong answer."""
    return entry.is_perfect or len(entry.wrong) == 1


def _fast(blind: Sequence[ReviewedEntry], fast: Sequence[ReviewedEntry]) -> Iterator[SignLink]:
    """Join *blind* entries that were made within one time; perfect *fast* ones are weak signs, each by itself."""
    for group in gatherings(blind):
        if len(group) > 1 or group[0].is_perfect:
            yield SignLink(Sign.BLIND, refs_of(group), is_strong=True)
    for entry in fast:
        if entry.is_perfect:
            yield SignLink(Sign.FAST, frozenset({entry.ref}), is_strong=False)


def _unusual(sign: Sign, homes: Sequence[Home], has: Has, spread: float) -> Iterator[SignLink]:
    """Join entries of one address with a property that the rest of the round has less often."""
    for group in unusual_groups(homes, has, spread=spread):
        yield SignLink(sign, refs_of(group), is_strong=True)


def _people_by_device(openings: Iterable[Opening]) -> dict[bytes, list[str]]:
    """Return who opened the paper on each device, in the order in which they first did.

    Left out are devices of one person who used no device with others: they join nothing.
    """
    every = list(openings)
    owners, shared = dict[bytes, str](), set[bytes]()
    for device, ref, _begun in every:
        if owners.setdefault(device, ref) != ref:
            shared.add(device)
    several = {ref for device, ref, _begun in every if device in shared}
    people: dict[bytes, dict[str, None]] = defaultdict(dict)
    mine = [opening for opening in every if opening.ref in several]
    for device, ref, _begun in sorted(mine, key=lambda each: (each.begun_ms, each.ref)):
        people[device][ref] = None
    return {device: list(refs) for device, refs in people.items()}


def _shared(devices: Iterable[Sequence[str]], counted: Collection[str], family: int) -> Iterator[SignLink]:
    """Join the people of one device: more than a *family*, or those who opened a paper that it had shown before."""
    for people in devices:
        if len(people) < 2:
            continue
        submitted = [ref for ref in people if ref in counted]
        if len(people) > family:
            yield from link(Sign.DEVICE, submitted, is_strong=True)
        yield from link(Sign.SEEN, [ref for ref in people[1:] if ref in counted], is_strong=False)
        yield from link(Sign.SEEN, submitted, is_strong=False, fewest=2)


def _phones(entries: Sequence[ReviewedEntry]) -> Iterator[SignLink]:
    """Join telephone numbers in a row (closer together the more there are in the round), and those of one number."""
    owners = sorted((entry for entry in entries if entry.phone), key=_number)
    numbers = [_number(entry) for entry in owners]
    starts = [at for at, number in enumerate(numbers) if not at or number != numbers[at - 1]]
    for start, end in pairwise([*starts, len(owners)]):
        if end - start > 1:
            yield from link(Sign.PHONE, [entry.ref for entry in owners[start:end]], is_strong=False)
    apart = max(1, min(MOST_APART, 100_000 // max(1, len(starts))))
    breaks = [at for at in range(1, len(starts)) if numbers[starts[at]] - numbers[starts[at - 1]] > apart]
    for first, last in pairwise([0, *breaks, len(starts)]):
        if last - first >= FEWEST_IN_A_ROW:
            end = starts[last] if last < len(starts) else len(owners)
            yield from link(Sign.PHONES, [entry.ref for entry in owners[starts[first] : end]], is_strong=False)


def _number(entry: ReviewedEntry) -> int:
    return int(entry.phone)


def _confirmed(links: Iterable[SignLink], flags: Mapping[Sign, frozenset[str]]) -> Iterator[SignLink]:
    """Join those of telephone numbers in a row, or of one name at one address, who bear a sign of how they answered as
    well.

    Anybody can register the numbers beside a rival's, or the rival's name on the rival's Wi-Fi, and would put the rival
    among their own entries.
    """
    others = frozenset[str]().union(*(flags[sign] for sign in OF_THE_ENTRY))
    for each in links:
        if each.sign in {Sign.PHONES, Sign.TWINS}:
            yield from link(each.sign, sorted(each.refs & others), is_strong=True, fewest=2)


def _names(entries: Sequence[ReviewedEntry]) -> Iterator[SignLink]:
    """Join people of one unit with the same name and birth year, once more where they share the address of a home."""
    crowd = Counter(entry.address for entry in entries)
    named = [entry for entry in entries if entry.name]
    for group in repeated(named, lambda entry: (entry.name, entry.birth_year, entry.unit_id)):
        yield from link(Sign.NAMES, [entry.ref for entry in group], is_strong=False)
        at_home = [entry for entry in group if entry.address and crowd[entry.address] <= MOST_AT_HOME]
        for near in grouped(at_home, lambda entry: entry.address):
            yield from link(Sign.TWINS, [entry.ref for entry in near], is_strong=False, fewest=2)


def _bursts(entries: Sequence[ReviewedEntry]) -> frozenset[str]:
    """Return the entries of ten minutes that had far more than the other busy ten minutes of the round."""
    slots = Counter(entry.begun_ms // WINDOW_MS for entry in entries if entry.is_own)
    total, busy = slots.total(), set[int]()
    for slot, count in slots.items():
        usual = max(1.0, (total - count) / max(1, len(slots) - 1))
        if len(slots) > 1 and poisson_tail(count, usual) * len(slots) < BY_CHANCE:
            busy.add(slot)
    return refs_of(entry for entry in entries if entry.is_own and entry.begun_ms // WINDOW_MS in busy)
