"""Registering a participant: known by keyed hashes, named under a key of their own."""

import json
import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.crypto import Keyring, RandomBytes
from core.person_keys import Person, create_person, find_person
from core.values.text import fold
from core.values.week import local_date
from privacy.models.holder import FactsTaken
from privacy.rules.age import may_be_child
from quiz.contest.models import Contest, Participant, ParticipantWord
from quiz.contest.operations.consent import give_consent
from quiz.contest.operations.rehearsal import hold_rehearsal
from quiz.contest.rules.consent import Purpose


class AlreadyRegistered(FactsTaken):
    """The same phone, name and birth year are in this contest."""


class PhoneFull(Exception):
    """As many people as the contest allows are registered under this phone."""


@dataclass(frozen=True)
class Identity:
    """What a person says of themselves: clean name, canonical phone, birth year.

    A sheet may leave the phone or the year out; `instead` is then what tells apart those who have no phone to call.
    """

    name: str
    phone: str | None
    birth_year: int | None
    instead: str = ""


def identity_hash(keyring: Keyring, contest_id: int, identity: Identity) -> bytes:
    """The keyed hash by which a participant of a contest is known."""
    phone = identity.phone or identity.instead
    return keyring.mac("identity", str(contest_id), phone, fold(identity.name), str(identity.birth_year or ""))


def phone_hash(keyring: Keyring, contest_id: int, phone: str) -> bytes:
    """The keyed hash by which the participants that share a phone are counted."""
    return keyring.mac("phone", str(contest_id), phone)


def register_participant(
    session: Session,
    keyring: Keyring,
    contest: Contest,
    identity: Identity,
    *,
    unit_id: int,
    code: str,
    now: datetime,
    agreed: Collection[Purpose] = (),
) -> Participant:
    """Register *identity* for a unit under the personal *code*, with what they *agreed* to.

    In a rehearsal they are somebody else than whoever registers for real, and go with it.

    Raises:
        AlreadyRegistered: this identity is in the contest; nobody comes back by knowing a phone and a year.
        PhoneFull: the phone carries `contest.people_per_phone` people.
        RehearsalOver: the rehearsal has just been wiped.
    """
    person = create_person(session, keyring)
    participant = build_participant(keyring, contest, identity, person, unit_id=unit_id, code=code, now=now)
    session.flush()
    if contest.is_rehearsal:
        hold_rehearsal(session, contest.id)
        _set_apart(keyring, participant)
    _take_phone_slot(session, participant, contest.people_per_phone)
    session.add_all(name_words(keyring, contest, participant.id, identity.name))
    give_consent(session, participant.id, agreed, now=now)
    return participant


def rename(session: Session, keyring: Keyring, participant: Participant, identity: Identity) -> None:
    """Put *identity* in the place of what is known of *participant*, hashes included; the code and the phone stay.

    Raises:
        AlreadyRegistered: that is somebody else of the same contest.
    """
    person = find_person(session, keyring, participant.person_id)
    if person is None:
        return
    participant.sealed = person.seal(facts_of(identity))
    participant.identity_hash = identity_hash(keyring, participant.contest_id, identity)
    participant.may_be_child = may_be_child(identity.birth_year, local_date(participant.registered_at).year)
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadyRegistered from error
    session.execute(delete(ParticipantWord).where(ParticipantWord.participant_id == participant.id))
    session.add_all(name_words(keyring, participant.contest, participant.id, identity.name))
    session.flush()


def facts_of(identity: Identity) -> str:
    """What is sealed of a participant: name, phone, birth year."""
    return json.dumps([identity.name, identity.phone, identity.birth_year], ensure_ascii=False)


def _set_apart(keyring: Keyring, participant: Participant) -> None:
    participant.is_rehearsal = True
    for name in ("identity_hash", "phone_hash"):
        setattr(participant, name, keyring.mac("rehearsal", name, getattr(participant, name)))


def build_participant(
    keyring: Keyring,
    contest: Contest,
    identity: Identity,
    person: Person,
    *,
    unit_id: int,
    code: str,
    now: datetime,
    id: uuid.UUID | None = None,
    random: RandomBytes = secrets.token_bytes,
) -> Participant:
    """The row of a participant, not yet added: hashes for finding, one sealed text for reading."""
    return Participant(
        **participant_values(
            keyring, contest.id, identity, person, unit_id=unit_id, code=code, now=now, id=id, random=random
        )
    )


def participant_values(
    keyring: Keyring,
    contest_id: int,
    identity: Identity,
    person: Person,
    *,
    unit_id: int,
    code: str,
    now: datetime,
    id: uuid.UUID | None = None,
    random: RandomBytes = secrets.token_bytes,
) -> dict[str, Any]:
    """The values of that row. Whoever has no phone shares it with nobody: its hash is their own."""
    id = id or uuid.uuid4()
    return {
        "id": id,
        "contest_id": contest_id,
        "unit_id": unit_id,
        "person_id": person.id,
        "identity_hash": identity_hash(keyring, contest_id, identity),
        "phone_hash": phone_hash(keyring, contest_id, identity.phone or f"none of {id}"),
        "phone_slot": 1,
        "code_hash": keyring.mac("personal-code", code),
        "sealed": person.seal(facts_of(identity), random=random),
        "may_be_child": may_be_child(identity.birth_year, local_date(now).year),
        "registered_at": now,
    }


def name_words(keyring: Keyring, contest: Contest, participant_id: uuid.UUID, name: str) -> list[ParticipantWord]:
    """A keyed hash for each whole folded word of *name*."""
    return [
        ParticipantWord(participant_id=participant_id, word_hash=word_hash(keyring, contest.id, word))
        for word in words_of(name)
    ]


def words_of(name: str) -> list[str]:
    """The different whole folded words of *name*."""
    return sorted(set(fold(name).split()))


def word_hash(keyring: Keyring, contest_id: int, word: str) -> bytes:
    """The keyed hash by which a folded word of a name is found."""
    return keyring.mac("name-word", str(contest_id), word)


def _take_phone_slot(session: Session, participant: Participant, limit: int) -> None:
    same_phone = select(Participant.phone_slot).where(
        Participant.contest_id == participant.contest_id, Participant.phone_hash == participant.phone_hash
    )
    taken = set(session.scalars(same_phone))
    for slot in range(1, limit + 1):
        if slot in taken:
            continue
        participant.phone_slot = slot
        try:
            with session.begin_nested():
                session.add(participant)
        except IntegrityError:
            _refuse_known(session, participant)
        else:
            return
    _refuse_known(session, participant)
    raise PhoneFull


def _refuse_known(session: Session, participant: Participant) -> None:
    same = select(Participant.id).where(
        Participant.contest_id == participant.contest_id, Participant.identity_hash == participant.identity_hash
    )
    if session.scalar(same) is not None:
        raise AlreadyRegistered
