"""Correct the name, birth year or unit of participants."""

import json
import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import Approval
from core.crypto import Keyring
from core.person_keys import find_person
from privacy.models.holder import NewFacts
from quiz.attempt.operations.counting import move_turns
from quiz.contest.models import Participant, ParticipantVersion
from quiz.contest.operations.registration import Identity, rename
from quiz.contest.queries.entering import entered_ids
from quiz.persons.operations.roster import list_own_rows, move_own_rows
from quiz.persons.queries.participants import list_participants, list_prizes
from quiz.results.models import Renaming


def correct_participants(
    session: Session, keyring: Keyring, ids: Collection[uuid.UUID], facts: NewFacts, now: datetime
) -> None:
    """Store the corrected *facts* of the participants *ids*, who are locked; the old facts stay as a version.

    A new unit moves the turns of rounds that still take papers; ended rounds keep the unit of their close. A line
    of a roster by which they are ranked follows, so that no correction takes anybody out of the ranking. A round in
    which the old name was published with a prize gets a `Renaming` with the approval.

    Raises:
        AlreadyRegistered: somebody of that name, phone and year is in the contest already.
    """
    renamed = []
    for participant in list_participants(session, ids):
        person = find_person(session, keyring, participant.person_id)
        if person is None:
            continue
        keep_version(session, participant, now)
        old, phone, born = json.loads(person.unseal(participant.sealed))
        rows = list_own_rows(session, keyring, participant)
        rename(session, keyring, participant, Identity(facts.name, phone, facts.birth_year or born))
        if old != facts.name:
            renamed.append(participant.id)
        if facts.unit_id is not None and facts.unit_id in entered_ids(participant.contest, now):
            move_to_unit(session, participant, facts.unit_id, now)
        move_own_rows(session, keyring, participant, rows)
    _keep_renamings(session, renamed, facts.approval, now)


def keep_version(session: Session, participant: Participant, now: datetime) -> None:
    """Store the present data of *participant* as an earlier version, before they change."""
    mine = ParticipantVersion.participant_id == participant.id
    number = session.scalar(select(func.count()).select_from(ParticipantVersion).where(mine)) or 0
    session.add(
        ParticipantVersion(
            participant_id=participant.id, version=number + 1, unit_id=participant.unit_id, sealed=participant.sealed,
            until=now,
        )
    )  # fmt: skip
    session.flush()


def _keep_renamings(session: Session, renamed: Collection[uuid.UUID], approval: Approval | None, now: datetime) -> None:
    rounds = {round.id for _winner, round in list_prizes(session, renamed)}
    session.add_all(Renaming(round_id=id, renamed_at=now, approval=approval) for id in sorted(rounds))
    session.flush()


def move_to_unit(session: Session, participant: Participant, unit_id: int, now: datetime) -> None:
    """Move *participant*, who is locked, to another unit, with what they count in rounds that still take papers.

    A round that has ended keeps them in the unit of its close, at every recount too, and so do the people of the whole
    contest until the next close. `keep_version` goes before.
    """
    if unit_id == participant.unit_id:
        return
    old, participant.unit_id = participant.unit_id, unit_id
    session.flush()
    for round in participant.contest.rounds:
        if now < round.closes_at and not round.is_frozen:
            move_turns(session, round, participant, old=old, new=unit_id)
