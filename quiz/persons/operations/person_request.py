"""A person's request about their own data: received, the person found, acknowledged, answered; each step written down.

Each answer is one conditional statement first: of two who press at once one answers, the other changes nothing.
"""

import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from account.operations.audit import SYSTEM, Actor, record
from core.crypto import Keyring, seal
from core.messages.outbox import record_event
from core.person_keys import Person, find_person
from core.values.week import local_date
from quiz.contest.models import Participant, PersonRequest, RequestStep, RequestSubject
from quiz.contest.operations.consent import agree_again, withdraw_consent
from quiz.contest.operations.locks import lock_people
from quiz.contest.rules.actions import Action
from quiz.contest.rules.consent import FREE, Purpose
from quiz.contest.rules.deadlines import Kind, acknowledge_by, answer_by
from quiz.persons.labels import STEP
from quiz.persons.operations.audit_subjects import of_request
from quiz.persons.operations.erasure import erase_participants
from quiz.persons.queries.events import received

PURPOSE = "person-request"
MOST_OPEN = 5
"""Requests of one participant that wait for an answer at a time: whoever finds a code can't bury the desk in them."""


@dataclass(frozen=True)
class Asker:
    """Who asks and for what, in their own words; all of it is kept sealed."""

    name: str = ""
    phone: str = ""
    details: str = ""


@dataclass(frozen=True)
class Deed:
    """Who does a step, and when; nobody's account: the person themselves."""

    account_id: int | None
    now: datetime

    @property
    def actor(self) -> Actor:
        """The account as the audit trail takes it; the system where the person acts themselves."""
        return Actor("account", self.account_id) if self.account_id is not None else SYSTEM


class TooManyOpen(Exception):
    """`MOST_OPEN` requests of the same participant wait already."""


def check_open(session: Session, participant: Participant) -> None:
    """Hold *participant*, and count what waits.

    Raises:
        TooManyOpen: as many wait as may.
    """
    session.execute(select(Participant.id).where(Participant.id == participant.id).with_for_update())
    waits = (RequestSubject.participant_id == participant.id, PersonRequest.answered_at.is_(None))
    count = select(func.count()).select_from(PersonRequest).join(RequestSubject).where(*waits)
    if (session.scalar(count) or 0) >= MOST_OPEN:
        raise TooManyOpen


def receive_request(
    session: Session,
    keyring: Keyring,
    asker: Asker,
    *,
    unit_id: int,
    kind: Kind,
    channel: str,
    holidays: Collection[date],
    by: Deed,
) -> PersonRequest:
    """Write a request down with its two legal days, counted from the day of its receipt."""
    today, id = local_date(by.now), uuid.uuid4()
    request = PersonRequest(
        id=id, unit_id=unit_id, kind=kind.value, channel=channel, received_at=by.now,
        acknowledge_by=acknowledge_by(today, holidays), answer_by=answer_by(kind, today),
        sealed=seal(keyring.key(PURPOSE), text_of(asker), about=id.bytes),
    )  # fmt: skip
    session.add(request)
    note_step(session, request, "received", by)
    record_event(session, received(request), now=by.now)
    return request


def identify(
    session: Session, keyring: Keyring, request: PersonRequest, participants: Collection[Participant], asker: Asker,
    *, by: Deed,
) -> None:  # fmt: skip
    """Say who *request* is about; what was said by them lies under their own key from now on."""
    for participant in participants:
        session.merge(RequestSubject(request_id=request.id, participant_id=participant.id))
    person = first_person(session, keyring, participants)
    if person is not None:
        request.person_id, request.sealed = person.id, person.seal(text_of(asker))
    note_step(session, request, "identified", by)


def acknowledge(session: Session, request: PersonRequest, *, by: Deed) -> bool:
    """The person was told that their request is here; False when that was done before."""
    table = PersonRequest
    first = update(table).where(table.id == request.id, table.acknowledged_at.is_(None)).values(acknowledged_at=by.now)
    if session.execute(first.returning(table.id)).first() is None:
        return False
    session.refresh(request)
    note_step(session, request, "acknowledged", by)
    _record_step(session, request, "acknowledged", by)
    return True


def note_export(session: Session, request: PersonRequest, *, by: Deed) -> None:
    """A copy of everything that is held was made for *request*."""
    note_step(session, request, "exported", by)
    record(session, by.actor, Action.PERSON_EXPORT, of_request(request), now=by.now)


def answer_request(session: Session, request: PersonRequest, *, by: Deed, outcome: str = "done") -> bool:
    """Answer *request* with an *outcome* and record it; False when it was answered before: that answer stands."""
    if not answer(session, request, by=by, outcome=outcome):
        return False
    _record_step(session, request, "answered" if outcome == "done" else outcome, by)
    return True


def answer(session: Session, request: PersonRequest, *, by: Deed, outcome: str = "done", deed: str = "") -> bool:
    """Mark *request* as answered, by a *deed* where there is one; False when it was answered before."""
    told = {"outcome": outcome, "acknowledged_at": request.acknowledged_at or by.now}
    return _end(session, request, [step for step in (deed, "answered") if step], by, **told)


def set_aside(session: Session, request: PersonRequest, *, by: Deed, reason: str = "") -> bool:
    """*request* was written down by mistake, or as somebody else's: it is about nobody any more, who asked is forgotten
    and nothing was done. False as in `answer`.

    Raises:
        NotOurs: the person themselves sent it.
    """
    if request.channel == "online":
        raise NotOurs
    if not _end(session, request, ["mistaken"], by, outcome="mistaken", sealed=None, person_id=None):
        return False
    session.execute(delete(RequestSubject).where(RequestSubject.request_id == request.id))
    session.expire(request, ["subjects"])
    _record_step(session, request, "mistaken", by, reason)
    return True


class NotOurs(Exception):
    """Nobody of the staff wrote it down, so nobody of the staff can have been mistaken."""


def _end(session: Session, request: PersonRequest, steps: Collection[str], by: Deed, **told: Any) -> bool:
    table = PersonRequest
    seen = (table.kind == request.kind, table.person_id.is_not_distinct_from(request.person_id))  # not amended since
    first = update(table).where(table.id == request.id, table.answered_at.is_(None), *seen)
    if session.execute(first.values(answered_at=by.now, **told).returning(table.id)).first() is None:
        return False
    session.refresh(request)
    for step in steps:
        note_step(session, request, step, by)
    return True


def erase(session: Session, keyring: Keyring, request: PersonRequest, *, by: Deed) -> bool:
    """Answer *request* by erasing everybody it is about; False as in `answer`."""
    lock_people(session, ids_of(session, request))
    if not answer(session, request, by=by, deed="erased"):
        return False
    erase_participants(session, keyring, list_subjects(session, request), now=by.now)
    record(session, by.actor, Action.PERSON_ERASE, of_request(request), now=by.now)
    return True


def withdraw(session: Session, request: PersonRequest, *, by: Deed) -> bool:
    """Answer *request* by ending every free consent; False as in `answer`."""
    if not answer(session, request, by=by, deed="withdrawn"):
        return False
    withdraw_consent(session, [each.id for each in list_subjects(session, request)], FREE, now=by.now)
    _record_step(session, request, "withdrawn", by)
    return True


def agree(session: Session, request: PersonRequest, purposes: Collection[Purpose], *, by: Deed) -> bool:
    """Answer *request* by writing down what they agree to (again); False as in `answer`."""
    lock_people(session, ids_of(session, request))
    if not answer(session, request, by=by, deed="agreed"):
        return False
    agree_again(session, list_subjects(session, request), purposes, now=by.now)
    _record_step(session, request, "agreed", by)
    return True


def restrict(session: Session, request: PersonRequest, *, by: Deed) -> bool:
    """Answer *request*: from now on nobody looks at them, names them or calls them; False as in `answer`."""
    if not answer(session, request, by=by, deed="restricted"):
        return False
    _set_restricted(session, request, by.now)
    _record_step(session, request, "restricted", by)
    return True


def restrict_again(session: Session, stopped: Collection[tuple[uuid.UUID, datetime]]) -> int:
    """Stop the use of those of *stopped* who are free in a copy of an earlier day; returns how many."""
    done = 0
    for id, moment in stopped:
        free = update(Participant).where(Participant.id == id, Participant.restricted_at.is_(None))
        done += len(session.execute(free.values(restricted_at=moment).returning(Participant.id)).all())
    return done


def lift(session: Session, request: PersonRequest, *, by: Deed) -> None:
    """End the restriction that *request* brought."""
    _set_restricted(session, request, None)
    note_step(session, request, "lifted", by)
    _record_step(session, request, "lifted", by)


def list_subjects(session: Session, request: PersonRequest) -> list[Participant]:
    """Everybody *request* is about."""
    query = select(Participant).join(RequestSubject, RequestSubject.participant_id == Participant.id)
    return list(session.scalars(query.where(RequestSubject.request_id == request.id).order_by(Participant.id)))


def ids_of(session: Session, request: PersonRequest) -> list[uuid.UUID]:
    """Ids of the participants that *request* is about."""
    mine = select(RequestSubject.participant_id).where(RequestSubject.request_id == request.id)
    return list(session.scalars(mine))


def text_of(asker: Asker) -> str:
    """What is sealed of whoever asks."""
    return json.dumps([asker.name, asker.phone, asker.details], ensure_ascii=False)


def note_step(session: Session, request: PersonRequest, deed: str, by: Deed) -> None:
    """Write down that *deed* was done about *request*."""
    session.flush()
    session.add(RequestStep(request_id=request.id, deed=deed, at=by.now, account_id=by.account_id))
    session.flush()
    session.expire(request, ["steps", "subjects"])


def _record_step(session: Session, request: PersonRequest, step: str, by: Deed, reason: str = "") -> None:
    after = {"step": STEP[step]}
    record(session, by.actor, Action.PERSON_STEP, of_request(request), after=after, reason=reason, now=by.now)


def _set_restricted(session: Session, request: PersonRequest, moment: datetime | None) -> None:
    ids = [each.id for each in list_subjects(session, request)]
    session.execute(update(Participant).where(Participant.id.in_(ids)).values(restricted_at=moment))
    session.expire_all()


def first_person(session: Session, keyring: Keyring, people: Collection[Participant]) -> Person | None:
    """The opened key of the first of *people* who was not erased."""
    return next((found for each in people if (found := find_person(session, keyring, each.person_id))), None)
