"""Successions: old units and new ones."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from commune.models import Succession, Unit


def successors_of(session: Session, unit_ids: Collection[int]) -> dict[int, list[Unit]]:
    """Return the units to which the people of each of *unit_ids* went, in Vietnamese order; units without any are
    absent.
    """
    query = select(Succession.old_id, Unit).join(Unit, Unit.id == Succession.new_id)
    found: dict[int, list[Unit]] = defaultdict(list)
    for id, unit in session.execute(query.where(Succession.old_id.in_(unit_ids)).order_by(Unit.sort_key, Unit.id)):
        found[id].append(unit)
    return dict(found)


def heirs_of(session: Session, unit_ids: Collection[int]) -> dict[int, set[int]]:
    """Return the successors of *unit_ids*, of their successors, and so on: each old id → the next ones."""
    pairs = select(Succession.old_id, Succession.new_id).where(Succession.old_id.in_(unit_ids))
    chain = pairs.cte("heirs", recursive=True)
    chain = chain.union(select(Succession.old_id, Succession.new_id).join(chain, Succession.old_id == chain.c.new_id))
    found: dict[int, set[int]] = defaultdict(set)
    for old_id, new_id in session.execute(select(chain)):
        found[old_id].add(new_id)
    return dict(found)
