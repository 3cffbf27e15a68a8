"""Add, rename and delete the villages, agencies and schools of a commune, with the audit entries."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from account.operations.audit import Actor, Subject, record
from account.rules.chain import Plain
from commune.models import Headcount, Unit
from commune.operations.unit_import import apply_changes
from commune.operations.units import rename_unit
from commune.rules.actions import UnitAction
from commune.rules.unit_import import Add, Count, UnitChange
from core.data_version import PUBLIC, renew_version

NAMED = 20
"""The most names that an audit entry lists."""


class UnitInUse(Exception):
    """Somebody has registered from the unit, or something else refers to it."""


def add_units(
    session: Session, actor: Actor, parent: Unit, changes: Sequence[UnitChange], *, today: date, now: datetime
) -> list[int]:
    """Add the units and headcounts of *changes* below *parent*; return the ids of the new units.

    Raises:
        IntegrityError: somebody else added units to the same commune at the same moment.
    """
    apply_changes(session, changes, today)
    added = [change.unit for change in changes if isinstance(change, Add)]
    names = "; ".join(unit.last.name for unit in added[:NAMED]) + ("; …" if len(added) > NAMED else "")
    counted = sum(isinstance(change, Count) for change in changes)
    after = {"new": len(added), "names": names or None, "headcounts": counted}
    record(session, actor, UnitAction.UNIT_ADD, unit_subject(parent), after=after, now=now)
    renew_version(session, PUBLIC)
    return [unit.id for unit in added if unit.id is not None]


def correct_name(session: Session, actor: Actor, unit: Unit, name: str, *, today: date, now: datetime) -> None:
    """Give *unit* the right name from its first day on; the same name changes nothing."""
    if name == unit.name:
        return
    before = unit.name
    rename_unit(session, unit, name=name, kind=unit.kind, since=max(each.since for each in unit.names), today=today)
    subject, after = unit_subject(unit.parent or unit), dict[str, Plain](name=name, unit=unit.id)
    record(session, actor, UnitAction.UNIT_RENAME, subject, before={"name": before}, after=after, now=now)
    renew_version(session, PUBLIC)


def delete_unit(session: Session, actor: Actor, unit: Unit, *, now: datetime) -> None:
    """Delete *unit*, which was added by mistake.

    Raises:
        UnitInUse: something refers to it; nothing is deleted.
    """
    subject, name = unit_subject(unit.parent or unit), unit.name
    try:
        with session.begin_nested():
            session.execute(delete(Headcount).where(Headcount.unit_id == unit.id))
            session.delete(unit)
            session.flush()
    except IntegrityError as error:
        raise UnitInUse from error
    record(session, actor, UnitAction.UNIT_DELETE, subject, before={"name": name}, now=now)
    renew_version(session, PUBLIC)


def unit_subject(unit: Unit) -> Subject:
    """Return *unit* as a subject of the audit trail."""
    return Subject("commune.unit", unit.id, unit.name, unit.id)
