"""Find entries that chose the same wrong answers more often than people who are wrong do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache

from quiz.results.rules.chance import BY_CHANCE, poisson_tail
from quiz.results.rules.reviewed import WINDOW_MS, ReviewedEntry, repeated

LOCAL_FAVOURITE = 0.25
"""A choice counts as no rarer than this among wrong answers: people of one place have favourites of their own."""
FEWEST_OUTSIDE = 20
"""Wrong answers to a question outside the block below which nothing is known of its favourites, as where one hall is
most of the round: every wrong answer may then be the same.
"""

ROUNDING = 1.001
"""How far rounding may part two calculations of a chance, amply."""

Answers = frozenset[tuple[str, str]]
Group = Sequence[ReviewedEntry]
Block = Callable[[ReviewedEntry], Hashable]
"""Returns the value that the entries of a block share; None for an entry in none."""


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
    own = [entry for entry in entries if entry.is_own and entry.wrong]
    compared = [(block, group) for block in _blocks(devices) for group in _alike(own, block)]
    pairs = sum(len(group) * (len(group) - 1) // 2 for _block, group in compared)
    found = list[tuple[Block, Group, list[ReviewedEntry]]]()
    likely = lru_cache(maxsize=100_000)(_likely_at_best)
    for block, group in compared:
        for same in repeated(group, lambda entry: entry.wrong):
            if likely(len(same), len(group), len(same[0].wrong)) * pairs < BY_CHANCE * ROUNDING:
                found.append((block, group, same))
    outside = _Outside(entries, own, {(block, block(same[0])) for block, _group, same in found})
    return [
        (same[0].wrong, same)
        for block, group, same in found
        if _chance(same, len(group), outside.of(block, same[0])) * pairs < BY_CHANCE
    ]


def _blocks(devices: Mapping[str, bytes]) -> list[Block]:
    return [
        lambda entry: devices.get(entry.ref),
        lambda entry: entry.address,
        lambda entry: entry.begun_ms // WINDOW_MS,
    ]


def _alike(entries: Sequence[ReviewedEntry], block: Block) -> list[list[ReviewedEntry]]:
    """Return the groups of entries of a block that are wrong in the same questions."""
    questions = {wrong: frozenset(asked for asked, _choice in wrong) for wrong in {entry.wrong for entry in entries}}
    mine = [entry for entry in entries if block(entry) not in (None, b"")]
    return repeated(mine, lambda entry: (block(entry), questions[entry.wrong]))


def _counted(entries: Iterable[ReviewedEntry]) -> Counter[tuple[str, str]]:
    found = Counter[tuple[str, str]]()
    for wrong, count in Counter(entry.wrong for entry in entries).items():
        for answer in wrong:
            found[answer] += count
    return found


class _Outside:
    """The wrong answers of a round outside those blocks that are looked into more closely, which are few."""

    def __init__(
        self, entries: Sequence[ReviewedEntry], own: Sequence[ReviewedEntry], wanted: Collection[tuple[Block, Hashable]]
    ) -> None:
        self._everywhere = _counted(entries) if wanted else Counter()
        self._inside: dict[tuple[Block, Hashable], list[ReviewedEntry]] = {each: [] for each in wanted}
        for block in {block for block, _key in wanted}:
            for entry in own:
                place = block, block(entry)
                if place in self._inside:
                    self._inside[place].append(entry)

    def of(self, block: Block, entry: ReviewedEntry) -> Counter[tuple[str, str]]:
        """Return the wrong answers outside the block of *entry*."""
        return self._everywhere - _counted(self._inside[block, block(entry)])


def _likely_at_best(same: int, compared: int, wrong: int) -> float:
    """Return the least that `_chance` can be: every choice is as rare as a choice can count."""
    return poisson_tail((same - 1) * wrong, (compared - 1) * LOCAL_FAVOURITE * wrong)


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
