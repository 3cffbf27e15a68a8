"""Participation by commune, from the tally alone: what a board may show, and what the organiser sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from commune.models import Unit
from quiz.models import Contest, Round, Tally
from quiz.queries.contest import list_contest_units, span_of
from quiz.rules.schedule import last_shown_day


@dataclass(frozen=True)
class Turnout:
    """A unit's turns (lượt dự thi) and people (người dự thi)."""

    unit: Unit
    turns: int
    people: int


@dataclass(frozen=True)
class Board:
    """The turnout of a round or a contest; `until` is the last local day in it, None when all is in."""

    rows: list[Turnout]
    turns: int
    people: int
    until: date | None


def turnout_of_round(session: Session, round: Round, now: datetime | None = None) -> Board:
    """Turnout of one round: up to the last day that may be shown at *now*, or everything without *now*."""
    until = last_shown_day(span_of(round), now) if now is not None and now < round.closes_at else None
    condition = [Tally.round_id == round.id]
    if until is not None:
        condition.append(Tally.day <= until)
    return _board(session, round.contest, condition, until)


def turnout_of_contest(session: Session, contest: Contest, now: datetime | None = None) -> Board:
    """Turnout of a whole contest; people are added up over rounds: three weeks of one person count thrice."""
    running = [round for round in contest.rounds if now is not None and round.opens_at <= now < round.closes_at]
    until = min((last_shown_day(span_of(round), now) for round in running if now), default=None)
    condition = [Round.contest_id == contest.id]
    if until is not None:
        condition.append(Tally.day <= until)
    return _board(session, contest, condition, until)


def perfect_of_contest(session: Session, contest: Contest) -> int:
    """Counted entries that are all right, summed over the closed rounds of *contest*."""
    query = select(func.coalesce(func.sum(Tally.perfect), 0)).join(Round, Round.id == Tally.round_id)
    return int(session.scalar(query.where(Round.contest_id == contest.id, Round.closed_at.is_not(None))) or 0)


def _board(session: Session, contest: Contest, condition: Sequence[ColumnElement[bool]], until: date | None) -> Board:
    query = (
        select(Tally.unit_id, func.sum(Tally.turns), func.sum(Tally.people))
        .join(Round, Round.id == Tally.round_id)
        .where(*condition)
        .group_by(Tally.unit_id)
    )
    found = {unit_id: (int(turns), int(people)) for unit_id, turns, people in session.execute(query)}
    rows = [Turnout(unit, *found.get(unit.id, (0, 0))) for unit in list_contest_units(session, contest)]
    rows.sort(key=lambda row: -row.turns)  # stable: equal turns stay in Vietnamese order
    return Board(rows, sum(row.turns for row in rows), sum(row.people for row in rows), until)
