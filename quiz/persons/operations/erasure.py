"""Erase participants: every hash that finds them is replaced; what was counted stays.

Turns, entries, tallies and standings name a participant by a random id alone, and each attempt's commitment to its
answers has a salt of its own: all of it verifies afterwards as before.
"""

import json
import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.person_keys import find_person
from quiz.attempt.models import Attempt, AttemptDraft, Entry
from quiz.attempt.operations.paper_sheets import forget_readings
from quiz.attempt.operations.tally import rebuild_tally
from quiz.contest.models import (
    Nickname,
    Participant,
    ParticipantVersion,
    ParticipantWord,
    PhoneCode,
    Round,
    UnitRequest,
)
from quiz.contest.models.contest import is_changeable
from quiz.contest.operations.roster import forget_on_roster
from quiz.outreach.operations.announcement import forget_phones
from quiz.persons.operations.roster import list_rows_to_forget
from quiz.persons.queries.participants import list_participants

UNKNOWN = b""
"""The sealed facts of an erased participant."""


def forget_participants(session: Session, keyring: Keyring, ids: Collection[uuid.UUID], now: datetime) -> None:
    """Delete the facts and hashes of the participants *ids*, who are locked.

    Their personal codes stop working; their receipts still show their papers, without a name. Papers in rounds that
    are not closed stay turns and are not ranked, so that a person who registers again is ranked once.
    """
    people = list_participants(session, ids)
    forget_readings(session, keyring, people)
    forget_on_roster(session, list_rows_to_forget(session, keyring, people))
    _forget_hashes(session, keyring, ids)
    session.execute(update(Participant).where(Participant.id.in_(ids)).values(sealed=UNKNOWN))
    _leave_open_weeks(session, ids, now)


def keep_names_alone(session: Session, keyring: Keyring, participants: Collection[Participant]) -> None:
    """Delete phone, year and hashes of *participants*; the name that they agreed to publish stays."""
    for participant in participants:
        person = find_person(session, keyring, participant.person_id)
        if person is not None:
            name = json.loads(person.unseal(participant.sealed))[0]
            participant.sealed = person.seal(json.dumps([name, None, None], ensure_ascii=False))
    session.flush()
    _forget_hashes(session, keyring, [each.id for each in participants])
    session.expire_all()


def _leave_open_weeks(session: Session, ids: Collection[uuid.UUID], now: datetime) -> None:
    """End papers under way, and remove entries from rounds that are not closed."""
    open_weeks = Round.id.in_(select(Attempt.round_id).where(Attempt.participant_id.in_(ids)))
    rounds = list(session.scalars(select(Round).where(open_weeks, is_changeable())))
    written = (Attempt.participant_id.in_(ids), Attempt.submitted_at.is_(None), Attempt.started_at < now)
    session.execute(update(Attempt).where(*written, Attempt.deadline_at > now).values(deadline_at=now))
    mine = select(Attempt.id).where(Attempt.participant_id.in_(ids))
    session.execute(delete(AttemptDraft).where(AttemptDraft.attempt_id.in_(mine)))
    for round in rounds:
        session.execute(delete(Entry).where(Entry.round_id == round.id, Entry.participant_id.in_(ids)))
        rebuild_tally(session, round)


def _forget_hashes(session: Session, keyring: Keyring, ids: Collection[uuid.UUID]) -> None:
    """Replace every hash that finds them by one that nothing typed matches.

    Earlier versions keep their unit, without the facts: an ended round counts people in the unit of its close.
    """
    forget_phones(session, keyring, ids)
    for model in (Nickname, ParticipantWord, PhoneCode, UnitRequest):
        session.execute(delete(model).where(model.participant_id.in_(ids)))
    earlier = update(ParticipantVersion).where(ParticipantVersion.participant_id.in_(ids))
    session.execute(earlier.values(sealed=UNKNOWN))
    names = ("identity_hash", "phone_hash", "code_hash")
    left = {"phone_slot": 1, "extra": None, "name_hash": None, "bare_name_hash": None}
    gone = [{"id": id, **left} | {name: keyring.mac("erased", name, str(id)) for name in names} for id in ids]
    if gone:
        session.execute(update(Participant), gone)
