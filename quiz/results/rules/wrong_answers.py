"""Find entries that chose the same wrong answers more often than people who are wrong do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from quiz.results.rules.chance import BY_CHANCE, poisson_tail
from quiz.results.rules.reviewed import WINDOW_MS, ReviewedEntry, grouped

LOCAL_FAVOURITE = 0.25
"""A choice counts as no rarer than this among wrong answers: people of one place have favourites of their own."""
FEWEST_OUTSIDE = 20
"""Wrong answers to a question outside the block below which nothing is known of its favourites, as where one hall is
most of the round: every wrong answer may then be the same.
"""

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
