"""Requests that participants send themselves, by their code."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.operations.audit import SYSTEM
from core.crypto import Keyring
from privacy.operations.requests import Asker, check_open, identify, receive_request
from privacy.rules.deadlines import Kind
from quiz.contest.models import Participant
from quiz.contest.rules.consent import PARTICIPANT
from quiz.persons.queries.participants import subject_of


def send_request(
    session: Session,
    keyring: Keyring,
    participant: Participant,
    *,
    kind: Kind,
    details: str,
    holidays: Collection[date],
    now: datetime,
) -> None:
    """Store a request of *participant*, identified by their code.

    Raises:
        TooManyOpen: `MOST_OPEN` requests of theirs wait already; the lock counts two sent at once one after the other.
    """
    session.execute(select(Participant.id).where(Participant.id == participant.id).with_for_update())
    check_open(session, PARTICIPANT, participant.id)
    asker = Asker(details=details)
    made = receive_request(
        session,
        keyring,
        asker,
        unit_id=participant.contest.unit_id,
        kind=kind,
        channel="online",
        holidays=holidays,
        actor=SYSTEM,
        now=now,
    )
    identify(session, keyring, made, [subject_of(participant)], asker, actor=SYSTEM, now=now)
