"""Answers to the further fields of a registration, of people whose contacts are open."""

import json
import uuid
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.person_keys import PersonKey, open_person
from quiz.contest.models import Participant


def extras_of(
    session: Session, keyring: Keyring, participants: Collection[Participant]
) -> dict[uuid.UUID, Mapping[str, str]]:
    """Return the answers of *participants* by id, each by the name of its field; erased and restricted ones, and those
    without any, are absent.
    """
    asked = [each for each in participants if each.extra and each.person_id and each.restricted_at is None]
    if not asked:
        return {}
    ids = [each.person_id for each in asked]
    keys = {row.id: row for row in session.scalars(select(PersonKey).where(PersonKey.id.in_(ids)))}
    return {
        each.id: json.loads(open_person(keyring, keys[each.person_id]).unseal(each.extra))
        for each in asked
        if each.person_id in keys and each.extra
    }
