"""What was planned for a sheet of units is done: all of it, or nothing."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from commune.models import Headcount, Unit
from commune.operations.units import create_unit, rename_unit
from commune.rules.actions import UnitAction
from commune.rules.directory import DirectoryUnit
from commune.rules.import_plan import AddUnit, Deed, SetHeadcount
from core.audit_hook import record_command


def carry_out(session: Session, deeds: Collection[Deed], today: date, *, new: int) -> None:
    """Do *deeds*, of *new* lines of the sheet, in their order, and record it in the audit trail; without any, nothing.

    Raises:
        IntegrityError: somebody else brought the same in at the same moment.
    """
    for deed in deeds:
        if isinstance(deed, AddUnit):
            _add(session, deed.unit)
            continue
        unit = _row_of(session, deed.unit)
        if isinstance(deed, SetHeadcount):
            session.merge(Headcount(unit_id=unit.id, as_of=deed.as_of, people=deed.people, source=deed.source))
        else:
            said = deed.name
            rename_unit(session, unit, name=said.name, kind=said.kind, since=said.since, today=today)
    session.flush()
    if deeds:
        record_command(session, UnitAction.UNIT_IMPORT, "Đơn vị hành chính", {"new": new})


def _add(session: Session, unit: DirectoryUnit) -> None:
    [name] = unit.names
    parent = _row_of(session, unit.parent) if unit.parent else None
    row = create_unit(
        session, code=unit.code, kind=name.kind, name=name.name, valid_from=unit.since, valid_to=unit.until,
        parent=parent,
    )  # fmt: skip
    unit.id = row.id


def _row_of(session: Session, unit: DirectoryUnit) -> Unit:
    return session.get_one(Unit, unit.id)
