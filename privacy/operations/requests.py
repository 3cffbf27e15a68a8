"""Receive, identify, acknowledge and answer requests of persons; each step is recorded.

An answer begins with one conditional statement: of two at the same time one answers, the other changes nothing.
"""

import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from core.crypto import Keyring, seal
from core.messages.outbox import record_event
from core.values.week import local_date
from privacy.labels import CHANNEL, KIND_BY_VALUE, STEP
from privacy.models import PersonRequest, RequestStep, RequestSubject
from privacy.models.holder import DataSubject
from privacy.operations.audit_subjects import of_request
from privacy.queries.events import received
from privacy.queries.requests import PURPOSE, awaiting, first_person, ids_by_holder
from privacy.rules.actions import PrivacyAction
from privacy.rules.deadlines import Kind, acknowledge_by, answer_by

MOST_OPEN = 5
"""The number of requests of one person that may wait at a time, so that a found code cannot flood the desk."""


@dataclass(frozen=True)
class Asker:
    """The name, phone and words of the person who makes a request; all of it is stored sealed."""

    name: str = ""
    phone: str = ""
    details: str = ""


class TooManyOpen(Exception):
    """`MOST_OPEN` requests of the same person wait already."""


def check_open(session: Session, holder: str, id: uuid.UUID) -> None:
    """Check how many requests of person *id* of *holder*, whom the caller has locked, wait for an answer.

    Raises:
        TooManyOpen: as many wait as may.
    """
    waiting = awaiting(holder).where(RequestSubject.subject_id == id)
    if (session.scalar(select(func.count()).select_from(waiting.subquery())) or 0) >= MOST_OPEN:
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
    actor: Actor,
    now: datetime,
    id: uuid.UUID | None = None,
) -> PersonRequest:
    """Store a request with its two legal days, counted from the day of its receipt."""
    today, id = local_date(now), id or uuid.uuid4()
    request = PersonRequest(
        id=id,
        unit_id=unit_id,
        kind=kind.value,
        channel=channel,
        received_at=now,
        acknowledge_by=acknowledge_by(today, holidays),
        answer_by=answer_by(kind, today),
        sealed=seal(keyring.key(PURPOSE), text_of(asker), about=id.bytes),
    )
    session.add(request)
    note_step(session, request, "received", actor, now)
    record_event(session, received(request), now=now)
    words = STEP["received"] % {"kind": KIND_BY_VALUE[kind.value], "channel": CHANNEL[channel]}
    record_step(session, request, words, actor, now)
    return request


def identify(
    session: Session,
    keyring: Keyring,
    request: PersonRequest,
    subjects: Sequence[DataSubject],
    asker: Asker,
    *,
    actor: Actor,
    now: datetime,
) -> bool:
    """Record whom *request* is about; the asker's words are sealed under that person's key from now on.

    Returns False, and changes nothing, when it was answered, or somebody else has identified it, at the same time.
    """
    person, table = first_person(session, keyring, subjects), PersonRequest
    words = {"person_id": person.id, "sealed": person.seal(text_of(asker))} if person else {"kind": request.kind}
    is_known = exists().where(RequestSubject.request_id == request.id)
    is_open = (table.id == request.id, table.answered_at.is_(None), table.person_id.is_(None), ~is_known)
    first = update(table).where(*is_open)
    if session.execute(first.values(**words).returning(table.id)).first() is None:
        return False
    session.refresh(request)
    for each in subjects:
        session.merge(
            RequestSubject(request_id=request.id, holder=each.holder, subject_id=each.id, unit_id=each.unit_id)
        )
    note_step(session, request, "identified", actor, now)
    record_step(session, request, STEP["identified"] % {"n": len(subjects)}, actor, now)
    return True


def note_search(session: Session, request: PersonRequest, *, actor: Actor, now: datetime) -> None:
    """Record that a search for the person of *request* found no person; what was typed is not stored."""
    record_step(session, request, STEP["not_found"], actor, now)


def acknowledge(session: Session, request: PersonRequest, *, actor: Actor, now: datetime) -> bool:
    """Record that the receipt was confirmed to the person; False if that was done before."""
    table = PersonRequest
    first = update(table).where(table.id == request.id, table.acknowledged_at.is_(None)).values(acknowledged_at=now)
    if session.execute(first.returning(table.id)).first() is None:
        return False
    session.refresh(request)
    note_step(session, request, "acknowledged", actor, now)
    record_step(session, request, STEP["acknowledged"], actor, now)
    return True


def note_export(session: Session, request: PersonRequest, *, actor: Actor, now: datetime) -> None:
    """Record that a copy of everything that is held was made for *request*."""
    note_step(session, request, "exported", actor, now)
    record(session, actor, PrivacyAction.PERSON_EXPORT, of_request(request), now=now)


def answer_request(
    session: Session, request: PersonRequest, *, actor: Actor, now: datetime, outcome: str = "done"
) -> bool:
    """Answer *request* with an *outcome* and record it; False when it was answered before: that answer stands."""
    if not answer(session, request, actor=actor, now=now, outcome=outcome):
        return False
    record_step(session, request, STEP["answered" if outcome == "done" else outcome], actor, now)
    return True


def answer(
    session: Session, request: PersonRequest, *, actor: Actor, now: datetime, outcome: str = "done", deed: str = ""
) -> bool:
    """Mark *request* as answered, by a *deed* where there is one; False when it was answered before."""
    values = {"outcome": outcome, "acknowledged_at": request.acknowledged_at or now}
    return _end(session, request, [step for step in (deed, "answered") if step], actor, now, **values)


def set_aside(session: Session, request: PersonRequest, *, actor: Actor, now: datetime, reason: str = "") -> bool:
    """Close a *request* that was written down by mistake: its person and asker are removed. False as in `answer`.

    Raises:
        NotOurs: the person themselves sent it.
    """
    if request.channel == "online":
        raise NotOurs
    stopped = {step.at for step in request.steps if step.deed == "restricted"}
    if not _end(session, request, ["mistaken"], actor, now, outcome="mistaken", sealed=None, person_id=None):
        return False
    for holder, ids in ids_by_holder(session, request):
        holder.restrict(session, [each.id for each in holder.lock(session, ids) if each.restricted_at in stopped], None)
    session.execute(delete(RequestSubject).where(RequestSubject.request_id == request.id))
    session.expire(request, ["subjects"])
    record_step(session, request, STEP["mistaken"], actor, now, reason)
    return True


class NotOurs(Exception):
    """A person sent the request themselves, so staff cannot have written it down by mistake."""


def _end(
    session: Session, request: PersonRequest, steps: Collection[str], actor: Actor, now: datetime, **values: Any
) -> bool:
    table = PersonRequest
    seen = (table.kind == request.kind, table.person_id.is_not_distinct_from(request.person_id))  # not amended since
    first = update(table).where(table.id == request.id, table.answered_at.is_(None), *seen)
    if session.execute(first.values(answered_at=now, **values).returning(table.id)).first() is None:
        return False
    session.refresh(request)
    for step in steps:
        note_step(session, request, step, actor, now)
    return True


def still_open(session: Session, request: PersonRequest) -> bool:
    """Whether *request* is not answered; it is locked until the commit, so that no other answer comes in between."""
    same = update(PersonRequest).where(PersonRequest.id == request.id, PersonRequest.answered_at.is_(None))
    is_open = session.execute(same.values(kind=PersonRequest.kind).returning(PersonRequest.id)).first() is not None
    session.refresh(request)
    return is_open


def text_of(asker: Asker) -> str:
    """Return the text of *asker* that is sealed."""
    return json.dumps([asker.name, asker.phone, asker.details], ensure_ascii=False)


def note_step(session: Session, request: PersonRequest, deed: str, actor: Actor, now: datetime) -> None:
    """Store the step *deed* of *request*."""
    session.flush()
    session.add(RequestStep(request_id=request.id, deed=deed, at=now, account_id=actor.account_id))
    session.flush()
    session.expire(request, ["steps", "subjects"])


def record_step(
    session: Session, request: PersonRequest, words: str, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """Record in the audit trail what was done about *request*."""
    record(
        session,
        actor,
        PrivacyAction.PERSON_STEP,
        of_request(request),
        after={"step": words},
        reason=reason,
        now=now,
    )
