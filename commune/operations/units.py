"""Create and rename units."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from commune.models import Unit, UnitName
from commune.rules.actions import UnitAction
from commune.rules.keys import context_below, keys_of
from core.audit_hook import record_command
from core.values.kept import kept
from core.values.text import N_

_UNIT = kept(N_("%(name)s, mã %(code)s"))


class OutsideItsTime(ValueError):
    """A unit was given a name for a day on which it did not exist."""


def create_unit(
    session: Session,
    *,
    code: str,
    kind: str,
    name: str,
    valid_from: date,
    valid_to: date | None = None,
    parent: Unit | None = None,
) -> Unit:
    """Create a unit by its full name ("xã Xuân Lập"); raises IntegrityError when (code, valid from) exists."""
    keys = keys_of(name)
    unit = Unit(
        code=code, kind=kind, name=name, valid_from=valid_from, valid_to=valid_to, parent=parent,
        search_key=keys.search_key, sort_key=keys.sort_key,
        context_key=context_below(parent.name, parent.context_key) if parent else "",
        names=[UnitName(since=valid_from, kind=kind, name=name, name_key=keys.name_key, near_key=keys.near_key)],
    )  # fmt: skip
    session.add(unit)
    session.flush()
    return unit


def add_unit(session: Session, *, code: str, kind: str, name: str, valid_from: date, parent: Unit | None) -> Unit:
    """Create a unit at the terminal, with the audit entry; raises as `create_unit` does."""
    unit = create_unit(session, code=code, kind=kind, name=name, valid_from=valid_from, parent=parent)
    record_command(session, UnitAction.UNIT_ADD, _UNIT % {"name": name, "code": code}, {})
    return unit


def rename_unit(session: Session, unit: Unit, *, name: str, kind: str, since: date, today: date) -> None:
    """Give *unit* a *name* and *kind* from *since* on, replacing an entry of the same day.

    It stays the same unit. A name with a day after *today* is applied by `settle_names` on its day.
    Raises OutsideItsTime for a day on which the unit does not exist.
    """
    if since < unit.valid_from or (unit.valid_to is not None and since >= unit.valid_to):
        raise OutsideItsTime(unit.code)
    keys = keys_of(name)
    entry = UnitName(unit_id=unit.id, since=since, kind=kind, name=name, name_key=keys.name_key, near_key=keys.near_key)
    session.merge(entry)
    session.flush()
    settle_names(session, today, [unit.id])


def settle_names(session: Session, today: date, unit_ids: Collection[int] | None = None) -> int:
    """Apply the names valid on *today* to all units or to *unit_ids*; ended units keep their last name.

    Returns how many units changed. It runs daily and at every load and import, so that a future name takes effect on
    its day.
    """
    earlier = aliased(UnitName)
    newest = select(func.max(earlier.since)).where(earlier.unit_id == Unit.id, earlier.since <= today)
    query = (
        select(Unit, UnitName)
        .join(UnitName, UnitName.unit_id == Unit.id)
        .where(UnitName.since == newest.scalar_subquery())
        .where(or_(UnitName.name != Unit.name, UnitName.kind != Unit.kind))
    )
    if unit_ids is not None:
        query = query.where(Unit.id.in_(unit_ids))
    changed = session.execute(query).all()
    for unit, entry in changed:
        keys = keys_of(entry.name)
        unit.name, unit.kind, unit.search_key, unit.sort_key = entry.name, entry.kind, keys.search_key, keys.sort_key
    _update_contexts(session, [unit for unit, _ in changed])
    return len(changed)


def _update_contexts(session: Session, units: Collection[Unit]) -> None:
    """Update `context_key` of everything below *units*, at any depth."""
    above = {unit.id: unit for unit in units}
    while above:
        session.flush()
        below = session.scalars(select(Unit).where(Unit.parent_id.in_(above))).all()
        for unit in below:
            parent = above[unit.parent_id or 0]
            unit.context_key = context_below(parent.name, parent.context_key)
        above = {unit.id: unit for unit in below}
    session.flush()
