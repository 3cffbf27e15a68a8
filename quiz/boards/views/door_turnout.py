"""The turnout of a contest on its front page: the people of each day, the leading units, the newest winners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from core.web.extensions import db, keyring
from quiz.boards.queries.board_lines import lines_of_round
from quiz.boards.queries.daily import people_by_day
from quiz.boards.rules.daily import Daily, daily
from quiz.boards.views.board_address import BoardView
from quiz.boards.views.board_page import BoardPage, board_page, choose_order
from quiz.contest import queries as contests
from quiz.contest.models import Contest, Round
from quiz.contest.queries.entering import units_by
from quiz.contest.rules.presets import GuessTarget
from quiz.contest.rules.schedule import Phase, days_of
from quiz.results.models import Winner
from quiz.results.models.contact import WINNERS
from quiz.results.queries.result import RoundOutcome, find_result, read_outcome


@dataclass(frozen=True)
class DoorTurnout:
    """The people of a round by day, and its board where two units have people."""

    round: Round
    is_open: bool
    daily: Daily
    board: BoardPage | None
    units: int
    """How many units take part in the round."""


class RoundDays(NamedTuple):
    """A round and its people by day."""

    round: Round
    daily: Daily


class ShownPrize(NamedTuple):
    """A winner, and the place of the prize among the prizes, 1 for the first."""

    row: Winner
    place: int


@dataclass(frozen=True)
class NewestWinners:
    """The winners of the round that was published last."""

    round: Round
    outcome: RoundOutcome
    prizes: Sequence[ShownPrize]


def turnout_of(contest: Contest, now: datetime) -> DoorTurnout | None:
    """Return the turnout of the newest round that has a day to show: on the first day of a week, of the week before."""
    newest = newest_daily(contest, now)
    if newest is None:
        return None
    is_open = contests.phase_of(newest.round, now) is Phase.OPEN
    units = len(units_by(contest, newest.round.number))
    return DoorTurnout(newest.round, is_open, newest.daily, round_board(contest, newest.round, now), units)


def newest_daily(contest: Contest, now: datetime) -> RoundDays | None:
    """Return the people by day of the newest round that has a day to show."""
    begun = (each for each in reversed(contest.rounds) if contests.phase_of(each, now) is not Phase.UPCOMING)
    found = ((round, daily_of(round, now)) for round in begun)
    return next((RoundDays(round, by_day) for round, by_day in found if by_day), None)


def daily_of(round: Round, now: datetime) -> Daily | None:
    """Return the people of each day; None where people guess their number, and before a day is over."""
    if round.declared.guess_target is GuessTarget.PEOPLE:
        return None
    until = round.shown_until(now)
    days = [each.day for each in days_of(contests.span_of(round), now)]
    return daily(days, people_by_day(db.session, round, until), until)


def newest_winners(round: Round) -> NewestWinners | None:
    """Return the winners of a published *round*; None before it has results."""
    result = find_result(db.session, round)
    if result is None:
        return None
    outcome = read_outcome(db.session, keyring(), result, (WINNERS,))
    return NewestWinners(round, outcome, shown_prizes(round, outcome))


def shown_prizes(round: Round, outcome: RoundOutcome) -> list[ShownPrize]:
    """Return the winners who are still in line, best first."""
    places = {tier.name: at for at, tier in enumerate(round.tiers, 1)}
    seated = [row for row in outcome.winners if row.state != "passed" and row.tier]
    return [ShownPrize(row, places.get(row.tier or "", len(places))) for row in seated]


def round_board(contest: Contest, round: Round, now: datetime) -> BoardPage | None:
    """Return the board of *round* in its usual order; None until two units have people."""
    found = lines_of_round(db.session, round, None, now)
    if sum(line.people > 0 for line in found.lines) < 2:
        return None
    return board_page(contest, found, BoardView(round, choose_order(found.lines, None)), ())
