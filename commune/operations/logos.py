"""Set and remove the logo of a unit; they flush and never commit."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete
from sqlalchemy.orm import Session

from commune.models import Logo, Unit
from core.data_version import PUBLIC, renew_version
from core.images import Drawn


def set_logo(session: Session, unit: Unit, drawn: Drawn, *, by: str, now: datetime) -> str | None:
    """Set *drawn* as the logo of *unit*; returns the digest of the earlier one (if equal, nothing was changed).

    Raises IntegrityError when another request sets one at the same moment.
    """
    digest = sha256(drawn.large + drawn.small).hexdigest()
    before = session.get(Logo, unit.id)
    if before is not None and before.digest == digest:
        return digest
    was = remove_logo(session, unit)
    logo = Logo(unit_id=unit.id, digest=digest, large=drawn.large, small=drawn.small, set_at=now, set_by=by)
    session.add(logo)
    session.flush()
    renew_version(session, PUBLIC)
    return was


def remove_logo(session: Session, unit: Unit) -> str | None:
    """Remove the logo of *unit* itself; returns its digest, None if there was none.

    The digest is read by the deleting statement, since another logo may have been set after the page was shown.
    """
    renew_version(session, PUBLIC)
    return session.scalar(delete(Logo).where(Logo.unit_id == unit.id).returning(Logo.digest))
