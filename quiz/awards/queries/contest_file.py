"""Everything that the files of a whole contest say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from quiz.awards.rules.bands import Band, score_bands
from quiz.boards.queries.board_lines import BoardLines, lines_of_blocs, lines_of_closed
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.queries import phase_of
from quiz.contest.queries.unit_at_close import unit_at_close
from quiz.contest.rules.schedule import Phase
from quiz.results.models import Result, RoundAnswers, Winner
from quiz.results.queries.result import find_result, newest_versions


@dataclass(frozen=True)
class ClosedWeek:
    """A closed round with its newest results."""

    round: Round
    result: Result


class GivenTier(NamedTuple):
    """A tier of prizes in a bloc; None where the contest has no blocs."""

    name: str
    bloc: int | None


@dataclass(frozen=True)
class ContestFile:
    """The closed rounds of a contest as its files tell them.

    People of `board` are different people of all closed rounds; people of a week are different within it.
    """

    contest: Contest
    weeks: Sequence[ClosedWeek]
    board: BoardLines
    blocs: Sequence[BoardLines]
    """The participation of each bloc; empty without blocs."""
    bands: Mapping[Band, int]
    tiers: Mapping[GivenTier, int]
    """Confirmed prizes by tier, in each bloc where the contest has blocs."""
    winners: Mapping[int, int]
    """Confirmed prizes by unit."""
    is_over: bool
    """Whether every round is published."""

    @property
    def perfect(self) -> int:
        """The all-correct entries, summed over the weeks."""
        return sum(week.result.perfect for week in self.weeks)

    def prizes_of(self, ref: int) -> int:
        """Return the confirmed prizes of a unit of the board, those of its villages included."""
        inside = [line.ref for line in self.board.villages.get(ref, ()) if line.ref != ref]
        return sum(self.winners.get(each, 0) for each in (ref, *inside))


def read_contest_file(session: Session, contest: Contest, now: datetime) -> ContestFile | None:
    """Return the file of *contest*; None before the first close."""
    closed = [round for round in contest.rounds if round.closed_at]
    found = [(round, find_result(session, round)) for round in closed]
    weeks = [ClosedWeek(round, result) for round, result in found if result is not None]
    if not weeks:
        return None
    prizes = _prizes(session, [week.round.id for week in weeks])
    return ContestFile(
        contest=contest,
        weeks=weeks,
        board=lines_of_closed(session, contest),
        blocs=lines_of_blocs(session, contest, None, now),
        bands=_bands(session, weeks),
        tiers={each: sum(count for tier, _unit, count in prizes if tier == each) for each in _given(contest, prizes)},
        winners={ref: sum(count for _tier, unit, count in prizes if unit == ref) for _tier, ref, _n in prizes},
        is_over=all(phase_of(round, now) is Phase.PUBLISHED for round in contest.rounds),
    )


def _prizes(session: Session, rounds: Sequence[int]) -> list[tuple[GivenTier, int, int]]:
    each = (
        select(Winner.tier, Participant.bloc, unit_at_close().label("unit"))
        .join(Participant, Participant.id == Winner.participant_id)
        .join(Round, Round.id == Winner.round_id)
        .where(Winner.state == "confirmed", Winner.needs_draw.is_(False), Winner.tier.is_not(None))
        .where(Winner.round_id.in_(rounds), tuple_(Winner.round_id, Winner.version).in_(newest_versions()))
        .subquery()
    )
    query = select(each, func.count()).group_by(each.c.tier, each.c.bloc, each.c.unit)
    return [(GivenTier(tier or "", bloc), unit, count) for tier, bloc, unit, count in session.execute(query)]


def _given(contest: Contest, prizes: Sequence[tuple[GivenTier, int, int]]) -> list[GivenTier]:
    """Return the individual tiers in the order of the contest, then those of older results."""
    own = [GivenTier(tier.name, bloc) for bloc in contest.numbered_blocs for tier in contest.tiers_for(bloc)]
    return list(dict.fromkeys([*own, *(tier for tier, _unit, _n in prizes)]))


def _bands(session: Session, weeks: Sequence[ClosedWeek]) -> dict[Band, int]:
    found = Counter(dict.fromkeys(Band, 0))
    for week in weeks:
        answers = session.get(RoundAnswers, week.round.id)
        if answers is not None and answers.marks:
            found.update(score_bands({int(right): n for right, n in answers.marks.items()}, week.round.asked))
    return dict(found)
