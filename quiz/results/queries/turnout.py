"""Participation by commune, from the tally alone: the part that a board may show, and the organiser's figures."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from commune.models import Unit
from quiz.attempt.models import Entry, Tally
from quiz.contest.models import Contest, Participant, ParticipantVersion, Round
from quiz.contest.queries.entering import list_units_in
from quiz.results.models import UnitPeople


@dataclass(frozen=True)
class UnitTurnout:
    """A unit's turns (lượt dự thi) and people (người dự thi)."""

    unit: Unit
    turns: int
    people: int


@dataclass(frozen=True)
class Board:
    """The turnout of a round or a contest; `until` is its last local day, None when it is complete.

    People are different people, unless `is_weekly`: then they are summed over the rounds, and `different` has the
    different people of the closed rounds, None before the first close.
    """

    rows: list[UnitTurnout]
    turns: int
    people: int
    until: date | None
    is_weekly: bool = False
    different: int | None = None


_IS_CLOSED = or_(Round.closed_at.is_not(None), Round.id == bindparam("closing", None))
_LAST_CLOSED = (
    select(func.max(Round.number)).where(Round.contest_id == bindparam("contest"), _IS_CLOSED).scalar_subquery()
)
_LAST_CLOSE = select(func.max(Round.closes_at)).where(Round.contest_id == bindparam("contest"), _IS_CLOSED)
_MOVED = (
    select(ParticipantVersion.participant_id, func.min(ParticipantVersion.version).label("version"))
    .where(ParticipantVersion.until >= _LAST_CLOSE.scalar_subquery())
    .group_by(ParticipantVersion.participant_id)
    .subquery()
)
_THEN = aliased(ParticipantVersion)
_UNIT = func.coalesce(_THEN.unit_id, Participant.unit_id)
PEOPLE_BY_UNIT = (
    select(
        Round.contest_id,
        _UNIT.label("unit_id"),
        func.coalesce(Participant.bloc, 0).label("bloc"),
        func.count(Participant.id.distinct()).label("people"),
        func.count(case((Round.number < _LAST_CLOSED, Participant.id)).distinct()).label("before"),
    )
    .join(Entry, Entry.round_id == Round.id)
    .join(Participant, Participant.id == Entry.participant_id)
    .outerjoin(_MOVED, _MOVED.c.participant_id == Participant.id)
    .outerjoin(_THEN, and_(_THEN.participant_id == _MOVED.c.participant_id, _THEN.version == _MOVED.c.version))
    .where(Round.contest_id == bindparam("contest"), _IS_CLOSED)
    .group_by(Round.contest_id, _UNIT, Participant.bloc)
)
"""The different people of each unit and bloc in the closed rounds of a contest, and in those before the last one,
counted from its entries; the round `closing` counts as closed. Their units are those of the last close: a later move
changes nothing until the next round is closed. The join begins with the rounds, or SQLite would scan all entries for
each participant.
"""


Turnouts = Mapping[int, tuple[int, int]]
"""The turns and the people of each unit, by its id; units without any are absent."""


def turnout_of_round(session: Session, round: Round, now: datetime | None = None) -> Board:
    """Return the turnout of one round: up to the last day that may be shown at *now*, or all of it without *now*."""
    until = round.shown_until(now) if now is not None and now < round.closes_at else None
    condition = [Tally.round_id == round.id]
    if until is not None:
        condition.append(Tally.day <= until)
    return _board(session, round.contest, condition, until, round.number)


def turnout_of_contest(session: Session, contest: Contest, now: datetime | None = None) -> Board:
    """Return the turnout of a whole contest.

    When every round is closed its people are different people, as counted at the last close; so they are while there
    are entries of one round only. In between they are summed over the rounds.
    """
    running = [round for round in contest.rounds if now is not None and round.opens_at <= now < round.closes_at]
    until = min((round.shown_until(now) for round in running if now), default=None)
    condition = [Round.contest_id == contest.id]
    if until is not None:
        condition.append(Tally.day <= until)
    board = _board(session, contest, condition, until)
    return _with_different(board, contest, count_people(session, contest)) if board.is_weekly else board


def _with_different(board: Board, contest: Contest, people: Mapping[int, int]) -> Board:
    """Return *board* with different people instead of sums, or beside them while a round is not closed."""
    total = sum(people.values())
    if total and all(round.closed_at for round in contest.rounds):
        rows = [replace(row, people=people.get(row.unit.id, 0)) for row in board.rows]
        return replace(board, rows=rows, people=total, is_weekly=False)
    return replace(board, different=total or None)


def perfect_of_contest(session: Session, contest: Contest) -> int:
    """Return the all-correct entries, summed over the closed rounds of *contest*."""
    query = select(func.coalesce(func.sum(Tally.perfect), 0)).join(Round, Round.id == Tally.round_id)
    return int(session.scalar(query.where(Round.contest_id == contest.id, Round.closed_at.is_not(None))) or 0)


def count_people(session: Session, contest: Contest, *, last: bool = True, bloc: int | None = None) -> dict[int, int]:
    """Return the different people of each unit in *contest*, or of one *bloc* of it, as counted at its last close;
    without those who came in the *last* closed round alone if it is left out.
    """
    column = UnitPeople.people if last else UnitPeople.before
    query = select(UnitPeople.unit_id, func.sum(column)).where(UnitPeople.contest_id == contest.id)
    query = query.where(column.is_not(None), *([UnitPeople.bloc == bloc] if bloc else [])).group_by(UnitPeople.unit_id)
    return {unit_id: int(people or 0) for unit_id, people in session.execute(query)}


def people_by_contest(session: Session, contests: Collection[int]) -> dict[int, int]:
    """Return how many different people took part in the closed rounds of each of *contests*, by its id, in one
    statement; contests without a closed round are absent.
    """
    query = select(UnitPeople.contest_id, func.sum(UnitPeople.people)).where(UnitPeople.contest_id.in_(contests))
    query = query.where(UnitPeople.people.is_not(None)).group_by(UnitPeople.contest_id)
    return {id: int(people) for id, people in session.execute(query) if people} if contests else {}


def count_turnout(session: Session, condition: Sequence[ColumnElement[bool]]) -> Turnouts:
    """Return the turns and the people of each unit in the days of the tally that meet *condition*."""
    query = select(Tally.unit_id, func.sum(Tally.turns), func.sum(Tally.people)).where(*condition)
    rows = session.execute(query.group_by(Tally.unit_id))
    return {unit_id: (int(turns), int(people)) for unit_id, turns, people in rows}


def _board(
    session: Session,
    contest: Contest,
    condition: Sequence[ColumnElement[bool]],
    until: date | None,
    number: int | None = None,
) -> Board:
    rounds = func.min(Tally.round_id), func.max(Tally.round_id)
    query = (
        select(Tally.unit_id, func.sum(Tally.turns), func.sum(Tally.people), *rounds)
        .join(Round, Round.id == Tally.round_id)
        .where(*condition)
        .group_by(Tally.unit_id)
    )
    lines = session.execute(query).all()
    found = {unit_id: (int(turns), int(people)) for unit_id, turns, people, _first, _last in lines}
    is_weekly = len({round_id for *_counts, first, last in lines for round_id in (first, last)}) > 1
    units = list_units_in(session, contest, number or contest.rounds[-1].number)
    rows = [UnitTurnout(unit, *found.get(unit.id, (0, 0))) for unit in units]
    rows.sort(key=lambda row: -row.turns)  # stable: equal turns stay in Vietnamese order
    return Board(rows, sum(row.turns for row in rows), sum(row.people for row in rows), until, is_weekly)
