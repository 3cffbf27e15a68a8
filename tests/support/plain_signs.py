"""The signs of a round in the plainest words, group by group, as they were written before they were made fast: the
expectation of `test_signs_at_size`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quiz.results.rules.addresses import FEWEST_ELSEWHERE, MOST_AT_HOME, UNUSUAL
from quiz.results.rules.chance import BY_CHANCE, beta_binomial_tail, poisson_tail
from quiz.results.rules.reviewed import (
    WINDOW_MS,
    Opening,
    PaperSize,
    ReviewedEntry,
    Sign,
)
from quiz.results.rules.signs import (
    FAST_SPREAD,
    FEWEST_IN_A_ROW,
    MOST_APART,
    OF_THE_ENTRY,
    RIGHT_SPREAD,
)
from quiz.results.rules.wrong_answers import FEWEST_OUTSIDE, LOCAL_FAVOURITE
from tests.support.plain_clusters import PlainSigns, SignLink

Has = Callable[[ReviewedEntry], bool]


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


def is_blind(entry: ReviewedEntry, size: PaperSize) -> bool:
    """Whether the entry took less time than tapping the answers takes."""
    return entry.is_own and entry.duration_ms < size.tapping_ms


def is_fast(entry: ReviewedEntry, size: PaperSize) -> bool:
    """Whether a first attempt took less time than reading the paper takes; a later one has read it before."""
    return entry.is_own and entry.is_first and entry.duration_ms < size.reading_ms


def is_nearly_right(entry: ReviewedEntry) -> bool:
    """Whether the entry is all correct, or has one wrong answer."""
    return entry.is_perfect or len(entry.wrong) == 1


@dataclass(frozen=True, slots=True)
class _Rate:
    """How many entries of a round have a property, each address weighed as a home at most."""

    having: float
    weight: float

    def without(self, group: Sequence[ReviewedEntry], has: Has) -> _Rate:
        """Return the rate behind all other addresses than that of *group*, which is the whole of its address."""
        own = _rate_of([group], has)
        return _Rate(self.having - own.having, self.weight - own.weight)

    @property
    def share(self) -> float:
        """The share, never 0 or 1: what was seen and one entry more of either kind."""
        return (self.having + 1) / (self.weight + 2)


def unusual_groups(entries: Sequence[ReviewedEntry], has: Has, *, spread: float) -> list[list[ReviewedEntry]]:
    """Return, for each address, the entries with the property from those of its gatherings, or from all the rest of it,
    where it is more frequent than behind the other addresses; addresses without such entries are left out.

    Source: `algorithms` 10. Honest halls, schools and offices differ from each other more than chance alone makes
    people differ: the count is measured against a beta-binomial distribution whose shares have the variance *spread*
    times that of a single entry. An address never counts towards its own expected rate, however long the pauses
    that it makes, and many addresses of few entries count for more than few of many.
    """
    homes = grouped([entry for entry in entries if entry.is_own and entry.address], lambda entry: entry.address)
    rate, compared = _rate_of(homes, has), sum(_comparisons(home) for home in homes)
    found: list[list[ReviewedEntry]] = []
    for home in homes:
        elsewhere = rate.without(home, has)
        if elsewhere.weight >= FEWEST_ELSEWHERE:
            found.append(_unusual(home, has, elsewhere.share, spread, UNUSUAL / max(1, compared)))
    return [group for group in found if group]


def _unusual(
    home: Sequence[ReviewedEntry], has: Has, share: float, spread: float, by_chance: float
) -> list[ReviewedEntry]:
    """Return the entries of the unusual gatherings of an address, and of what is left if that is unusual together."""
    found: list[ReviewedEntry] = []
    left: list[ReviewedEntry] = []
    for part in gatherings(home):
        having = [entry for entry in part if has(entry)]
        if beta_binomial_tail(len(having), len(part), share, spread) < by_chance:
            found += having
        else:
            left += part
    rest = [entry for entry in left if has(entry)]
    if beta_binomial_tail(len(rest), len(left), share, spread) < by_chance:
        found += rest
    return found


def _comparisons(home: Sequence[ReviewedEntry]) -> int:
    """Return how many comparisons an address makes that could come out: those of two entries or more."""
    sizes = [len(part) for part in gatherings(home)]
    return sum(size > 1 for size in sizes) + (len(sizes) > 1)


def _rate_of(homes: Sequence[Sequence[ReviewedEntry]], has: Has) -> _Rate:
    weights = [min(len(home), MOST_AT_HOME) for home in homes]
    having = sum(weight * sum(map(has, home)) / len(home) for weight, home in zip(weights, homes, strict=True))
    return _Rate(having, sum(weights))


Answers = frozenset[tuple[str, str]]
Block = Sequence[ReviewedEntry]


def same_wrong_answers(
    entries: Sequence[ReviewedEntry], devices: Mapping[str, bytes]
) -> list[tuple[Answers, list[ReviewedEntry]]]:
    """Return the wrong answers that too many entries of one block share, each with these entries.

    Source: `algorithms` 10 b. A block is a device (*devices* by entry), an address, or ten minutes. Compared are the
    entries of a block that are wrong in exactly the same questions. λ of a pair is the sum, over these questions, of
    the choice's share among the wrong answers outside the block. For the n entries of a block with the same answers,
    the matches of n − 1 pairs are measured against the λ of all pairs that could have been made with one of them, by
    the Poisson tail, times the number of pairs of the round. Entries without a wrong answer are in none.
    """
    blocks = list(_blocks([entry for entry in entries if entry.is_own and entry.wrong], devices))
    everywhere = _counted(entries)
    compared = [(group, everywhere - _counted(block)) for block in blocks for group in _alike(block)]
    pairs = sum(len(group) * (len(group) - 1) // 2 for group, _elsewhere in compared)
    return [
        (same[0].wrong, same)
        for group, elsewhere in compared
        for same in grouped(group, lambda entry: entry.wrong)
        if len(same) > 1 and _chance(same, len(group), elsewhere) * pairs < BY_CHANCE
    ]


def _blocks(entries: Sequence[ReviewedEntry], devices: Mapping[str, bytes]) -> Iterator[Block]:
    yield from grouped([entry for entry in entries if entry.ref in devices], lambda entry: devices[entry.ref])
    yield from grouped([entry for entry in entries if entry.address], lambda entry: entry.address)
    yield from grouped(entries, lambda entry: entry.begun_ms // WINDOW_MS)


def _alike(block: Block) -> list[list[ReviewedEntry]]:
    """Return the groups of a block that are wrong in the same questions."""
    groups = grouped(block, lambda entry: frozenset(question for question, _choice in entry.wrong))
    return [group for group in groups if len(group) > 1]


def _counted(entries: Sequence[ReviewedEntry]) -> Counter[tuple[str, str]]:
    return Counter(answer for entry in entries for answer in entry.wrong)


def _chance(same: Sequence[ReviewedEntry], compared: int, elsewhere: Mapping[tuple[str, str], int]) -> float:
    wrong = same[0].wrong
    usual = sum(_share(answer, elsewhere) for answer in wrong)
    return poisson_tail((len(same) - 1) * len(wrong), (compared - 1) * usual)


def _share(answer: tuple[str, str], elsewhere: Mapping[tuple[str, str], int]) -> float:
    """Return the share of a choice among the wrong answers to its question: what was seen and one more of each kind; 1
    where too few were seen.
    """
    question, _choice = answer
    wrong = sum(count for (asked, _other), count in elsewhere.items() if asked == question)
    if wrong < FEWEST_OUTSIDE:
        return 1.0
    return max(LOCAL_FAVOURITE, (elsewhere.get(answer, 0) + 1) / (wrong + 2))


def find_signs(
    entries: Sequence[ReviewedEntry], openings: Iterable[Opening], size: PaperSize, *, family: int
) -> PlainSigns:
    """Return the signs of a round; *family* is how many people may share a phone, and so a device.

    No entries give no flags and no links; raises nothing.
    """
    devices = _people_by_device(openings)
    alike = same_wrong_answers(entries, {ref: device for device, people in devices.items() for ref in people})
    links = [
        *_fast(entries, size),
        *_shared(devices.values(), {entry.ref for entry in entries}, family),
        *_right(entries),
        *(SignLink(Sign.WRONG, refs_of(same), is_strong=True) for _wrong, same in alike),
        *_phones(entries),
        *_names(entries),
    ]
    flags = {sign: frozenset[str]().union(*(each.refs for each in links if each.sign is sign)) for sign in Sign}
    flags[Sign.BLIND] = refs_of(entry for entry in entries if is_blind(entry, size))
    flags[Sign.FAST] = refs_of(entry for entry in entries if is_fast(entry, size))
    flags[Sign.BURST] = _bursts(entries)
    shared = {wrong for wrong, _same in alike}
    flags[Sign.WRONG] = refs_of(entry for entry in entries if entry.wrong in shared)
    return PlainSigns(flags, [*links, *_confirmed(links, flags)])


def _fast(entries: Sequence[ReviewedEntry], size: PaperSize) -> Iterator[SignLink]:
    """Join blind entries that were made within one time, and fast ones of one address where they are unusual."""
    blind = [entry for entry in entries if is_blind(entry, size)]
    for group in gatherings(blind):
        if len(group) > 1 or group[0].is_perfect:
            yield SignLink(Sign.BLIND, refs_of(group), is_strong=True)
    for group in unusual_groups(entries, lambda entry: is_fast(entry, size), spread=FAST_SPREAD):
        yield SignLink(Sign.FAST, refs_of(group), is_strong=True)
    for entry in entries:
        if entry.is_perfect and is_fast(entry, size):
            yield SignLink(Sign.FAST, frozenset({entry.ref}), is_strong=False)


def _people_by_device(openings: Iterable[Opening]) -> dict[bytes, list[str]]:
    """Return who opened the paper on each device, in the order in which they first did."""
    people: dict[bytes, dict[str, None]] = defaultdict(dict)
    for opening in sorted(openings, key=lambda each: (each.begun_ms, each.ref)):
        people[opening.device][opening.ref] = None
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


def _right(entries: Sequence[ReviewedEntry]) -> Iterator[SignLink]:
    """Join entries of one address that are right, or nearly right, where the rest of the round is not."""
    for has in (lambda entry: entry.is_perfect, is_nearly_right):
        for group in unusual_groups(entries, has, spread=RIGHT_SPREAD):
            yield SignLink(Sign.RIGHT, refs_of(group), is_strong=True)


def _phones(entries: Sequence[ReviewedEntry]) -> Iterator[SignLink]:
    """Join telephone numbers in a row (closer together the more there are in the round), and those of one number."""
    by_number: dict[int, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.phone:
            by_number[int(entry.phone)].append(entry.ref)
    for refs in by_number.values():
        yield from link(Sign.PHONE, refs, is_strong=False, fewest=2)
    apart = max(1, min(MOST_APART, 100_000 // max(1, len(by_number))))
    for run in _runs(sorted(by_number), apart):
        if len(run) >= FEWEST_IN_A_ROW:
            yield from link(Sign.PHONES, [ref for number in run for ref in by_number[number]], is_strong=False)


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
    for group in grouped(entries, lambda entry: (entry.name, entry.birth_year, entry.unit_id)):
        if len(group) < 2 or not group[0].name:
            continue
        yield from link(Sign.NAMES, [entry.ref for entry in group], is_strong=False)
        at_home = [entry for entry in group if entry.address and crowd[entry.address] <= MOST_AT_HOME]
        for near in grouped(at_home, lambda entry: entry.address):
            yield from link(Sign.TWINS, [entry.ref for entry in near], is_strong=False, fewest=2)


def _bursts(entries: Sequence[ReviewedEntry]) -> frozenset[str]:
    """Return the entries of ten minutes that had far more than the other busy ten minutes of the round."""
    slots = grouped([entry for entry in entries if entry.is_own], lambda entry: entry.begun_ms // WINDOW_MS)
    found: list[ReviewedEntry] = []
    total = sum(len(slot) for slot in slots)
    for slot in slots:
        usual = max(1.0, (total - len(slot)) / max(1, len(slots) - 1))
        if len(slots) > 1 and poisson_tail(len(slot), usual) * len(slots) < BY_CHANCE:
            found += slot
    return refs_of(found)


def _runs(numbers: Sequence[int], apart: int) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and number - run[-1] > apart:
            yield run
            run = []
        run.append(number)
    if run:
        yield run
