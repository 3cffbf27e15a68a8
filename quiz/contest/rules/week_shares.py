"""Which round gets which questions of a file: by the headings "Tuần n" of the file, or in even shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quiz.contest.rules.planning import spread


class RoundPlace(NamedTuple):
    """A round of a plan: the number of its week, and whether it takes questions from a file."""

    week: int
    is_taking: bool = True


@dataclass(frozen=True)
class Shares:
    """The questions of each round by their places in the file, from 0, those left over, and what does not fit."""

    parts: Sequence[Sequence[int]]
    left: Sequence[int]
    unknown: Mapping[int, int] = field(default_factory=dict)
    """The weeks of the file that the plan does not have, with the number of their questions."""
    taken: Mapping[int, int] = field(default_factory=dict)
    """The weeks whose rounds have questions already, with the number of theirs in the file."""
    blank: Sequence[int] = ()
    """The places of the rounds that would stay without any question."""
    unheaded: int = 0
    """The number of questions above the first heading."""

    @property
    def is_uneven(self) -> bool:
        """Whether rounds would get different numbers of questions."""
        return len({len(part) for part in self.parts if part}) > 1


def weeks_of_rounds(same_week: Sequence[bool]) -> list[int]:
    """Return the number of each round's week; *same_week* says of each whether it is another paper of the week before.

    >>> weeks_of_rounds([False, True, False])
    [1, 1, 2]
    """
    weeks: list[int] = []
    for is_same in same_week:
        weeks.append(weeks[-1] if is_same and weeks else (weeks[-1] if weeks else 0) + 1)
    return weeks


def share_evenly(count: int, rounds: Sequence[RoundPlace], each: int | None = None) -> Shares:
    """Return *count* questions spread over the rounds that take some, in the order of the file, as `spread` does."""
    taking = [at for at, round in enumerate(rounds) if round.is_taking]
    parts: list[Sequence[int]] = [()] * len(rounds)
    for at, part in zip(taking, spread(count, len(taking), each), strict=True):
        parts[at] = range(part.start, part.stop)
    return Shares(parts, range(sum(map(len, parts)), count))


def share_by_week(weeks: Sequence[int | None], rounds: Sequence[RoundPlace], each: int | None = None) -> Shares:
    """Return the questions of each round by the week that stands above them in the file, in its order.

    Several papers of one week share its questions evenly. A round gets at most *each*; what is over is left, as are the
    questions of weeks that have no round, or none that takes any, and those above the first heading.

    >>> share_by_week([1, 1, 2, 9], [RoundPlace(1), RoundPlace(2)]).parts
    [[0, 1], [2]]
    """
    parts: list[Sequence[int]] = [()] * len(rounds)
    for week in {round.week for round in rounds}:
        asked = [at for at, own in enumerate(weeks) if own == week]
        taking = [at for at, round in enumerate(rounds) if round.week == week and round.is_taking]
        for at, part in zip(taking, spread(len(asked), len(taking), each), strict=True):
            parts[at] = asked[part]
    counts = Counter(week for week in weeks if week is not None)
    known, open_weeks = {round.week for round in rounds}, {round.week for round in rounds if round.is_taking}
    given = {at for part in parts for at in part}
    return Shares(
        parts,
        [at for at in range(len(weeks)) if at not in given],
        unknown={week: counts[week] for week in sorted(counts.keys() - known)},
        taken={week: counts[week] for week in sorted(counts.keys() & known - open_weeks)},
        blank=[at for at, round in enumerate(rounds) if round.is_taking and not parts[at]],
        unheaded=sum(week is None for week in weeks),
    )
