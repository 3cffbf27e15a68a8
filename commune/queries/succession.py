"""Successions: old units and new ones."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from commune.models import Succession, Unit


def successors_of(session: Session, unit_ids: Collection[int]) -> dict[int, list[Unit]]:
    """Return the units to which the people of each of *unit_ids* went, in Vietnamese order; units without any are
    absent.
    """
    return _beyond(session, unit_ids, Succession.old_id, Succession.new_id)


def predecessors_of(session: Session, unit_ids: Collection[int]) -> dict[int, list[Unit]]:
    """Return the units from which each of *unit_ids* was formed, wholly or in part, in Vietnamese order."""
    return _beyond(session, unit_ids, Succession.new_id, Succession.old_id)


def list_split(session: Session, unit_ids: Collection[int]) -> frozenset[int]:
    """Return those of *unit_ids* whose people went to several units; their figures are never apportioned."""
    query = select(Succession.old_id).where(Succession.old_id.in_(unit_ids)).group_by(Succession.old_id)
    return frozenset(session.scalars(query.having(func.count() > 1)))


def heirs_of(session: Session, unit_ids: Collection[int]) -> dict[int, set[int]]:
    """Return the successors of *unit_ids*, of their successors, and so on: each old id → the next ones."""
    pairs = select(Succession.old_id, Succession.new_id).where(Succession.old_id.in_(unit_ids))
    chain = pairs.cte("heirs", recursive=True)
    chain = chain.union(select(Succession.old_id, Succession.new_id).join(chain, Succession.old_id == chain.c.new_id))
    found: dict[int, set[int]] = defaultdict(set)
    for old_id, new_id in session.execute(select(chain)):
        found[old_id].add(new_id)
    return dict(found)


def _beyond(
    session: Session, unit_ids: Collection[int], here: InstrumentedAttribute[Any], there: InstrumentedAttribute[Any]
) -> dict[int, list[Unit]]:
    query = select(here, Unit).join(Unit, Unit.id == there).where(here.in_(unit_ids)).order_by(Unit.sort_key, Unit.id)
    found: dict[int, list[Unit]] = defaultdict(list)
    for id, unit in session.execute(query):
        found[id].append(unit)
    return dict(found)
