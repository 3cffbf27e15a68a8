"""The nicknames that may stand in public, and whether one is taken for a registered name."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.person_keys import PersonKey, find_person, open_person
from quiz.contest.models import Nickname, Participant
from quiz.contest.rules.nicknames import bare_names


def bare_name_hash(keyring: Keyring, contest_id: int, bare: str, year: str = "") -> bytes:
    """Return the keyed hash of a name without marks in a contest, with a birth year or without one."""
    return keyring.mac("roster-name", str(contest_id), bare, year)


def registered_among(session: Session, keyring: Keyring, contest_id: int, nicknames: Collection[str]) -> set[str]:
    """Return those of *nicknames* that read as the name of a participant of the contest, marks or not."""
    hashes = {bare_name_hash(keyring, contest_id, bare): each for each in nicknames for bare in bare_names(each)}
    if not hashes:
        return set()
    query = select(Participant.bare_name_hash).where(Participant.contest_id == contest_id)
    found = session.scalars(query.where(Participant.bare_name_hash.in_(list(hashes))).distinct())
    return {hashes[each] for each in found if each is not None}


def nicknames_of(
    session: Session, keyring: Keyring, contest_id: int, until: Mapping[uuid.UUID, datetime]
) -> dict[uuid.UUID, str]:
    """Return the nicknames of participants of a contest that may stand in public, each chosen before its time *until*.

    Left out are those that were struck, and those under which somebody is registered, who may have come later.
    """
    if not until:
        return {}
    query = select(Nickname, PersonKey).join(Participant, Participant.id == Nickname.participant_id)
    query = query.join(PersonKey, PersonKey.id == Participant.person_id)
    query = query.where(Nickname.participant_id.in_(list(until)), Nickname.struck_at.is_(None))
    found = {
        row.participant_id: open_person(keyring, key).unseal(row.sealed)
        for row, key in session.execute(query.where(Nickname.sealed.is_not(None)))
        if row.sealed is not None and row.chosen_at < until[row.participant_id]
    }
    taken = registered_among(session, keyring, contest_id, found.values())
    return {id: nickname for id, nickname in found.items() if nickname not in taken}


def read_nickname(session: Session, keyring: Keyring, row: Nickname | None) -> str:
    """Return the nickname in *row*; empty without one, or once its owner was erased."""
    participant = session.get(Participant, row.participant_id) if row is not None else None
    person = find_person(session, keyring, participant.person_id) if participant is not None else None
    return person.unseal(row.sealed) if person and row is not None and row.sealed is not None else ""
