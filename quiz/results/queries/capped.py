"""Turns of which each person's count up to a declared cap in a round."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from quiz.attempt.models import Attempt, Entry
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.queries.unit_at_close import unit_at_close
from quiz.results.models import UnitPeople

_UNCAPPED = 1 << 30


def papers_of_entry() -> ColumnElement[int]:
    """Return the number of submitted papers of the person and the round of an `Entry`; the query names that."""
    mine = and_(
        Attempt.round_id == Entry.round_id,
        Attempt.participant_id == Entry.participant_id,
        Attempt.submitted_at.is_not(None),
    )
    return select(func.count(Attempt.id)).where(mine).correlate(Entry).scalar_subquery()


def up_to(papers: ColumnElement[int], cap: int | None) -> ColumnElement[int]:
    """Return *papers*, at most *cap*."""
    most = cap or _UNCAPPED
    return case((papers > most, most), else_=papers)


def capped_by_unit(session: Session, contest_id: int, cap: int, closing: int | None) -> dict[tuple[int, int], Any]:
    """Return by unit and bloc the capped turns of the closed rounds, and those without the last one; the round
    *closing* counts as closed.
    """
    is_closed = (
        Round.contest_id == contest_id,
        Round.number > 0,
        or_(Round.closed_at.is_not(None), Round.id == closing),
    )
    last = select(func.max(Round.number)).where(*is_closed).scalar_subquery()
    each = _people_of(is_closed).subquery()
    turns = up_to(each.c.papers, cap)
    before = func.coalesce(func.sum(case((each.c.number < last, turns))), 0)
    query = select(each.c.unit, each.c.bloc, func.sum(turns), before).group_by(each.c.unit, each.c.bloc)
    return {(unit, bloc): (int(whole), int(less)) for unit, bloc, whole, less in session.execute(query)}


def _people_of(rounds: tuple[ColumnElement[bool], ...]) -> Select[Any]:
    """Return a row for each person of each of these *rounds*: the round's number, unit, bloc and papers."""
    bloc = func.coalesce(Participant.bloc, 0).label("bloc")
    unit, papers = unit_at_close().label("unit"), papers_of_entry().label("papers")
    columns: list[ColumnElement[Any]] = [Round.number.label("number"), unit, bloc, papers]
    query = select(*columns).select_from(Round).join(Entry, Entry.round_id == Round.id)
    return query.join(Participant, Participant.id == Entry.participant_id).where(*rounds)


def count_capped(session: Session, contest: Contest, *, last: bool = True, bloc: int | None = None) -> dict[int, int]:
    """Return the capped turns of each unit in the closed rounds of *contest*, or of one *bloc* of it, as counted at its
    last close; without the *last* closed round if that is left out. Empty where they were not counted.
    """
    if contest.prize_terms.cap is None:
        return {}
    column = UnitPeople.capped if last else UnitPeople.capped_before
    query = select(UnitPeople.unit_id, func.sum(column)).where(UnitPeople.contest_id == contest.id)
    query = query.where(column.is_not(None), *([UnitPeople.bloc == bloc] if bloc else [])).group_by(UnitPeople.unit_id)
    return {unit_id: int(turns or 0) for unit_id, turns in session.execute(query)}
