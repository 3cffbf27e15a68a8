"""The list of contests in the order of what they ask of the organiser: what waits first, what is over last."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from quiz.contest.models import Contest, Round
from quiz.contest.queries import Wanted, at_stage, contests_like
from quiz.contest.rules.schedule import Agenda, ContestStage


def list_by_agenda(
    session: Session, within: Collection[int], *, wanted: Wanted, now: datetime, part: slice
) -> list[tuple[Agenda, Contest]]:
    """Return the contests *wanted*, with their rounds, by the part of the agenda they belong to: what is longest
    overdue, ends or opens first; of those that are over, the last one first.
    """
    place = _place(now).label("place")
    query = select(Contest, place).options(selectinload(Contest.rounds)).where(*contests_like(within, wanted))
    query = query.order_by(place, _due(now), _end(), Contest.id.desc()).offset(part.start).limit(part.stop - part.start)
    return [(Agenda(number), contest) for contest, number in session.execute(query)]


def _due(now: datetime) -> ColumnElement[datetime | None]:
    """Return the next moment of a contest in its part of the agenda; None where all is over."""
    moments = {
        Agenda.TO_DO: _first(Round.results_at, Round.closes_at <= now, Round.published_at.is_(None)),
        Agenda.OPEN: _first(Round.closes_at, Round.closes_at > now),
        Agenda.COMING: _first(Round.opens_at, Round.opens_at > now),
    }
    return case(*((_place(now) == place.value, moment) for place, moment in moments.items()))


def _first(moment: InstrumentedAttribute[datetime], *of: ColumnElement[bool]) -> ScalarSelect[datetime]:
    """Return the first *moment* of the rounds of a contest to which *of* applies."""
    return select(func.min(moment)).where(Round.contest_id == Contest.id, *of).correlate(Contest).scalar_subquery()


def _end() -> ColumnElement[datetime]:
    """Return the order of contests that are over: the last day, or the one on which it was called off."""
    last = select(func.max(Round.closes_at)).where(Round.contest_id == Contest.id).correlate(Contest).scalar_subquery()
    return func.coalesce(Contest.called_off_at, last).desc()


def count_by_agenda(session: Session, within: Collection[int], *, wanted: Wanted, now: datetime) -> dict[Agenda, int]:
    """Return the number of contests *wanted* in each part of the agenda that has any."""
    place = _place(now).label("place")
    placed = select(place).select_from(Contest).where(*contests_like(within, wanted)).subquery()
    query = select(placed.c.place, func.count()).group_by(placed.c.place)
    return {Agenda(number): count for number, count in session.execute(query)}


def _place(now: datetime) -> ColumnElement[int]:
    """Return the part of the agenda of a contest; an ended week that waits counts before one that is open."""
    stages = (
        (ContestStage.DONE, Agenda.PAST),
        (ContestStage.WAITING, Agenda.TO_DO),
        (ContestStage.OPEN, Agenda.OPEN),
    )
    return case(*((at_stage(stage, now), place.value) for stage, place in stages), else_=Agenda.COMING.value)
