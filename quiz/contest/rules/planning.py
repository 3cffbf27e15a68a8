"""The path from a plan to an open contest: its steps, how questions are spread over rounds, and what is missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from quiz.contest.rules.headcounts import LEAST_RATED
from quiz.contest.rules.presets import Eligibility


class PlanStep(StrEnum):
    """A step of the path; its value is its place in the address."""

    NAMES = "ten"
    SCHEDULE = "lich"
    RULES = "the-le"
    QUESTIONS = "cau-hoi"
    PRIZES = "giai"
    CHECK = "xem-lai"


BIT: dict[PlanStep, int] = {PlanStep.NAMES: 1, PlanStep.SCHEDULE: 2, PlanStep.RULES: 4, PlanStep.PRIZES: 8}
"""The bit of each step that a person confirms; questions are there or not, and the check confirms nothing."""


def confirmed(bits: int) -> frozenset[PlanStep]:
    """Return the steps in stored *bits*.

    >>> sorted(confirmed(3))
    [<PlanStep.SCHEDULE: 'lich'>, <PlanStep.NAMES: 'ten'>]
    """
    return frozenset(step for step, bit in BIT.items() if bits & bit)


def after(step: PlanStep) -> PlanStep:
    """Return the step that follows; the check is the last."""
    steps = list(PlanStep)
    return steps[min(steps.index(step) + 1, len(steps) - 1)]


def before(step: PlanStep) -> PlanStep:
    """Return the step before; the first has none and is returned."""
    steps = list(PlanStep)
    return steps[max(steps.index(step) - 1, 0)]


def spread(count: int, rounds: int, each: int | None = None) -> list[slice]:
    """Return the share of each round of *count* questions in the order of the file.

    With *each* a round gets that many while they last, and what is left over belongs to no round. Without it all are
    spread evenly, the first rounds getting one more. No rounds give an empty list.

    >>> [(part.start, part.stop) for part in spread(10, 4)]
    [(0, 3), (3, 6), (6, 8), (8, 10)]
    >>> [(part.start, part.stop) for part in spread(25, 4, each=10)]
    [(0, 10), (10, 20), (20, 25), (25, 25)]
    """
    shares, at = [], 0
    for number in range(rounds):
        most = each if each is not None else count // rounds + (number < count % rounds)
        stop = min(count, at + most)
        shares.append(slice(at, stop))
        at = stop
    return shares


class RoundFacts(NamedTuple):
    """The opening of a round and the number of its questions."""

    number: int
    opens_at: datetime
    questions: int


@dataclass(frozen=True)
class PlanFacts:
    """The values that the check of a plan reads."""

    steps: frozenset[PlanStep]
    rounds: Sequence[RoundFacts]
    shown: int | None
    """The number of questions drawn for each attempt; None asks all."""
    prizes: Collection[int | None]
    """The amounts of the prizes; None for one that is not declared."""
    has_hotline: bool
    has_approver: bool
    """Whether a second person can approve the publication, or none is needed."""
    has_unrelated_approver: bool
    """Whether one of these was not made by the organiser's own chain of accounts, or none is needed."""
    eligibility: Eligibility
    has_list: bool
    """Whether there is what the eligibility needs: a roster, or entry cards."""
    rated: tuple[int, int] | None = None
    """The units with a usable headcount and those without, where prizes of units go by headcounts; None elsewhere."""


class Lack(StrEnum):
    """A thing that a plan still needs; a contest can't open with one of `MUST`."""

    UNSEEN = "unseen"
    UNSEEN_PRIZES = "unseen-prizes"
    BEGUN = "begun"
    FIRST_BLANK = "first-blank"
    TOO_FEW = "too-few"
    BLANK = "blank"
    UNEVEN = "uneven"
    NO_PRIZES = "no-prizes"
    NO_AMOUNTS = "no-amounts"
    NO_HOTLINE = "no-hotline"
    NO_APPROVER = "no-approver"
    RELATED_APPROVERS = "related-approvers"
    NO_ROSTER = "no-roster"
    NO_CARDS = "no-cards"
    NO_RATES = "no-rates"
    UNRATED = "unrated"


MUST = frozenset({Lack.UNSEEN, Lack.UNSEEN_PRIZES, Lack.BEGUN, Lack.FIRST_BLANK, Lack.TOO_FEW, Lack.NO_RATES})


class Missing(NamedTuple):
    """A lack, the step that mends it (None where no step does), and the rounds that it is about."""

    lack: Lack
    step: PlanStep | None
    rounds: tuple[int, ...] = ()

    @property
    def is_must(self) -> bool:
        """Whether the contest can't open with it."""
        return self.lack in MUST


def missing(facts: PlanFacts, now: datetime) -> list[Missing]:
    """Return what a plan lacks at *now*, what keeps it from opening first; a complete plan lacks nothing."""
    found = [*_unseen(facts), *_rounds(facts, now), *_prizes(facts), *_people(facts)]
    return sorted(found, key=lambda each: not each.is_must)


def _unseen(facts: PlanFacts) -> list[Missing]:
    unseen = [step for step in BIT if step not in facts.steps]
    return [Missing(Lack.UNSEEN_PRIZES if step is PlanStep.PRIZES else Lack.UNSEEN, step) for step in unseen]


def _rounds(facts: PlanFacts, now: datetime) -> list[Missing]:
    first, blank = facts.rounds[0], [each.number for each in facts.rounds if not each.questions]
    few = [each.number for each in facts.rounds if 0 < each.questions < (facts.shown or 0)]
    later = [number for number in blank if number != first.number]
    counts = {each.questions for each in facts.rounds if each.questions}
    found = [Missing(Lack.BEGUN, PlanStep.SCHEDULE)] if first.opens_at <= now else []
    found += [Missing(Lack.FIRST_BLANK, PlanStep.QUESTIONS, (first.number,))] if first.number in blank else []
    found += [Missing(Lack.TOO_FEW, PlanStep.QUESTIONS, tuple(few))] if few else []
    found += [Missing(Lack.BLANK, PlanStep.QUESTIONS, tuple(later))] if later else []
    return found + ([Missing(Lack.UNEVEN, PlanStep.QUESTIONS)] if len(counts) > 1 and facts.shown is None else [])


def _prizes(facts: PlanFacts) -> list[Missing]:
    if PlanStep.PRIZES not in facts.steps:
        return []  # the step offers some, which are none of the contest yet
    found = _rates(facts.rated)
    if not facts.prizes:
        return [*found, Missing(Lack.NO_PRIZES, PlanStep.PRIZES)]
    return [*found, Missing(Lack.NO_AMOUNTS, PlanStep.PRIZES)] if None in facts.prizes else found


def _rates(rated: tuple[int, int] | None) -> list[Missing]:
    """Return what keeps prizes by headcount from being decided: fewer than two units can be compared, or some can't."""
    if rated is None:
        return []
    with_one, without = rated
    if with_one < LEAST_RATED:
        return [Missing(Lack.NO_RATES, PlanStep.PRIZES)]
    return [Missing(Lack.UNRATED, PlanStep.PRIZES)] if without else []


def _people(facts: PlanFacts) -> list[Missing]:
    found = [] if facts.has_hotline else [Missing(Lack.NO_HOTLINE, PlanStep.NAMES)]
    if not facts.has_approver:
        found.append(Missing(Lack.NO_APPROVER, None))
    elif not facts.has_unrelated_approver:
        found.append(Missing(Lack.RELATED_APPROVERS, None))
    if facts.has_list or facts.eligibility not in (Eligibility.ROSTER, Eligibility.CARD):
        return found
    lack = Lack.NO_ROSTER if facts.eligibility is Eligibility.ROSTER else Lack.NO_CARDS
    return [*found, Missing(lack, None)]
