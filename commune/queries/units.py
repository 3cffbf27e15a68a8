"""Read units and the units below them."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from commune.models import Unit

ABOVE_COMMUNES = ("province", "district")


def find_unit(session: Session, code: str) -> Unit | None:
    """Return the unit that has *code* today or had it last."""
    query = select(Unit).where(Unit.code == code).order_by(Unit.valid_from.desc())
    return session.scalar(query.limit(1))


def list_units_below(session: Session, unit_ids: frozenset[int]) -> frozenset[int]:
    """Return *unit_ids* and every unit below them, with one recursive statement."""
    below = select(Unit.id).where(Unit.id.in_(unit_ids)).cte("below", recursive=True)
    below = below.union(select(Unit.id).join(below, Unit.parent_id == below.c.id))
    return frozenset(session.scalars(select(below.c.id)))


def list_units(session: Session, within: frozenset[int], on: date) -> list[Unit]:
    """Return the units of *within* in force *on* that day, in Vietnamese order, with their parents loaded."""
    query = select(Unit).where(Unit.id.in_(within), in_force(on)).order_by(Unit.sort_key)
    query = query.options(joinedload(Unit.parent))
    return list(session.scalars(query))


def list_places(session: Session, within: frozenset[int], on: date) -> list[Unit]:
    """Return the provinces (and former districts) of *within* in force *on* that day, in Vietnamese order."""
    query = select(Unit).where(Unit.id.in_(within), Unit.kind.in_(ABOVE_COMMUNES), in_force(on))
    return list(session.scalars(query.order_by(Unit.sort_key)))


def units_on(session: Session, codes: Collection[str], on: date) -> dict[str, Unit]:
    """Return code → the unit that had it *on* that day."""
    query = select(Unit).where(Unit.code.in_(codes), in_force(on))
    return {unit.code: unit for unit in session.scalars(query)}


def parents_of(unit: Unit) -> tuple[Unit, ...]:
    """Return the parents of *unit*, nearest first."""
    parents: list[Unit] = []
    above = unit.parent
    while above is not None:
        parents.append(above)
        above = above.parent
    return tuple(parents)


def in_force(on: date) -> ColumnElement[bool]:
    """Return the condition that a unit is in force *on* that day."""
    return and_(Unit.valid_from <= on, or_(Unit.valid_to.is_(None), Unit.valid_to > on))
