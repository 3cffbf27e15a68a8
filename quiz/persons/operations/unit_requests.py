"""Ask for another unit, and decide on it, while rounds still take papers."""

import uuid
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from core.crypto import Keyring
from core.person_keys import find_person
from core.upsert import insert_new
from quiz.contest.models import Contest, Participant, UnitRequest
from quiz.contest.operations.locks import lock_people
from quiz.contest.queries.entering import entered_ids
from quiz.contest.rules.actions import QuizAction
from quiz.persons.operations.correction import keep_version, move_to_unit
from quiz.persons.operations.renewal import of_participant


class NoRoundLeft(Exception):
    """No round of the contest takes papers any more, or it was called off."""


class SameUnit(Exception):
    """The participant is in this unit already, or the contest does not have it yet."""


class AlreadyAsked(Exception):
    """A request of this participant waits for a decision."""


class UnitRequestDecided(Exception):
    """The request was decided, or its participant has been erased."""


def takes_requests(contest: Contest, now: datetime) -> bool:
    """Return whether a unit can still be corrected: a round is open or to come."""
    return contest.called_off_at is None and any(now < round.closes_at for round in contest.rounds)


def ask_for_unit(
    session: Session, keyring: Keyring, participant: Participant, unit_id: int, reason: str, *, now: datetime
) -> None:
    """Store the request of *participant*, known by their code, to be counted for another unit.

    Raises:
        NoRoundLeft, SameUnit, AlreadyAsked: nothing is stored.
    """
    if not takes_requests(participant.contest, now):
        raise NoRoundLeft
    if unit_id == participant.unit_id or unit_id not in entered_ids(participant.contest, now):
        raise SameUnit
    person = find_person(session, keyring, participant.person_id)
    if person is None:
        raise NoRoundLeft
    values = {
        "id": uuid.uuid4(),
        "participant_id": participant.id,
        "old_unit_id": participant.unit_id,
        "unit_id": unit_id,
        "sealed": person.seal(reason),
        "asked_at": now,
        "is_granted": False,
        "answer": "",
    }
    if not insert_new(session, UnitRequest, values):
        raise AlreadyAsked


def decide_request(
    session: Session, actor: Actor, request: UnitRequest, *, is_granted: bool, answer: str, now: datetime
) -> None:
    """Grant or refuse a request, and audit it; a granted one moves the person's turns of rounds that take papers.

    Rounds that have ended keep them in their old unit.

    Raises:
        NoRoundLeft: the last round has ended; a move would serve the collective prize alone.
        UnitRequestDecided: somebody else was faster, the participant moved otherwise, or was erased.
    """
    people = lock_people(session, [request.participant_id])
    participant = people[0] if people else None
    if participant is None or participant.person_id is None:
        raise UnitRequestDecided
    if is_granted and not takes_requests(participant.contest, now):
        raise NoRoundLeft
    mine = (UnitRequest.id == request.id, UnitRequest.decided_at.is_(None))
    change = update(UnitRequest).where(*mine).values(decided_at=now, is_granted=is_granted, answer=answer)
    if session.execute(change.returning(UnitRequest.id)).first() is None:
        raise UnitRequestDecided
    before, after = {"unit": participant.unit.name}, {"unit": request.unit.name}
    if is_granted:
        keep_version(session, participant, now)
        move_to_unit(session, participant, request.unit_id, now)
    action = QuizAction.UNIT_MOVE if is_granted else QuizAction.UNIT_KEEP
    about = of_participant(participant)
    record(session, actor, action, about, before=before, after=after if is_granted else before, reason=answer, now=now)
