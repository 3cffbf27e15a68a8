"""Making people unknown: their key and salt go, with every hash by which they could be found; what counts stays.

Turns, entries, tallies and standings name a participant by a random id alone, and each attempt's commitment to its
answers has a salt of its own: all of it verifies afterwards as before.
"""

import json
import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.db import parts
from core.vault import PersonKey, find_person
from quiz.models import Consent, Participant, ParticipantVersion, ParticipantWord, PersonRequest

UNKNOWN = b""
"""What lies sealed of somebody who was erased."""


def erase_participants(
    session: Session, keyring: Keyring, participants: Collection[Participant], *, now: datetime
) -> int:
    """Erase who *participants* are; returns how many were still known. Whoever was erased before stays erased.

    Their personal code opens nothing any more; their receipts still show their papers, which name nobody.
    """
    known = [each for each in participants if each.person_id is not None]
    for some in parts(known):
        ids = [each.id for each in some]
        _forget_hashes(session, keyring, ids)
        session.execute(update(Participant).where(Participant.id.in_(ids)).values(sealed=UNKNOWN))
        live = (Consent.participant_id.in_(ids), Consent.withdrawn_at.is_(None))
        session.execute(update(Consent).where(*live).values(withdrawn_at=now))
        persons = [each.person_id for each in some]
        session.execute(update(PersonRequest).where(PersonRequest.person_id.in_(persons)).values(sealed=None))
        session.execute(delete(PersonKey).where(PersonKey.id.in_(persons)))
    session.expire_all()
    return len(known)


def keep_names_alone(session: Session, keyring: Keyring, participants: Collection[Participant]) -> None:
    """Of *participants* nothing stays but the name that they agreed to see published: no phone, no year, no hash."""
    for participant in participants:
        person = find_person(session, keyring, participant.person_id)
        if person is not None:
            name = json.loads(person.unseal(participant.sealed))[0]
            participant.sealed = person.seal(json.dumps([name, None, None], ensure_ascii=False))
    session.flush()
    _forget_hashes(session, keyring, [each.id for each in participants])
    session.expire_all()


def _forget_hashes(session: Session, keyring: Keyring, ids: Collection[uuid.UUID]) -> None:
    """Put what nobody can type in the place of every hash by which they could be found."""
    for model in (ParticipantWord, ParticipantVersion):
        session.execute(delete(model).where(model.participant_id.in_(ids)))
    names = ("identity_hash", "phone_hash", "code_hash")
    gone = [{"id": id, "phone_slot": 1} | {name: keyring.mac("erased", name, str(id)) for name in names} for id in ids]
    if gone:
        session.execute(update(Participant), gone)
