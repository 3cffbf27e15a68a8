"""Give participants from before the present rule of names the hashes by which that rule finds them."""

import json
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.db import parts
from core.person_keys import PersonKey, open_person
from core.values.names import name_key
from core.values.text import fold
from quiz.contest.models import Participant, ParticipantWord
from quiz.contest.models.participant import NAME_VERSION
from quiz.contest.operations.registration import Identity, identity_hash, name_words
from quiz.contest.operations.roster import follow_correction


def fold_names_anew(session: Session, keyring: Keyring) -> int:
    """Fold the names of participants of an earlier rule anew; return how many got other hashes.

    Names of letters and spaces alone fold as before. A participant whose new identity another one has keeps the old
    hash, and so does one without a phone, whose identity depends on the sheet that named them.
    """
    old = select(Participant.id).where(Participant.name_version < NAME_VERSION, Participant.is_rehearsal.is_(False))
    changed = 0
    for ids in parts(session.scalars(old.order_by(Participant.id)).all()):
        people = session.scalars(select(Participant).where(Participant.id.in_(ids)).with_for_update()).all()
        changed += _fold_some(session, keyring, people)
        session.flush()
    return changed


def _fold_some(session: Session, keyring: Keyring, people: Sequence[Participant]) -> int:
    ids = [each.person_id for each in people if each.person_id]
    keys = {row.id: row for row in session.scalars(select(PersonKey).where(PersonKey.id.in_(ids)))}
    changed = 0
    for participant in people:
        row = keys.get(participant.person_id) if participant.person_id else None
        if row is not None:
            name, phone, year = json.loads(open_person(keyring, row).unseal(participant.sealed))
            if phone and name_key(name) != fold(name):
                changed += _fold_one(session, keyring, participant, Identity(name, phone, year))
        participant.name_version = NAME_VERSION
    return changed


def _fold_one(session: Session, keyring: Keyring, participant: Participant, identity: Identity) -> bool:
    old = participant.identity_hash
    try:
        with session.begin_nested():
            participant.identity_hash = identity_hash(keyring, participant.contest_id, identity)
            session.flush()
    except IntegrityError:
        session.refresh(participant)
        return False
    follow_correction(session, participant, old)
    session.execute(delete(ParticipantWord).where(ParticipantWord.participant_id == participant.id))
    session.add_all(name_words(keyring, participant.contest, participant.id, identity.name))
    return True
