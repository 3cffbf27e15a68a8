"""The units that take part in a round, and those that people can already be counted for."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from commune.models import Unit
from quiz.contest.models import Contest, ContestUnit


def list_units_in(session: Session, contest: Contest, number: int) -> list[Unit]:
    """Return the units of *contest* that take part in the round *number*, in Vietnamese order; all in a rehearsal."""
    query = select(Unit).join(ContestUnit, ContestUnit.unit_id == Unit.id).options(joinedload(Unit.parent))
    query = query.where(ContestUnit.contest_id == contest.id, ContestUnit.from_round <= max(number, 1))
    return list(session.scalars(query.order_by(Unit.sort_key)))


def entered_ids(contest: Contest, now: datetime) -> set[int]:
    """Return the units that people may be moved to: the rounds before their first one take no papers any more.

    Else a turn of an earlier round would be counted for a unit that did not take part in it.
    """
    running = min((round.number for round in contest.rounds if now < round.closes_at), default=None)
    return {each.unit_id for each in contest.units if running is None or each.from_round <= running}


def units_by(contest: Contest, number: int | None) -> list[Unit]:
    """Return the units of *contest* that take part in the round *number*; all without one, or in a rehearsal."""
    return [each.unit for each in contest.units if not number or each.from_round <= number]


def late_units(contest: Contest, number: int) -> frozenset[int]:
    """Return the units of *contest* that enter it after the round *number*."""
    return frozenset(each.unit_id for each in contest.units if each.from_round > max(number, 1))
