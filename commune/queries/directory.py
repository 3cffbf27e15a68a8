"""Every unit with its names and headcounts, as values: what a sheet of units is held against."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from commune.models import Headcount, Unit, UnitName
from commune.rules.directory import DatedUnit, Directory, Name


def read_directory(session: Session, within: Collection[int] | None = None) -> Directory:
    """The directory as it is now, of the country or of the units *within*; three statements."""
    units = select(Unit.id, Unit.code, Unit.parent_id, Unit.valid_from, Unit.valid_to).order_by(Unit.id)
    named = select(UnitName.unit_id, UnitName.since, UnitName.kind, UnitName.name)
    counted = select(Headcount.unit_id, Headcount.as_of, Headcount.people, Headcount.source)
    if within is not None:
        units, named = units.where(Unit.id.in_(within)), named.where(UnitName.unit_id.in_(within))
        counted = counted.where(Headcount.unit_id.in_(within))
    names: dict[int, list[Name]] = defaultdict(list)
    for unit_id, since, kind, name in session.execute(named):
        names[unit_id].append(Name(since, kind, name))
    counts: dict[int, dict[date, tuple[int, str]]] = defaultdict(dict)
    for unit_id, as_of, people, source in session.execute(counted):
        counts[unit_id][as_of] = (people, source)
    parents: dict[int, int | None] = {}
    known: dict[int, DatedUnit] = {}
    for id, code, parent_id, since, until in session.execute(units):
        known[id] = DatedUnit(id, code, since, until, None, names[id], counts[id])
        parents[id] = parent_id
    for id, unit in known.items():
        above = parents[id]
        unit.parent = known.get(above) if above is not None else None
    return Directory(known.values())
