"""The headcounts that a contest uses: the newest ones until they are fixed, then its own."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from commune.models import Headcount, Unit
from commune.queries.headcount import latest_headcounts
from commune.rules.directory import OWN
from quiz.contest.models import Contest, ContestHeadcount
from quiz.contest.queries import list_contest_units
from quiz.contest.rules.headcounts import UnitHeadcount, fewest_for, lie_in_one_commune, newest, usable_headcount


def fewest_of(kind: str, *, are_own: bool) -> int:
    """Return the fewest people with which a unit of the *kind* has a rate, where all *are_own* of one commune."""
    return fewest_for(is_own=are_own and kind in OWN)


def headcounts_of(
    session: Session, contest: Contest, unit_ids: Collection[int], on: date, number: int
) -> dict[int, UnitHeadcount]:
    """Return the headcounts of *unit_ids* in the round with this *number*; before they are fixed, the latest up to the
    day *on*. Units without one are absent.
    """
    if contest.headcounts_fixed_at is None:
        return {unit_id: counted(each) for unit_id, each in latest_headcounts(session, unit_ids, on).items()}
    query = select(ContestHeadcount).where(ContestHeadcount.contest_id == contest.id)
    rows = [(each.unit_id, each.from_round, counted(each)) for each in session.scalars(query)]
    wanted = set(unit_ids)
    return {unit_id: each for unit_id, each in newest(rows, number).items() if unit_id in wanted}


def list_rated(session: Session, contest: Contest, on: date) -> tuple[list[Unit], list[Unit]]:
    """Return the units that a board of *contest* would compare, with a usable headcount on that day and without one.

    As on a board, villages of several communes are counted as their communes.
    """
    entering = list_contest_units(session, contest)
    above = {unit.id: unit.parent_id for unit in entering if unit.kind in OWN and unit.parent_id}
    are_own = lie_in_one_commune([unit.id for unit in entering], above)
    found = entering if are_own else [unit.parent or unit if unit.kind == "village" else unit for unit in entering]
    units = {unit.id: unit for unit in found}
    counts = headcounts_of(session, contest, units, on, contest.rounds[-1].number)
    rated = {
        unit_id
        for unit_id, each in counts.items()
        if usable_headcount(each.people, each.as_of, on, fewest=fewest_of(units[unit_id].kind, are_own=are_own))
    }
    return [unit for unit in units.values() if unit.id in rated], [
        unit for unit in units.values() if unit.id not in rated
    ]


def counted(row: Headcount | ContestHeadcount) -> UnitHeadcount:
    """Return a stored headcount as a value."""
    return UnitHeadcount(row.people, row.as_of, row.source)
