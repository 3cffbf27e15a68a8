"""The list of contests in the order of what they ask of the organiser: what waits first, what is over last."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, selectinload

from quiz.contest.models import Contest
from quiz.contest.queries import Wanted, at_stage, contests_like
from quiz.contest.rules.schedule import Agenda, ContestStage


def list_by_agenda(
    session: Session, within: Collection[int], *, wanted: Wanted, now: datetime, part: slice
) -> list[tuple[Agenda, Contest]]:
    """Return the contests *wanted*, with their rounds, by the part of the agenda they belong to, then the newest."""
    place = _place(now).label("place")
    query = select(Contest, place).options(selectinload(Contest.rounds)).where(*contests_like(within, wanted))
    query = query.order_by(place, Contest.id.desc()).offset(part.start).limit(part.stop - part.start)
    return [(Agenda(number), contest) for contest, number in session.execute(query)]


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
