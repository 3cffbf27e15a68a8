"""Every unit with its names and headcounts, as values: what a sheet of units is held against."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from commune.models import Headcount, Unit, UnitName
from commune.rules.directory import DatedUnit, Directory, Name


def read_directory(session: Session) -> Directory:
    """The directory as it is now; three statements."""
    names: dict[int, list[Name]] = defaultdict(list)
    for unit_id, since, kind, name in session.execute(
        select(UnitName.unit_id, UnitName.since, UnitName.kind, UnitName.name)
    ):
        names[unit_id].append(Name(since, kind, name))
    counts: dict[int, dict[date, tuple[int, str]]] = defaultdict(dict)
    for unit_id, as_of, people, source in session.execute(
        select(Headcount.unit_id, Headcount.as_of, Headcount.people, Headcount.source)
    ):
        counts[unit_id][as_of] = (people, source)
    query = select(Unit.id, Unit.code, Unit.parent_id, Unit.valid_from, Unit.valid_to).order_by(Unit.id)
    parents: dict[int, int | None] = {}
    known: dict[int, DatedUnit] = {}
    for id, code, parent_id, since, until in session.execute(query):
        known[id] = DatedUnit(id, code, since, until, None, names[id], counts[id])
        parents[id] = parent_id
    for id, unit in known.items():
        above = parents[id]
        unit.parent = known[above] if above is not None else None
    return Directory(known.values())
