"""Setting the picture that stands for a unit, and taking it away: flush, never commit."""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete
from sqlalchemy.orm import Session

from commune.models import Logo, Unit
from core.data_version import PUBLIC, renew_version
from core.images import Drawn


def set_logo(session: Session, unit: Unit, drawn: Drawn, *, by: str, now: datetime) -> str | None:
    """Let *drawn* stand for *unit*; returns the digest of what stood there before (the same one: nothing was done).

    Raises IntegrityError when somebody else set one at the same moment.
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
    """Take the logo of *unit* itself away, so that the nearest above is shown; returns its digest (None: none there).

    The database says what went, for a colleague may have set another since it was looked at.
    """
    renew_version(session, PUBLIC)
    return session.scalar(delete(Logo).where(Logo.unit_id == unit.id).returning(Logo.digest))
