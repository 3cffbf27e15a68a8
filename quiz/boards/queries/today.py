"""The turnout of a past contest by the units of today."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from commune.models import Unit
from commune.queries.headcount import latest_headcounts
from commune.queries.succession import heirs_of
from core.values.week import local_date
from quiz.boards.rules.today import lines_of_today
from quiz.contest.models import Contest
from quiz.contest.queries.headcounts import counted, headcounts_of
from quiz.contest.rules.headcounts import UnitHeadcount
from quiz.results.queries.turnout import Board, count_people


@dataclass(frozen=True)
class Headcounts:
    """The summed headcount of one or several units, with the headcounts it consists of."""

    people: int
    counts: tuple[UnitHeadcount, ...]


@dataclass(frozen=True)
class TodayRow:
    """A line of a past contest as of today: its old units with their turns and distinct people, both headcounts.

    `heirs` are the units that the people of a split unit went to; `then` is None unless every old unit has a headcount.
    """

    unit: Unit
    members: list[Unit]
    heirs: list[Unit]
    turns: int
    people: int
    then: Headcounts | None
    now: Headcounts | None


def turnout_of_today(session: Session, contest: Contest, board: Board, today: date) -> list[TodayRow]:
    """Return *board* of a past contest by the units of *today*; empty when all its units still exist.

    People are distinct people of the contest. Headcounts of the old units are the latest up to the contest's last day.
    """
    old = {row.unit.id: row for row in board.rows}
    heirs = heirs_of(session, old.keys())
    if not heirs:
        return []
    lines = lines_of_today(list(old), heirs)
    units = _units(session, {*old, *heirs, *(id for found in heirs.values() for id in found)})
    people = count_people(session, contest)
    last_day, last = max(local_date(round.closes_at) for round in contest.rounds), contest.rounds[-1].number
    then = headcounts_of(session, contest, old.keys(), last_day, last)
    latest = latest_headcounts(session, [line.unit_id for line in lines if not line.is_split], today)
    now = {unit_id: counted(each) for unit_id, each in latest.items()}
    rows = [
        TodayRow(
            unit=units[line.unit_id],
            members=[units[id] for id in line.members if id != line.unit_id],
            heirs=sorted((units[id] for id in heirs[line.unit_id]), key=_order) if line.is_split else [],
            turns=sum(old[id].turns for id in line.members),
            people=sum(people.get(id, 0) for id in line.members),
            then=_headcounts([then.get(id) for id in line.members]),
            now=None if line.is_split else _headcounts([now.get(line.unit_id)]),
        )
        for line in lines
    ]
    return sorted(rows, key=lambda row: (-row.turns, *_order(row.unit)))


def _headcounts(counts: Sequence[UnitHeadcount | None]) -> Headcounts | None:
    known = [count for count in counts if count is not None]
    return Headcounts(sum(count.people for count in known), tuple(known)) if len(known) == len(counts) else None


def _units(session: Session, ids: Collection[int]) -> dict[int, Unit]:
    return {unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(ids)))}


def _order(unit: Unit) -> tuple[str, int]:
    return unit.sort_key, unit.id
