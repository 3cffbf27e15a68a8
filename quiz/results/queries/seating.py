"""The front of a version's standings, down to its last prize, and the prizes that it gives."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from quiz.contest.models import Round
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.prizes import Tier
from quiz.results.models import Result, StandingRow
from quiz.results.queries.barred import find_barred
from quiz.results.queries.draws import list_drawn
from quiz.results.queries.result import list_winners, standing_value
from quiz.results.rules.draws import DrawOrder
from quiz.results.rules.prizes import Award, award, forgone
from quiz.results.rules.ranking import Standing


@dataclass(frozen=True)
class Front:
    """The lines of the standings from which prizes are given, with their positions by ref, those passed over, and the
    recorded draws.
    """

    round: Round
    standings: Sequence[Standing]
    positions: dict[str, int]
    passed: frozenset[str]
    draws: Sequence[DrawOrder]

    def awards(self, draws: Sequence[DrawOrder] | None = None) -> list[Award]:
        """Return the prizes by the recorded draws, or by *draws* in place of them."""
        rules, given = self.round.declared, self.draws if draws is None else draws
        return award(self.standings, self.round.tiers, rules.ties, self.passed, rules.most_sharing, given)

    def missed(self) -> dict[str, Award]:
        """Return the prizes that those passed over would have had, by ref."""
        rules = self.round.declared
        return forgone(self.standings, self.round.tiers, rules.ties, self.passed, rules.most_sharing, self.draws)


def read_front(session: Session, round: Round, result: Result) -> Front:
    """Return the front of *result*, the newest version of *round*'s results."""
    winners = list_winners(session, result)
    passed = frozenset(str(each.participant_id) for each in winners if each.state == "passed")
    standings, positions = _fronts(session, result, round.tiers, len(passed), _may_win(session, round, round.declared))
    return Front(round, standings, positions, passed, list_drawn(session, round))


def _may_win(session: Session, round: Round, rules: Rules) -> list[ColumnElement[bool]]:
    """Return the conditions of `rules.prizes.may_win` for the rows of the standings."""
    barred = find_barred(session, round)
    found = [StandingRow.correct >= round.asked] if rules.all_right_only else []
    return [*found, StandingRow.participant_id.not_in(map(uuid.UUID, barred))] if barred else found


def _fronts(
    session: Session, result: Result, tiers: Sequence[Tier], passed: int, may_win: Sequence[ColumnElement[bool]]
) -> tuple[list[Standing], dict[str, int]]:
    """Return the front of each bloc down to its last prize and as many lines more as people were *passed* over."""
    standings, positions = list[Standing](), dict[str, int]()
    blocs: list[int | None] = [part.bloc for part in result.parts]
    for bloc in blocs or [None]:
        reach = sum(tier.quantity for tier in tiers if tier.bloc in (None, bloc)) + passed
        mine = () if bloc is None else (StandingRow.bloc == (bloc or None),)
        front, places = _front(session, result, reach, [*may_win, *mine])
        standings += front
        positions |= places
    return standings, positions


def _front(
    session: Session, result: Result, reach: int, may_win: Sequence[ColumnElement[bool]]
) -> tuple[list[Standing], dict[str, int]]:
    """Return the standings of those who may win down to *reach* seats, with the whole tie group of the last one."""
    mine = (StandingRow.round_id == result.round_id, StandingRow.version == result.version, *may_win)
    ordered = select(StandingRow).where(*mine).order_by(StandingRow.position)
    last = select(StandingRow.rank).where(*mine).order_by(StandingRow.position).offset(reach - 1).limit(1)
    last_rank = session.scalar(last) if reach else None
    if last_rank is not None:
        below = select(StandingRow.position).where(*mine, StandingRow.rank > last_rank)
        end = session.scalar(below.order_by(StandingRow.position).limit(1))
        ordered = ordered if end is None else ordered.where(StandingRow.position < end)
    rows = list(session.scalars(ordered))
    return [standing_value(row) for row in rows], {str(row.participant_id): row.position for row in rows}
