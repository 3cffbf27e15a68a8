"""Find the rows of a roster that are about a participant."""

import json
from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.person_keys import find_person
from quiz.contest.models import Participant, RosterPerson
from quiz.contest.operations.registration import Identity
from quiz.contest.operations.roster_import import listed


def list_on_rosters(session: Session, keyring: Keyring, participants: Collection[Participant]) -> list[RosterPerson]:
    """Return the rows of *participants* on the rosters of their contests."""
    return [row for each in participants if not each.is_rehearsal for row in _rows_of(session, keyring, each)]


def _rows_of(session: Session, keyring: Keyring, participant: Participant) -> list[RosterPerson]:
    """Return the rows with the identity of *participant*, or with the name, its year or none, and the same phone, or
    without a phone and of the same unit or none.
    """
    found = select(RosterPerson).where(RosterPerson.contest_id == participant.contest_id)
    own = RosterPerson.identity_hash == participant.identity_hash
    named = RosterPerson.name_hash.in_(_names_of(session, keyring, participant))
    no_phone = RosterPerson.phone_hash.is_(None)
    here = or_(RosterPerson.unit_id.is_(None), RosterPerson.unit_id == participant.unit_id)
    close = or_(RosterPerson.phone_hash == participant.phone_hash, no_phone & here)
    return list(session.scalars(found.where(or_(own, named & close))))


def _names_of(session: Session, keyring: Keyring, participant: Participant) -> list[bytes]:
    """Return the hashes of the name with its birth year and without one; none once the participant was erased."""
    person = find_person(session, keyring, participant.person_id)
    if person is None:
        return []
    name, phone, year = json.loads(person.unseal(participant.sealed))
    identities = [Identity(name, phone, each) for each in {year, None}]
    return [listed(keyring, participant.contest_id, each, None, "").name_hash for each in identities]
