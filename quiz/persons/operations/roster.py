"""Let the rows of a roster follow the correction of the person whom they let into the ranking."""

import json
from collections.abc import Sequence

from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.person_keys import find_person
from quiz.attempt.queries.eligible import list_listed
from quiz.contest.models import Participant, RosterPerson
from quiz.contest.operations.on_roster import list_on_rosters
from quiz.contest.operations.registration import Identity
from quiz.contest.operations.roster import forget_rows
from quiz.contest.operations.roster_import import listed

OwnRow = tuple[RosterPerson, bool]
"""A row of a roster, and whether it has a birth year."""


def list_own_rows(session: Session, keyring: Keyring, participant: Participant) -> list[OwnRow]:
    """Return the rows that stand for *participant*: their exact identity, or those that let them into the ranking.

    A row that lets somebody else in, who registered earlier, is not theirs: it must not go away with their name.
    """
    found = []
    for row in list_on_rosters(session, keyring, [participant]):
        mine = RosterPerson.identity_hash == row.identity_hash
        let_in = list_listed(session, participant.contest_id, mine)
        if participant.id in let_in or (row.identity_hash == participant.identity_hash and not let_in):
            found.append((row, row.name_hash != participant.bare_name_hash))
    return found


def move_own_rows(
    session: Session, keyring: Keyring, participant: Participant, rows: Sequence[OwnRow]
) -> None:  # fmt: skip
    """Give *rows* the corrected name, year and unit of *participant*; a row goes if the roster has the new one too."""
    person = find_person(session, keyring, participant.person_id)
    if person is None:
        return
    name, phone, born = json.loads(person.unseal(participant.sealed))
    for row, has_year in rows:
        unit_id = participant.unit_id if row.phone_hash is None else row.unit_id
        kept = phone if row.phone_hash is not None else None
        identity = Identity(name, kept, born if has_year else None, instead=f"unit {unit_id}")
        new = listed(keyring, participant.contest_id, identity, unit_id, row.bloc)
        if new.identity_hash == row.identity_hash:
            continue
        if session.get(RosterPerson, (row.contest_id, new.identity_hash)) is not None:
            forget_rows(session, [row.id])
        else:
            row.identity_hash, row.name_hash, row.unit_id = new.identity_hash, new.name_hash, new.unit_id
        session.flush()
