"""Making people unknown: their key goes, with all by which they could be found; what counts stays, of nobody."""

import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import Select, delete, update
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.data_version import PUBLIC, renew_version
from core.db import parts
from core.erasure_log import note
from core.person_keys import PersonKey
from core.values.week import day_start
from privacy.models import Consent, PersonRequest, RequestSubject
from privacy.models.holder import Holder
from privacy.rules.retention import REQUEST_DAYS


def erase_subjects(
    session: Session, keyring: Keyring, holder: Holder, ids: Collection[uuid.UUID], *, now: datetime
) -> int:
    """Erase who the people *ids* of *holder* are; returns how many were still known.

    The holder erases what it knows of them; their consents end, what they said in requests goes, and with their key
    whatever is sealed under it anywhere. The erasure is noted for restored backups. Whoever was erased before stays so.
    """
    known = [each for each in holder.lock(session, ids) if each.person_id is not None]
    for some in parts(known):
        known_ids = [each.id for each in some]
        holder.erase(session, keyring, known_ids, now)
        live = (Consent.holder == holder.code, Consent.subject_id.in_(known_ids), Consent.withdrawn_at.is_(None))
        session.execute(update(Consent).where(*live).values(withdrawn_at=now))
        persons = [each.person_id for each in some]
        session.execute(update(PersonRequest).where(PersonRequest.person_id.in_(persons)).values(sealed=None))
        session.execute(delete(PersonKey).where(PersonKey.id.in_(persons)))
        note(session, holder.code, known_ids)
        renew_version(session, PUBLIC)
    session.expire_all()
    return len(known)


def remove_subjects(session: Session, holder: str, ids: Select[uuid.UUID]) -> None:
    """Delete the consents of people who were never real, and let no request be about them: a rehearsal's."""
    for model in (Consent, RequestSubject):
        session.execute(delete(model).where(model.holder == holder, model.subject_id.in_(ids)))


def purge_requests(session: Session, today: date) -> int:
    """Forget who made a request that was answered a while ago; its days and steps stay."""
    before = day_start(today - timedelta(days=REQUEST_DAYS))
    old = update(PersonRequest).where(PersonRequest.answered_at < before, PersonRequest.sealed.is_not(None))
    done = session.execute(old.values(sealed=None).returning(PersonRequest.id))
    return len(done.all())
