"""Store the evidence of an attempt with its beginning, read it for a reason, and delete it after 14 days."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Integer, LargeBinary, Table, Uuid, bindparam, delete, insert, select
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.db import UtcDateTime, changed_rows
from core.values.week import day_start
from quiz.attempt.models import AttemptEvidence
from quiz.contest.models import Contest, Participant
from quiz.contest.models.contest_unit import joins_after

EVIDENCE_DAYS = 14
"""Days after the beginning of an attempt for which its evidence is kept."""


class Trace(NamedTuple):
    """The hashes of the device and the address that an attempt is begun with."""

    device_hash: bytes
    address_hash: bytes


def trace_of(keyring: Keyring, round_id: int, *, device: str, address: str) -> Trace:
    """Return the hashes of a device's random value and of an address, keyed for one round alone.

    The same device has another hash in every other round, so that the evidence follows it no further than that.
    """
    return Trace(
        *(
            keyring.mac(f"evidence-{name}", str(round_id), value)
            for name, value in (("device", device), ("address", address))
        )
    )


def store_evidence(
    session: Session, attempt_id: uuid.UUID, participant_id: uuid.UUID, trace: Trace, *, number: int, now: datetime
) -> bool:
    """Store the evidence of a new attempt in the round *number*, unless its contest was called off, its participant
    erased, or the unit of that takes part later.

    Returns whether it was stored. The condition is part of the INSERT, so that beginning a paper needs no other
    statement to check it.
    """
    values = {"attempt": attempt_id, "participant": participant_id, "begun": now, "number": number}
    values |= trace._asdict()
    return bool(session.connection().execute(_INSERT, values).rowcount == 1)


def joins_late() -> ColumnElement[bool]:
    """Return the condition that the unit of the participant enters the contest after the round *number*."""
    return joins_after(Participant.contest_id, Participant.unit_id, bindparam("number", type_=Integer()))


def _insert() -> Any:
    attempt = bindparam("attempt", type_=Uuid())
    hashes = [bindparam(name, type_=LargeBinary()) for name in Trace._fields]
    going_on = (
        select(attempt, *hashes, bindparam("begun", type_=UtcDateTime))
        .select_from(Participant)
        .join(Contest, Contest.id == Participant.contest_id)
        .where(Participant.id == bindparam("participant"), Participant.person_id.is_not(None))
        .where(Contest.called_off_at.is_(None), ~joins_late())
    )
    table = cast(Table, AttemptEvidence.__table__)
    statement = insert(table).from_select(["attempt_id", *Trace._fields, "begun_at"], going_on)
    return statement.execution_options(preserve_rowcount=True)


_INSERT = _insert()


def purge_evidence(session: Session, today: date) -> int:
    """Delete the evidence of attempts that were begun more than 14 days before *today*; return how many."""
    until = day_start(today - timedelta(days=EVIDENCE_DAYS))
    return changed_rows(session, delete(AttemptEvidence).where(AttemptEvidence.begun_at < until))
