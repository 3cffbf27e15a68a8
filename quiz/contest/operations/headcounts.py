"""Fix the headcounts of a contest, so that no one changes them alone while people take part."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Integer, Select, and_, func, insert, literal, select, update
from sqlalchemy.orm import Session

from commune.models import Headcount, Unit
from core.values.week import local_date
from quiz.contest.models import Contest, ContestHeadcount, ContestUnit


def fix_headcounts(session: Session, contest: Contest, *, now: datetime) -> None:
    """Copy the latest headcounts of the units of *contest* and of their communes, once; later calls change nothing,
    and neither does a rehearsal.

    Called with the first registration, from which rules, dates, prizes and units are fixed too (decision 0104). The
    conditional update decides between two registrations at the same moment, and comes before anything that waits
    for the contest.
    """
    if contest.is_rehearsal or contest.headcounts_fixed_at is not None:
        return
    day = min(local_date(now), local_date(contest.rounds[-1].closes_at))  # read before the contest is locked
    mine = update(Contest).where(Contest.id == contest.id, Contest.headcounts_fixed_at.is_(None))
    mine = mine.values(headcounts_fixed_at=now).returning(Contest.id)
    is_first = session.execute(mine.execution_options(synchronize_session=False)).first() is not None
    session.expire(contest, ["headcounts_fixed_at"])
    if not is_first:
        return
    entering = select(ContestUnit.unit_id).where(ContestUnit.contest_id == contest.id)
    above = select(Unit.parent_id).join(ContestUnit, ContestUnit.unit_id == Unit.id)
    above = above.where(ContestUnit.contest_id == contest.id, Unit.parent_id.is_not(None))
    copy_headcounts(session, contest.id, 1, Headcount.unit_id.in_(entering.union(above)), day)


def copy_headcounts(session: Session, contest_id: int, from_round: int, units: ColumnElement[bool], on: date) -> None:
    """Copy the latest headcounts up to the day *on* of the *units* for the rounds from this number on."""
    session.execute(
        insert(ContestHeadcount).from_select(
            ["contest_id", "unit_id", "from_round", "people", "as_of", "source"],
            _latest(contest_id, from_round, units, on),
        )
    )


def _latest(
    contest_id: int, from_round: int, units: ColumnElement[bool], on: date
) -> Select[int, int, int, int, date, str]:
    days = select(Headcount.unit_id, func.max(Headcount.as_of).label("as_of")).where(units, Headcount.as_of <= on)
    last = days.group_by(Headcount.unit_id).subquery()
    values = (
        literal(contest_id, Integer),
        Headcount.unit_id,
        literal(from_round, Integer),
        Headcount.people,
        Headcount.as_of,
        Headcount.source,
    )
    is_last = and_(last.c.unit_id == Headcount.unit_id, last.c.as_of == Headcount.as_of)
    return select(*values).join(last, is_last)
