"""The standings of a whole contest: how its rounds add up, and what breaks a tie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

MOST_PLACES = 20
MOST_POINTS = 1000
_LAST = 1 << 62  # larger than every sum of times


class SeasonMeasure(StrEnum):
    """The measure that a round adds: its right answers, or points by the place in it."""

    CORRECT = "correct"
    POINTS = "points"


class SeasonTie(StrEnum):
    """The steps that part equal people: less time, more right answers, more rounds won, more rounds taken."""

    DURATION = "duration"
    CORRECT = "correct"
    FIRSTS = "firsts"
    ROUNDS = "rounds"


class RoundLine(NamedTuple):
    """A person's line in the standings of one round."""

    round: int
    rank: int
    correct: int
    duration_ms: int | None


@dataclass(frozen=True)
class SeasonTotal:
    """A person's sums over the counted rounds; `rounds` are all rounds with a rank, `firsts` those won.

    The time is None where a counted round has none.
    """

    score: int
    correct: int
    duration_ms: int | None
    rounds: int
    firsts: int
    counted: tuple[int, ...]


@dataclass(frozen=True)
class SeasonRule:
    """How the rounds of a contest add up: all of them or the `best` ones, then the ties in order.

    `points` are those of the first places of a round; every later place has none. People of one rank have the same
    points. People who are equal in everything share a rank.
    """

    measure: SeasonMeasure = SeasonMeasure.CORRECT
    best: int | None = None
    points: tuple[int, ...] = ()
    ties: tuple[SeasonTie, ...] = (SeasonTie.DURATION,)

    def __post_init__(self) -> None:
        if self.best is not None and self.best < 1:
            raise ValueError("at least one round counts")
        if (self.measure is SeasonMeasure.POINTS) != bool(self.points):
            raise ValueError("points belong to a contest that adds points")
        if len(self.points) > MOST_PLACES or any(not 0 < each <= MOST_POINTS for each in self.points):
            raise ValueError("at most 20 places have points, from 1 to 1000")
        if list(self.points) != sorted(self.points, reverse=True):
            raise ValueError("a better place has no fewer points")
        if len(set(self.ties)) != len(self.ties):
            raise ValueError("a tie is broken by each criterion once")

    def to_dict(self) -> dict[str, object]:
        """Return the rule as JSON values, which `from_dict` reads."""
        return {
            "measure": self.measure.value,
            "best": self.best,
            "points": list(self.points),
            "ties": [each.value for each in self.ties],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SeasonRule:
        """Return the rule in stored JSON; ValueError, KeyError or TypeError on anything else.

        >>> SeasonRule.from_dict(SeasonRule(best=3).to_dict()).best
        3
        """
        best, points = data["best"], tuple(data["points"])
        if any(type(each) is not int for each in (*points, *([] if best is None else [best]))):
            raise ValueError("not whole numbers")
        return cls(SeasonMeasure(data["measure"]), best, points, tuple(SeasonTie(each) for each in data["ties"]))

    def score(self, line: RoundLine) -> int:
        """Return what one round adds.

        >>> SeasonRule(SeasonMeasure.POINTS, points=(5, 3)).score(RoundLine(1, 2, 9, None))
        3
        """
        if self.measure is SeasonMeasure.CORRECT:
            return line.correct
        return self.points[line.rank - 1] if line.rank <= len(self.points) else 0

    def total(self, lines: Sequence[RoundLine]) -> SeasonTotal:
        """Return a person's sums over their *lines*, one a round; no lines give zeros.

        The best rounds are those that add most; of equal ones that with less time, then the earlier round.
        """
        best = sorted(lines, key=lambda line: (-self.score(line), _time(line.duration_ms), line.round))[: self.best]
        times = [line.duration_ms for line in best if line.duration_ms is not None]
        return SeasonTotal(
            score=sum(map(self.score, best)),
            correct=sum(line.correct for line in best),
            duration_ms=sum(times) if len(times) == len(best) else None,
            rounds=len(lines),
            firsts=sum(line.rank == 1 for line in lines),
            counted=tuple(sorted(line.round for line in best)),
        )

    def key(self, total: SeasonTotal) -> tuple[int, ...]:
        """Return the value by which *total* is ranked; smaller is better. Times are compared by the second."""
        values = {
            SeasonTie.DURATION: _time(total.duration_ms) // 1000,
            SeasonTie.CORRECT: -total.correct,
            SeasonTie.FIRSTS: -total.firsts,
            SeasonTie.ROUNDS: -total.rounds,
        }
        return (-total.score, *(values[tie] for tie in self.ties))


def rank_season(totals: Iterable[tuple[str, SeasonTotal]], rule: SeasonRule) -> list[tuple[int, str, SeasonTotal]]:
    """Return each person with their competition rank (1, 2, 2, 4), best first; equal ones are listed by name."""
    lines = sorted(((rule.key(total), who, total) for who, total in totals), key=lambda line: line[:2])
    ranked: list[tuple[int, str, SeasonTotal]] = []
    for at, (key, who, total) in enumerate(lines):
        rank = ranked[-1][0] if at and lines[at - 1][0] == key else at + 1
        ranked.append((rank, who, total))
    return ranked


def _time(duration_ms: int | None) -> int:
    return _LAST if duration_ms is None else duration_ms
