"""Let the rows of a roster follow the correction of the person whom they let into the ranking."""

import json
from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.person_keys import find_person
from quiz.attempt.queries.eligible import RosterLine, list_lines
from quiz.contest.models import Participant, RosterPerson
from quiz.contest.operations.on_roster import list_on_rosters
from quiz.contest.operations.registration import Identity
from quiz.contest.operations.roster import forget_rows
from quiz.contest.operations.roster_import import listed

OwnRow = tuple[RosterPerson, bool]
"""A row of a roster, and whether it has a birth year."""


def list_own_rows(session: Session, keyring: Keyring, participant: Participant) -> list[OwnRow]:
    """Return the rows that stand for *participant*: their exact identity, or those that let them into the ranking.

    A row that fits somebody else too is theirs only if they were confirmed: it must not go away with a stranger's name.
    """
    found = []
    for row in list_on_rosters(session, keyring, [participant]):
        line = _line_of(session, row)
        if line.holder == participant.id or (row.identity_hash == participant.identity_hash and not line.people):
            found.append((row, row.name_hash != participant.bare_name_hash))
    return found


def list_rows_to_forget(
    session: Session, keyring: Keyring, participants: Collection[Participant]
) -> list[RosterPerson]:
    """Return the rows that go when *participants* are erased: not those that somebody else is or may be on."""
    ids = {each.id for each in participants}
    rows = {row.id: (row, _line_of(session, row)) for row in list_on_rosters(session, keyring, participants)}
    return [row for row, line in rows.values() if line.holder in ids or ids >= set(line.people)]


def _line_of(session: Session, row: RosterPerson) -> RosterLine:
    found = list_lines(session, row.contest_id, RosterPerson.identity_hash == row.identity_hash)
    return found[0] if found else RosterLine((), None)


def move_own_rows(session: Session, keyring: Keyring, participant: Participant, rows: Sequence[OwnRow]) -> None:
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
