"""Import a planned sheet of units: all of it, or nothing."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from commune.models import Headcount, Unit
from commune.operations.units import create_unit, rename_unit
from commune.rules.actions import Action
from commune.rules.bringing import Add, Count, Deed
from commune.rules.directory import Known
from core.audit_hook import record_command


def import_units(session: Session, deeds: Sequence[Deed], today: date, *, rows: int) -> None:
    """Do *deeds*, which *rows* of the sheet ask for, and record it; without deeds nothing happens.

    Raises:
        IntegrityError: somebody else imported the same at the same moment.
    """
    if deeds:
        carry_out(session, deeds, today)
        record_command(session, Action.UNIT_IMPORT, "Đơn vị hành chính", {"new": rows})


def carry_out(session: Session, deeds: Iterable[Deed], today: date) -> None:
    """Do *deeds* in their order; raises IntegrityError when somebody else brought the same in at the same moment."""
    for deed in deeds:
        if isinstance(deed, Add):
            _add(session, deed.unit)
            continue
        unit = _row_of(session, deed.unit)
        if isinstance(deed, Count):
            session.merge(Headcount(unit_id=unit.id, as_of=deed.as_of, people=deed.people, source=deed.source))
        else:
            said = deed.name
            rename_unit(session, unit, name=said.name, kind=said.kind, since=said.since, today=today)
    session.flush()


def _add(session: Session, unit: Known) -> None:
    [name] = unit.names
    parent = _row_of(session, unit.parent) if unit.parent else None
    row = create_unit(
        session, code=unit.code, kind=name.kind, name=name.name, valid_from=unit.since, valid_to=unit.until,
        parent=parent,
    )  # fmt: skip
    unit.id = row.id


def _row_of(session: Session, unit: Known) -> Unit:
    return session.get_one(Unit, unit.id)
