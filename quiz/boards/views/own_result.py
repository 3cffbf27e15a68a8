"""The view model of one's own result: the card, the place among all, the neighbours, and each question's share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.web.extensions import db
from quiz.attempt.models import Attempt
from quiz.boards.queries import own_place
from quiz.boards.rules.own_place import (
    Arc,
    Neighbour,
    Praise,
    ScoreGroup,
    placed,
    praise,
    ring,
    score_groups,
    within_seconds,
)
from quiz.contest.rules.presets import Criterion
from quiz.results.models import Result, StandingRow, Winner
from quiz.results.queries.own_paper import AnsweredQuestion, OwnPaper
from quiz.results.queries.result import FRONT, AttemptPlace, standing_value
from quiz.results.rules.answers import QuestionShares, hardest
from quiz.results.rules.blocs import part_at
from quiz.results.rules.ranking import gap


@dataclass(frozen=True)
class OwnStanding:
    """A place among all: `people` are ranked; `x` is the place of one's flag in %, `mine` one's own group."""

    rank: int
    people: int
    groups: Sequence[ScoreGroup]
    mine: ScoreGroup | None
    x: float
    neighbours: Sequence[Neighbour]
    unit: Criterion | None
    duration_ms: int | None

    @property
    def is_within_seconds(self) -> bool:
        """Whether less than a minute separates every neighbour, by time alone."""
        return within_seconds([each.gap for each in self.neighbours])


@dataclass(frozen=True)
class OwnResult:
    """A published result: arcs of the ring in the order of the paper, the prize's place among the prizes (0: none).

    `shares` are by position in the round; `hardest` is the position of the hardest question, `beaten` the question with
    the fewest right answers that was right on this paper.
    """

    arcs: Sequence[Arc]
    medal: int
    standing: OwnStanding | None
    praise: Praise
    beaten: AnsweredQuestion | None
    beaten_percent: int
    hardest: int | None
    shares: Mapping[int, QuestionShares]
    only_wrong: AnsweredQuestion | None = None
    """The one question that was not right."""

    @property
    def is_low(self) -> bool:
        """Whether what was right is said before the rank."""
        return self.praise in (Praise.HARD, Praise.RIGHT)


def own_result(
    attempt: Attempt, result: Result, place: AttemptPlace | None, prize: Winner | None, paper: OwnPaper
) -> OwnResult:
    """Return what the page of a published *attempt* shows."""
    shares = own_place.shares_of_questions(db.session, attempt.round)
    standing = _standing(attempt, result, place) if place else None
    beaten, percent = _beaten(paper, shares)
    given = attempt.round.tiers_for(attempt.participant.bloc)
    tiers = {tier.name: at for at, tier in enumerate(given, start=1)}
    wrong = [each for each in paper.questions if not each.is_right]
    positions = [each.position for each in attempt.round.questions]
    at = hardest([shares[each].right.percent if each in shares else None for each in positions])
    return OwnResult(
        arcs=ring([each.is_right for each in paper.questions]),
        medal=tiers.get(prize.tier or "", 0) if prize else 0,
        standing=standing,
        praise=_praise(attempt, standing, place, percent if beaten else None),
        beaten=beaten,
        beaten_percent=percent,
        hardest=None if at is None else positions[at],
        shares=shares,
        only_wrong=wrong[0] if len(wrong) == 1 else None,
    )


def _praise(attempt: Attempt, standing: OwnStanding | None, place: AttemptPlace | None, percent: int | None) -> Praise:
    if standing is None or place is None:
        return Praise.NONE
    return praise(
        rank=standing.rank,
        people=standing.people,
        correct=attempt.correct or 0,
        has_gap=place.gap is not None,
        hardest_right=None if percent is None else percent / 100,
    )


def _beaten(paper: OwnPaper, shares: Mapping[int, QuestionShares]) -> tuple[AnsweredQuestion | None, int]:
    """Return the right answer of this paper that the fewest people had, and their per cent."""
    right = [each for each in paper.questions if each.is_right and each.question.position in shares]
    if not right:
        return None, 0
    found = min(right, key=lambda each: shares[each.question.position].right.percent)
    return found, shares[found.question.position].right.percent


def _standing(attempt: Attempt, result: Result, place: AttemptPlace) -> OwnStanding:
    line = place.standing
    counts, part = own_place.people_by_score(db.session, result, line.bloc), part_at(result.parts, line.position)
    people = sum(counts.values())
    groups = score_groups(counts)
    beside = [_neighbour(line, other, attempt) for other in own_place.list_beside(db.session, result, line.position)]
    units = Counter(each.gap.criterion for each in beside if each.gap)
    unit = max(units, key=lambda each: (units[each], each is Criterion.DURATION)) if units else None
    return OwnStanding(
        rank=line.rank,
        people=people,
        groups=groups,
        mine=next((each for each in groups if each.low <= line.correct <= each.high), None),
        x=100 * (line.position - (part.first - 1 if part else 0) - 0.5) / people if people else 0.0,
        neighbours=placed(beside, unit) if unit else [],
        unit=unit,
        duration_ms=line.duration_ms,
    )


def _neighbour(own: StandingRow, other: StandingRow, attempt: Attempt) -> Neighbour:
    is_better = other.position < own.position
    above, below = (other, own) if is_better else (own, other)
    found = gap(standing_value(above), standing_value(below), attempt.round.declared.order)
    is_public = other.rank <= FRONT
    duration = other.duration_ms if is_public else None
    return Neighbour(other.rank, is_better, found, None, duration, is_tie=other.rank == own.rank)
