"""Erase people: their key is deleted, with all that finds them; counts stay, without a person."""

import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, update
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

REQUESTS = "request"
"""The kind of requests in the log of erasures."""


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
        _forget_words(session, PersonRequest.person_id.in_(persons))
        session.execute(delete(PersonKey).where(PersonKey.id.in_(persons)))
        note(session, holder.code, known_ids)
        renew_version(session, PUBLIC)
    session.expire_all()
    return len(known)


def erase_requests(session: Session, ids: Collection[uuid.UUID]) -> int:
    """Delete the name, phone and words of the askers of requests *ids*; return how many had them."""
    return sum(_forget_words(session, PersonRequest.id.in_(some)) for some in parts(sorted(ids)))


def _forget_words(session: Session, which: ColumnElement[bool]) -> int:
    """Delete the words of requests, and log that for restored backups: there they may have no key yet."""
    old = update(PersonRequest).where(which, PersonRequest.sealed.is_not(None)).values(sealed=None)
    gone = session.scalars(old.returning(PersonRequest.id)).all()
    note(session, REQUESTS, gone)
    return len(gone)


def remove_subjects(session: Session, holder: str, ids: Select[uuid.UUID]) -> None:
    """Delete the consents of people of a rehearsal, and remove them from requests."""
    for model in (Consent, RequestSubject):
        session.execute(delete(model).where(model.holder == holder, model.subject_id.in_(ids)))


def purge_requests(session: Session, today: date) -> int:
    """Delete the name, phone and words of askers `REQUEST_DAYS` after the answer; days and steps stay."""
    return _forget_words(session, PersonRequest.answered_at < day_start(today - timedelta(days=REQUEST_DAYS)))
