"""Units and what lies below them."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from commune.models import Unit


def find_unit(session: Session, code: str) -> Unit | None:
    """The unit that bears *code* today or bore it last."""
    query = select(Unit).where(Unit.code == code).order_by(Unit.valid_from.desc())
    return session.scalar(query.limit(1))


def list_units_below(session: Session, unit_ids: frozenset[int]) -> frozenset[int]:
    """*unit_ids* and every unit below them, in one recursive statement."""
    below = select(Unit.id).where(Unit.id.in_(unit_ids)).cte("below", recursive=True)
    below = below.union(select(Unit.id).join(below, Unit.parent_id == below.c.id))
    return frozenset(session.scalars(select(below.c.id)))


def list_units(session: Session, within: frozenset[int], on: date) -> list[Unit]:
    """Units of *within* that are in force *on* that day, in Vietnamese order."""
    in_force = (Unit.valid_from <= on, or_(Unit.valid_to.is_(None), Unit.valid_to > on))
    query = select(Unit).where(Unit.id.in_(within), *in_force).order_by(Unit.sort_key)
    return list(session.scalars(query))
