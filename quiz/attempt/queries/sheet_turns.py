"""The stored data of a round and its contest about the people in a sheet, read in parts of some hundred."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.db import parts
from core.person_keys import PersonKey
from core.values.week import local_date
from quiz.attempt.models import UNDATED, AnswerSheet, Attempt, Entry
from quiz.attempt.queries.attempt import milliseconds
from quiz.attempt.rules.counting import SubmittedAttempt
from quiz.attempt.rules.entry import EntryValue
from quiz.contest.models import Contest, Participant


@dataclass(frozen=True, slots=True)
class Registered:
    """A participant who is in the contest already, with their unit and bloc."""

    id: uuid.UUID
    unit_id: int
    person_id: uuid.UUID | None
    bloc: int | None = None


@dataclass
class Past:
    """A participant's attempts in the round: the number begun, and those submitted."""

    begun: int
    last_ordinal: int
    held: list[SubmittedAttempt]
    entry: uuid.UUID | None


def find_registered(session: Session, contest: Contest, hashes: Collection[bytes]) -> dict[bytes, Registered]:
    """Return the participants of *contest* with these identity hashes, by hash."""
    mine = Participant.id, Participant.unit_id, Participant.person_id, Participant.bloc
    query = select(Participant.identity_hash, *mine).where(Participant.contest_id == contest.id)
    return {
        row[0]: Registered(*row[1:])
        for part in parts(hashes)
        for row in session.execute(query.where(Participant.identity_hash.in_(part)))
    }


def list_taken_slots(session: Session, contest: Contest, hashes: Collection[bytes]) -> dict[bytes, set[int]]:
    """Return the taken places on each of these phones."""
    query = select(Participant.phone_hash, Participant.phone_slot).where(Participant.contest_id == contest.id)
    taken: dict[bytes, set[int]] = {}
    for part in parts(hashes):
        for phone, slot in session.execute(query.where(Participant.phone_hash.in_(part))):
            taken.setdefault(phone, set()).add(slot or 0)
    return taken


def count_confirmed(session: Session, contest: Contest, hashes: Collection[bytes]) -> dict[bytes, int]:
    """Return the number of people on each of these phones who have confirmed."""
    query = select(Participant.phone_hash, func.count()).where(Participant.contest_id == contest.id)
    query = query.where(Participant.verified_at.is_not(None)).group_by(Participant.phone_hash)
    found = (session.execute(query.where(Participant.phone_hash.in_(part))) for part in parts(hashes))
    return {phone: count for rows in found for phone, count in rows}


def find_past(session: Session, round_id: int, ids: Collection[uuid.UUID], *, is_held: bool) -> dict[uuid.UUID, Past]:
    """Return the attempts of these participants in the round; participants without any are absent.

    Entries are read before attempts, and with *is_held* locked until the commit, always in the same order. A
    participant who
    submits in between is returned with a paper and without an entry, so that writing theirs collides; in the other
    order
    the paper would be overlooked and still counted beside the sheet's.
    """
    submitted = (Attempt.mode, Attempt.submitted_at, Attempt.duration_ms, Attempt.correct, AnswerSheet.guess)
    columns = select(Attempt.participant_id, Attempt.id, Attempt.ordinal, *submitted)
    query = columns.outerjoin(AnswerSheet, AnswerSheet.attempt_id == Attempt.id).where(Attempt.round_id == round_id)
    entries = select(Entry.participant_id, Entry.attempt_id).where(Entry.round_id == round_id)
    entries = entries.order_by(Entry.participant_id)
    past: dict[uuid.UUID, Past] = {}
    for part in parts(sorted(ids)):
        mine = entries.where(Entry.participant_id.in_(part))
        counting = session.execute(mine.with_for_update() if is_held else mine).all()
        for row in session.execute(query.where(Attempt.participant_id.in_(part)).order_by(Attempt.ordinal)):
            _add(past.setdefault(row.participant_id, Past(0, 0, [], None)), row)
        for participant_id, attempt_id in counting:
            past[participant_id].entry = attempt_id
    return past


def _add(past: Past, row: Any) -> None:
    past.begun += 1
    past.last_ordinal = row.ordinal
    if row.submitted_at is None:
        return
    moment = None if row.mode == UNDATED else milliseconds(row.submitted_at)
    entry = EntryValue(str(row.id), row.correct, row.duration_ms, row.guess, moment)
    past.held.append(SubmittedAttempt(entry, local_date(row.submitted_at), row.ordinal))


def find_keys(session: Session, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, PersonKey]:
    """Return the keys of these persons that are not erased."""
    query = select(PersonKey)
    return {row.id: row for part in parts(ids) for row in session.scalars(query.where(PersonKey.id.in_(part)))}
