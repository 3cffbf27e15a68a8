"""Find entries that chose the same wrong answers more often than people who are wrong do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

import numpy as np

from core.values.columns import Flags, Ints
from quiz.results.rules.chance import BY_CHANCE, poisson_tail
from quiz.results.rules.reviewed import WINDOW_MS, ReviewedColumns, groups_of, together

LOCAL_FAVOURITE = 0.25
"""A choice counts as no rarer than this among wrong answers: people of one place have favourites of their own."""
FEWEST_OUTSIDE = 20
"""Wrong answers to a question outside the block below which nothing is known of its favourites, as where one hall is
most of the round: every wrong answer may then be the same.
"""

ROUNDING = 1.001
"""How far rounding may part two calculations of a chance, amply."""

Answer = tuple[str, str]
"""A question and the wrong choice."""


def same_wrong_answers(entries: ReviewedColumns, devices: Ints) -> list[tuple[int, Ints]]:
    """Return the wrong answers that too many entries of one block share, each with these entries.

    Source: `algorithms` 10 b. A block is a device (*devices* by entry), an address, or ten minutes. Compared are the
    entries of a block that are wrong in exactly the same questions. λ of a pair is the sum, over these questions, of
    the choice's share among the wrong answers outside the block. For the n entries of a block with the same answers,
    the matches of n − 1 pairs are measured against the λ of all pairs that could have been made with one of them, by
    the Poisson tail, times the number of pairs of the round. Entries without a wrong answer are in none.
    """
    own = np.flatnonzero(entries.is_own & (_lengths(entries) > 0))
    keys = devices, entries.address, entries.begun_ms // WINDOW_MS
    questions = _questions(entries)
    blocks = [_Blocks(entries, own[key[own] >= 0], key, questions) for key in keys]
    pairs = sum(each.pairs for each in blocks)
    likely = lru_cache(maxsize=100_000)(_likely_at_best)

    def may_be(same: int, compared: int, wrong: int) -> bool:
        return likely(same, compared, wrong) * pairs < BY_CHANCE * ROUNDING

    found = [(block, *alike) for block in blocks for alike in block.alike(may_be)]
    everywhere = _counted(entries, np.arange(len(entries))) if found else Counter[Answer]()
    return [
        (int(entries.wrong[same[0]]), same)
        for block, same, compared in found
        if _chance(entries, same, compared, everywhere - _counted(entries, block.around(same[0]))) * pairs < BY_CHANCE
    ]


def _lengths(entries: ReviewedColumns) -> Ints:
    """Return in how many questions each entry is wrong."""
    lengths = np.array([len(wrong) for wrong in entries.answers], np.int64)
    return lengths[entries.wrong]


def _questions(entries: ReviewedColumns) -> Ints:
    """Return a number for the questions in which each entry is wrong."""
    known: dict[frozenset[str], int] = {}
    asked = [frozenset(question for question, _choice in wrong) for wrong in entries.answers]
    numbers = np.array([known.setdefault(each, len(known)) for each in asked], np.int64)
    return numbers[entries.wrong]


class _Blocks:
    """The entries at *places* in blocks of one *key*, and in each those that are wrong in the same *questions*."""

    def __init__(self, entries: ReviewedColumns, places: Ints, key: Ints, questions: Ints) -> None:
        self._entries, self._places, self._key = entries, places, key
        _codes, self._group = np.unique(together(key[places], questions[places]), return_inverse=True)
        self._sizes = np.bincount(self._group)
        self.pairs = int((self._sizes * (self._sizes - 1) // 2).sum())

    def alike(self, may_be: Callable[[int, int, int], bool]) -> Iterator[tuple[Ints, int]]:
        """Yield the entries of one block with the same wrong answers that *may be* too many, and how many are compared;
        that is decided from both numbers and that of the wrong answers.
        """
        rows = together(self._group, self._entries.wrong[self._places])
        _codes, first, codes, counts = np.unique(rows, return_index=True, return_inverse=True, return_counts=True)
        compared, wrong = self._sizes[self._group[first]], _lengths(self._entries)[self._places[first]]
        several = np.flatnonzero(counts > 1)
        numbers = zip(several.tolist(), *(each[several].tolist() for each in (counts, compared, wrong)), strict=True)
        wanted = [code for code, *row in numbers if may_be(*row)]
        mine = np.isin(codes, wanted)
        for places, code in zip(groups_of(self._places[mine], codes[mine]), wanted, strict=True):
            yield places, int(compared[code])

    def around(self, place: int) -> Ints:
        """Return the entries of the block of the one at *place*."""
        is_near: Flags = self._key[self._places] == self._key[place]
        return self._places[is_near]


def _counted(entries: ReviewedColumns, places: Ints) -> Counter[Answer]:
    """Return how often each wrong answer was given by the entries at *places*."""
    found = Counter[Answer]()
    different, counts = np.unique(entries.wrong[places], return_counts=True)
    for wrong, count in zip(different.tolist(), counts.tolist(), strict=True):
        for answer in entries.answers[wrong]:
            found[answer] += count
    return found


def _likely_at_best(same: int, compared: int, wrong: int) -> float:
    """Return the least that `_chance` can be: every choice is as rare as a choice can count."""
    return poisson_tail((same - 1) * wrong, (compared - 1) * LOCAL_FAVOURITE * wrong)


def _chance(entries: ReviewedColumns, same: Ints, compared: int, elsewhere: Mapping[Answer, int]) -> float:
    wrong = entries.answers[entries.wrong[same[0]]]
    usual = sum(_share(answer, elsewhere) for answer in wrong)
    return poisson_tail((len(same) - 1) * len(wrong), (compared - 1) * usual)


def _share(answer: Answer, elsewhere: Mapping[Answer, int]) -> float:
    """Return the share of a choice among the wrong answers to its question: what was seen and one more of each kind; 1
    where too few were seen.
    """
    question, _choice = answer
    wrong = sum(count for (asked, _other), count in elsewhere.items() if asked == question)
    if wrong < FEWEST_OUTSIDE:
        return 1.0
    return max(LOCAL_FAVOURITE, (elsewhere.get(answer, 0) + 1) / (wrong + 2))
