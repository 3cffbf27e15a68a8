"""Change the logo of a unit, with the audit entry."""

from datetime import datetime

from sqlalchemy.orm import Session

from account.operations.audit import Actor, Subject, record
from commune.models import Unit
from commune.operations.logos import remove_logo, set_logo
from commune.queries.logos import logos_of
from commune.rules.actions import UnitAction
from core.images import Drawn
from core.values.kept import kept
from core.values.text import N_

_LOGO = kept(N_("Biểu trưng của %(name)s"))


def change_logo(session: Session, actor: Actor, unit: Unit, drawn: Drawn, *, now: datetime) -> None:
    """Set *drawn* as the logo of *unit*; the same picture changes nothing.

    Raises:
        IntegrityError: another account set one at the same moment.
    """
    before = set_logo(session, unit, drawn, by=actor.owner, now=now)
    after = logos_of(session, [unit.id])[unit.id].digest
    if before != after:
        was = {"digest": before} if before else None
        record(session, actor, UnitAction.LOGO_SET, logo_subject(unit), before=was, after={"digest": after}, now=now)


def take_logo_away(session: Session, actor: Actor, unit: Unit, *, now: datetime) -> None:
    """Remove the logo of *unit* itself, so that the nearest one above it is shown; without one do nothing."""
    if digest := remove_logo(session, unit):
        record(session, actor, UnitAction.LOGO_REMOVE, logo_subject(unit), before={"digest": digest}, now=now)


def logo_subject(unit: Unit) -> Subject:
    """Return the logo of *unit* as a subject of the audit trail."""
    return Subject("commune.logo", unit.id, _LOGO % {"name": unit.name}, unit.id)
