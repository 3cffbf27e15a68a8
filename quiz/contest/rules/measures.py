"""The measure that a prize of units names, as plans write it, and the prizes of a contest by their measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import CollectiveMeasure

_TAKES_PART = r"(?: (?:dự thi|tham gia|tham gia dự thi))?"
_NAMED = re.compile(r"\b(?:xếp theo|về|theo) (?P<measure>.+)", re.I)
_WORDS: dict[CollectiveMeasure, re.Pattern[str]] = {
    CollectiveMeasure.TURNS: re.compile(rf"(?:tổng )?(?:số )?(?:lượng )?lượt(?: người| thi)?{_TAKES_PART}", re.I),
    CollectiveMeasure.PEOPLE: re.compile(rf"(?:tổng )?số (?:lượng )?(?:người|thí sinh){_TAKES_PART}", re.I),
    CollectiveMeasure.RATE: re.compile(
        rf"(?:t[ỷỉ] lệ(?: số)?(?: người)?{_TAKES_PART}(?: (?:trên|so với) (?:tổng )?(?:số dân|dân số))?"
        rf"|số người{_TAKES_PART} (?:trên|so với) (?:tổng )?(?:số dân|dân số))",
        re.I,
    ),
    CollectiveMeasure.WINNERS: re.compile(r"(?:tổng )?số giải(?: cá nhân)?(?: đã xác nhận)?", re.I),
    CollectiveMeasure.POINTS: re.compile(
        r"(?:tổng )?(?:số )?(?:điểm|câu (?:trả lời )?đúng(?: của các bài được tính)?)", re.I
    ),
}


class UnknownMeasure(Exception):
    """A prize names a measure that cannot be read; carries the words."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def named_measure(name: str) -> CollectiveMeasure | None:
    """Return the measure at the end of a prize's *name*; None where it names none.

    >>> named_measure("Giải Nhất tập thể về số lượt"), named_measure("Giải Nhất tập thể")
    (<CollectiveMeasure.TURNS: 'turns'>, None)

    Raises:
        UnknownMeasure: it names one that no contest has.
    """
    found = _NAMED.search(name)
    if found is None:
        return None
    words = " ".join(found["measure"].split()).rstrip(" .,;)")
    for measure, pattern in _WORDS.items():
        if pattern.fullmatch(words):
            return measure
    raise UnknownMeasure(words)


def beside(tier: Tier, main: CollectiveMeasure | None) -> Tier:
    """Return *tier* with a measure of its own only where that differs from the contest's *main* one.

    Turns are those of the contest, capped where it caps them.
    """
    is_capped = main is CollectiveMeasure.CAPPED and tier.measure is CollectiveMeasure.TURNS
    return replace(tier, measure=None) if tier.measure is main or is_capped else tier


def settle_measures(
    tiers: Sequence[Tier], declared: CollectiveMeasure | None
) -> tuple[CollectiveMeasure | None, list[Tier]]:
    """Return the contest's measure, and *tiers* with their own ones where they differ from it.

    It is the *declared* one where a prize goes by it, else that of the first prize; None where a prize has none.
    """
    settled = [beside(tier, declared) for tier in tiers]
    if not settled or any(tier.measure is None for tier in settled):
        return declared, settled
    main = settled[0].measure
    return main, [beside(tier, main) for tier in settled]


def by_measure(tiers: Iterable[Tier], main: CollectiveMeasure | None) -> dict[CollectiveMeasure, list[Tier]]:
    """Return the prizes of each measure, in the order of the first of each; those without any are left out."""
    found: dict[CollectiveMeasure, list[Tier]] = {}
    for tier in tiers:
        measure = tier.measure or main
        if measure is not None:
            found.setdefault(measure, []).append(tier)
    return found
