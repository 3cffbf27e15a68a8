"""Import a planned sheet of units: all of it, or nothing."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from commune.models import Headcount, Unit
from commune.operations.units import create_unit, rename_unit
from commune.rules.actions import UnitAction
from commune.rules.directory import DatedUnit
from commune.rules.unit_import import Add, Count, UnitChange
from core.audit_hook import record_command
from core.values.text import N_


def import_units(session: Session, changes: Sequence[UnitChange], today: date, *, rows: int) -> None:
    """Do *changes*, which *rows* of the sheet ask for, and record it; without changes nothing happens.

    Raises:
        IntegrityError: somebody else imported the same at the same moment.
    """
    if changes:
        apply_changes(session, changes, today)
        record_command(session, UnitAction.UNIT_IMPORT, N_("Đơn vị hành chính"), {"new": rows})


def apply_changes(session: Session, changes: Iterable[UnitChange], today: date) -> None:
    """Do *changes* in their order; raises IntegrityError when somebody else brought the same in at the same moment."""
    for change in changes:
        if isinstance(change, Add):
            _add(session, change.unit)
            continue
        unit = _row_of(session, change.unit)
        if isinstance(change, Count):
            session.merge(Headcount(unit_id=unit.id, as_of=change.as_of, people=change.people, source=change.source))
        else:
            said = change.name
            rename_unit(session, unit, name=said.name, kind=said.kind, since=said.since, today=today)
    session.flush()


def _add(session: Session, unit: DatedUnit) -> None:
    [name] = unit.names
    parent = _row_of(session, unit.parent) if unit.parent else None
    row = create_unit(
        session,
        code=unit.code,
        kind=name.kind,
        name=name.name,
        valid_from=unit.since,
        valid_to=unit.until,
        parent=parent,
    )
    unit.id = row.id


def _row_of(session: Session, unit: DatedUnit) -> Unit:
    return session.get_one(Unit, unit.id)
