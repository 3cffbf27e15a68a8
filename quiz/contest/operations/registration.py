"""Register a participant, identified by keyed hashes, with data under a key of their own."""

import json
import secrets
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.crypto import Keyring, RandomBytes
from core.person_keys import Person, create_person, find_person
from core.values.names import name_key
from core.values.text import search_key
from core.values.week import local_date
from privacy.models.holder import FactsTaken
from privacy.rules.age import may_be_child
from quiz.contest.models import Contest, Participant, ParticipantWord
from quiz.contest.operations.cards import redeem_card
from quiz.contest.operations.consent import give_consent
from quiz.contest.operations.headcounts import fix_headcounts
from quiz.contest.operations.nicknames import choose_nickname
from quiz.contest.operations.rehearsal import lock_rehearsal
from quiz.contest.queries.nicknames import bare_name_hash
from quiz.contest.rules.consent import Purpose, wording_of


class AlreadyRegistered(FactsTaken):
    """A participant with the same phone, name and birth year is in this contest."""


@dataclass(frozen=True)
class Identity:
    """The identity that a person enters: clean name, canonical phone, birth year.

    A sheet may lack the phone or the year; `instead` then distinguishes people without a phone.
    """

    name: str
    phone: str | None
    birth_year: int | None
    instead: str = ""


def identity_hash(keyring: Keyring, contest_id: int, identity: Identity) -> bytes:
    """Return the keyed hash that identifies a participant of a contest."""
    phone = identity.phone or identity.instead
    return keyring.mac("identity", str(contest_id), phone, name_key(identity.name), str(identity.birth_year or ""))


def phone_hash(keyring: Keyring, contest_id: int, phone: str) -> bytes:
    """Return the keyed hash by which the participants that share a phone are counted."""
    return keyring.mac("phone", str(contest_id), phone)


def name_hashes(keyring: Keyring, contest_id: int, identity: Identity) -> tuple[bytes, bytes]:
    """Return the keyed hashes of a name without marks: with the birth year, and without it."""
    name = search_key(name_key(identity.name))
    years = (str(identity.birth_year or ""), "")
    with_year, bare = (bare_name_hash(keyring, contest_id, name, year) for year in years)
    return with_year, bare


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
    card: str | None = None,
    bloc: int | None = None,
    more: Mapping[str, str] | None = None,
    nickname: str = "",
) -> Participant:
    """Register *identity* for a unit, and a *bloc* where the contest has blocs, under the personal *code*, with the
    purposes *agreed* to and a *nickname*, if any. *more* are answers to the fields that the contest asks besides, by
    name.

    Beyond `contest.people_per_phone` they get no place on the phone until they confirm (see `confirmation`), and no one
    learns how many others are on it. An entry *card* is
    used up and confirms the person. In a rehearsal the participant is a separate one, deleted with the rehearsal, and
    no card is used.

    Raises:
        AlreadyRegistered: this identity is in the contest; a phone and a year alone give no access to it.
        RehearsalOver: the rehearsal has just been wiped.
        CardRefused: the card is unknown, used or void.
        NicknameRefused: the nickname may not be chosen.
    """
    fix_headcounts(session, contest, now=now)
    person = create_person(session, keyring)
    participant = build_participant(keyring, contest, identity, person, unit_id=unit_id, code=code, now=now)
    participant.bloc, participant.extra = bloc, _sealed(person, more)
    session.flush()
    if contest.is_rehearsal:
        lock_rehearsal(session, contest.id)
        _set_apart(keyring, participant)
    _take_phone_slot(session, participant, contest.people_per_phone)
    session.add_all(name_words(keyring, contest, participant.id, identity.name))
    give_consent(session, participant.id, agreed, now=now, wording=wording_of(asks_more=contest.asks_more))
    if nickname:
        choose_nickname(session, keyring, participant, nickname, now=now)
    _use_card(session, keyring, participant, card, now)
    return participant


def _sealed(person: Person, more: Mapping[str, str] | None) -> bytes | None:
    return person.seal(json.dumps(dict(more), ensure_ascii=False)) if more else None


def _use_card(session: Session, keyring: Keyring, participant: Participant, card: str | None, now: datetime) -> None:
    if card is not None and not participant.is_rehearsal:
        redeem_card(session, keyring, participant.contest_id, card, now=now)
        participant.confirmed_at = now


def rename(session: Session, keyring: Keyring, participant: Participant, identity: Identity) -> None:
    """Replace the data of *participant* with *identity*, hashes included; the code and the phone stay.

    Raises:
        AlreadyRegistered: another participant of the contest has this identity.
    """
    person = find_person(session, keyring, participant.person_id)
    if person is None:
        return
    participant.sealed = person.seal(facts_of(identity))
    participant.identity_hash = identity_hash(keyring, participant.contest_id, identity)
    participant.name_hash, participant.bare_name_hash = name_hashes(keyring, participant.contest_id, identity)
    participant.may_be_child = may_be_child(identity.birth_year, local_date(participant.registered_at).year)
    try:
        session.flush()
    except IntegrityError as error:
        raise AlreadyRegistered from error
    session.execute(delete(ParticipantWord).where(ParticipantWord.participant_id == participant.id))
    session.add_all(name_words(keyring, participant.contest, participant.id, identity.name))
    session.flush()


def facts_of(identity: Identity) -> str:
    """Return the text that is sealed for a participant: name, phone, birth year as JSON."""
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
    """Return the row of a participant, not added to the session: hashes for search, one sealed text."""
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
    """Return the values of that row. A participant without a phone gets a phone hash of their own."""
    id = id or uuid.uuid4()
    name_hash, bare_name_hash = name_hashes(keyring, contest_id, identity)
    return {
        "id": id,
        "contest_id": contest_id,
        "unit_id": unit_id,
        "person_id": person.id,
        "identity_hash": identity_hash(keyring, contest_id, identity),
        "phone_hash": phone_hash(keyring, contest_id, identity.phone or f"none of {id}"),
        "phone_slot": 1,
        "name_hash": name_hash,
        "bare_name_hash": bare_name_hash,
        "code_hash": keyring.mac("personal-code", code),
        "sealed": person.seal(facts_of(identity), random=random),
        "may_be_child": may_be_child(identity.birth_year, local_date(now).year),
        "registered_at": now,
    }


def name_words(keyring: Keyring, contest: Contest, participant_id: uuid.UUID, name: str) -> list[ParticipantWord]:
    """Return a keyed hash for each whole folded word of *name*."""
    return [
        ParticipantWord(participant_id=participant_id, word_hash=word_hash(keyring, contest.id, word))
        for word in words_of(name)
    ]


def words_of(name: str) -> list[str]:
    """Return the different whole folded words of *name*."""
    return sorted(set(name_key(name).split()))


def word_hash(keyring: Keyring, contest_id: int, word: str) -> bytes:
    """Return the keyed hash by which a folded word of a name is searched."""
    return keyring.mac("name-word", str(contest_id), word)


def _take_phone_slot(session: Session, participant: Participant, limit: int) -> None:
    """Store *participant* in the first free place of the phone, or without one."""
    same_phone = select(Participant.phone_slot).where(
        Participant.contest_id == participant.contest_id, Participant.phone_hash == participant.phone_hash
    )
    taken = set(session.scalars(same_phone))
    for slot in (*(slot for slot in range(1, limit + 1) if slot not in taken), None):
        participant.phone_slot = slot
        try:
            with session.begin_nested():
                session.add(participant)
        except IntegrityError:
            _refuse_known(session, participant)
        else:
            return


def _refuse_known(session: Session, participant: Participant) -> None:
    same = select(Participant.id).where(
        Participant.contest_id == participant.contest_id, Participant.identity_hash == participant.identity_hash
    )
    if session.scalar(same) is not None:
        raise AlreadyRegistered
