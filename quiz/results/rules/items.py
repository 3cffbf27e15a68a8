"""Statistics of the questions of a round from counts alone, in constant space, and the alarms that they give.

Source: Moodle's definitions (quiz statistics: facility index, discrimination index, discriminative efficiency and
effective weight), calculated from integers; Kelley (1939) for the band of the best 27 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import sqrt

MarkCounts = Mapping[tuple[int, int], int]
"""(mark of the question, mark of the whole paper) → papers."""
ChoiceCounts = Mapping[str, Sequence[int]]
"""Chosen letters → papers by the mark of the whole paper, from 0 on; no letters are a question without an answer."""

FEWEST = 30
"""Papers below which a question gives no alarm."""
FEWEST_IN_BAND = 10
"""Papers in the top band below which it gives none."""
BAND = 0.27
TOO_EASY = 0.97
SURE = 2
"""Standard errors by which chance is excluded, so that a hard question of a small round gives no alarm."""


@dataclass(frozen=True)
class ItemFigures:
    """The figures of one question; None where there is no spread to measure by.

    `facility` is the mean mark, `deviation` its standard deviation (n - 1); `index` and `efficiency` are per cents.
    """

    papers: int
    facility: float
    deviation: float | None
    index: float | None
    efficiency: float | None


class Alarm(StrEnum):
    """Something about a question that the organiser should look at, the most urgent first."""

    CHOSEN_BY_BEST = "chosen-by-best"
    """The best papers chose a wrong letter more often than the key: probably a wrong key."""
    NEGATIVE = "negative"
    """People who are good at the other questions are wrong in this one: probably a wrong key, or a trap."""
    TOO_EASY = "too-easy"


@dataclass(frozen=True)
class TopBand:
    """The papers with the best marks in the other questions: how many, and how many of them chose which letters."""

    papers: int
    chosen: Mapping[str, int]


def item_figures(counts: MarkCounts) -> ItemFigures | None:
    """Return the figures of a question; None without a paper.

    The discrimination index is the correlation of its mark with the rest of the paper's; the efficiency measures the
    covariance by the largest that these marks could have. Marks are whole numbers in any unit.
    """
    papers = sum(counts.values())
    if not papers:
        return None
    marks, rests, products = Counter[int](), Counter[int](), 0
    for (mark, total), count in counts.items():
        marks[mark] += count
        rests[total - mark] += count
        products += count * mark * (total - mark)
    first, second = _moments(marks), _moments(rests)
    shared = papers * products - first[0] * second[0]
    best = papers * sum(a * b * n for a, b, n in _paired(marks, rests)) - first[0] * second[0]
    spread = _variance(papers, first) * _variance(papers, second)
    return ItemFigures(
        papers=papers,
        facility=first[0] / papers,
        deviation=sqrt(_variance(papers, first) / (papers * (papers - 1))) if papers > 1 else None,
        index=100 * shared / sqrt(spread) if spread else None,
        efficiency=100 * shared / best if best else None,
    )


def effective_weights(items: Sequence[MarkCounts]) -> list[float]:
    """Return each question's share of the spread of the papers' marks, in per cent that add up to 100; 0 for one whose
    mark goes against the paper's. No spread at all gives zeros.
    """
    parts = [sqrt(max(0, _with_total(counts))) for counts in items]
    whole = sum(parts)
    return [100 * part / whole if whole else 0.0 for part in parts]


def mark_counts(choices: ChoiceCounts, right: str) -> Counter[tuple[int, int]]:
    """Return the counts of a question that is right with the letters *right*, and wrong with any other.

    >>> mark_counts({"A": [0, 2], "": [1, 0]}, "A") == {(1, 1): 2, (0, 0): 1}
    True
    """
    found = Counter[tuple[int, int]]()
    for letters, by_total in choices.items():
        for total, count in enumerate(by_total):
            if count:
                found[int(letters == right), total] += count
    return found


def top_band(choices: ChoiceCounts, right: str) -> TopBand:
    """Return the papers with the best rest marks: whole marks from the top down, until they are `BAND` of all."""
    by_rest: dict[int, Counter[str]] = {}
    for letters, by_total in choices.items():
        for total, count in enumerate(by_total):
            if count:
                by_rest.setdefault(total - int(letters == right), Counter())[letters] += count
    wanted = BAND * sum(sum(chosen.values()) for chosen in by_rest.values())
    band = Counter[str]()
    for rest in sorted(by_rest, reverse=True):
        band += by_rest[rest]
        if sum(band.values()) >= wanted:
            break
    return TopBand(sum(band.values()), dict(band))


def alarms(choices: ChoiceCounts, right: str) -> list[Alarm]:
    """Return what is odd about a question, the most urgent first; nothing with few papers."""
    found = item_figures(mark_counts(choices, right))
    if found is None or found.papers < FEWEST:
        return []
    return list(_alarms(found, top_band(choices, right), right))


def rival(band: TopBand, right: str) -> str | None:
    """Return the wrong letters that the band chose surely more often than the *right* ones; None without such."""
    wrong = {letters: count for letters, count in band.chosen.items() if letters and letters != right}
    if not wrong or band.papers < FEWEST_IN_BAND:
        return None
    letters = max(sorted(wrong), key=wrong.__getitem__)
    ahead, both = wrong[letters] - band.chosen.get(right, 0), wrong[letters] + band.chosen.get(right, 0)
    return letters if ahead > SURE * sqrt(both) else None


def _alarms(found: ItemFigures, band: TopBand, right: str) -> Iterator[Alarm]:
    if rival(band, right) is not None:
        yield Alarm.CHOSEN_BY_BEST
    if found.index is not None and found.index < -100 * SURE / sqrt(found.papers):
        yield Alarm.NEGATIVE
    if found.facility > TOO_EASY:
        yield Alarm.TOO_EASY


def _moments(marks: Mapping[int, int]) -> tuple[int, int]:
    """Return the sum and the sum of squares."""
    return sum(mark * n for mark, n in marks.items()), sum(mark * mark * n for mark, n in marks.items())


def _variance(papers: int, moments: tuple[int, int]) -> int:
    """Return n·Σx² - (Σx)², which is n·(n - 1) times the variance."""
    return papers * moments[1] - moments[0] ** 2


def _with_total(counts: MarkCounts) -> int:
    papers = sum(counts.values())
    marks = sum(mark * n for (mark, _total), n in counts.items())
    totals = sum(total * n for (_mark, total), n in counts.items())
    return papers * sum(mark * total * n for (mark, total), n in counts.items()) - marks * totals


def _paired(one: Mapping[int, int], other: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
    """Yield (mark, rest, papers) with both in rising order: the pairs of the largest covariance."""
    first, second = iter(sorted(one.items())), iter(sorted(other.items()))
    left, right = _next(first), _next(second)
    while left and right:
        count = min(left[1], right[1])
        yield left[0], right[0], count
        left = (left[0], left[1] - count) if left[1] > count else _next(first)
        right = (right[0], right[1] - count) if right[1] > count else _next(second)


def _next(pairs: Iterator[tuple[int, int]]) -> tuple[int, int] | None:
    return next((pair for pair in pairs if pair[1]), None)


def count_choices(
    papers: Iterable[tuple[Mapping[str, Collection[str]], int]],
    key: Mapping[str, frozenset[str] | None],
    *,
    is_drawn: bool,
) -> dict[str, dict[str, list[int]]]:
    """Return by question and chosen letters how many papers have each mark, from 0 to the number of questions.

    *papers* are answers with the number of equal papers, at least one of them answered; their marks are counted by
    *key*, in which None is a void question, right for everybody. Where questions *are drawn* for each paper, one
    without an answer is not known to have been asked and is left out.
    """
    found: dict[str, dict[str, list[int]]] = {question: {} for question in key}

    @cache
    def cell(question: str, chosen: tuple[str, ...]) -> tuple[bool, list[int]]:
        letters, right = "".join(sorted(chosen)), key[question]
        counts = [0] * (len(key) + 1)
        if letters or not is_drawn:
            counts = found[question].setdefault(letters, counts)
        return right is None or frozenset(letters) == right, counts

    for answers, count in papers:
        cells = [cell(question, tuple(answers.get(question, ()))) for question in key]
        total = sum(is_right for is_right, _counts in cells)
        for _is_right, counts in cells:
            counts[total] += count
    return found


def totals(choices: Mapping[str, ChoiceCounts]) -> dict[str, dict[str, int]]:
    """Return by question how many people chose which letters, whatever their marks; without those who chose none.

    >>> totals({"7": {"A": [0, 2], "": [1, 0]}, "8": {"": [1, 2]}})
    {'7': {'A': 2}}
    """
    found = {
        question: {letters: sum(counts) for letters, counts in by_letters.items() if letters}
        for question, by_letters in choices.items()
    }
    return {question: counts for question, counts in found.items() if counts}
