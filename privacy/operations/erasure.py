"""Erase people: their key is deleted, with all that finds them; counts stay, without a person."""

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
    """Erase the people *ids* of *holder*; return how many were not erased before.

    The holder erases its own data of them, their consents end, and their words in requests are deleted. Deleting
    their key erases everything that is sealed under it anywhere. The erasure is logged for restored backups.
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
    """Delete the consents of people of a rehearsal, and remove them from requests."""
    for model in (Consent, RequestSubject):
        session.execute(delete(model).where(model.holder == holder, model.subject_id.in_(ids)))


def purge_requests(session: Session, today: date) -> int:
    """Delete the name, phone and words of askers `REQUEST_DAYS` after the answer; days and steps stay."""
    before = day_start(today - timedelta(days=REQUEST_DAYS))
    old = update(PersonRequest).where(PersonRequest.answered_at < before, PersonRequest.sealed.is_not(None))
    done = session.execute(old.values(sealed=None).returning(PersonRequest.id))
    return len(done.all())
