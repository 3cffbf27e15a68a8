"""Queries of requests of persons about their own data."""

import json
import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from core.crypto import Keyring, unseal
from core.person_keys import Person, find_person
from privacy.models import PersonRequest, RequestStep, RequestSubject
from privacy.models.holder import DataSubject, Holder, HolderWords, SubjectCard, holders_of
from privacy.rules.deadlines import Kind

PURPOSE = "person-request"
"""The purpose of the installation's key that seals the asker until the person is identified."""
DUE = case((PersonRequest.acknowledged_at.is_(None), PersonRequest.acknowledge_by), else_=PersonRequest.answer_by)
"""The next legal day of a request that is not answered."""

_IN_LISTS = (joinedload(PersonRequest.unit), selectinload(PersonRequest.steps))


def _seen_by(within: Collection[int]) -> ColumnElement[bool]:
    """Return the condition for requests received in a unit *within* whose people all belong to one.

    Staff who received a request for a unit above see no more of it once the person is identified.
    """
    abroad = RequestSubject.unit_id.not_in(within)
    return and_(PersonRequest.unit_id.in_(within), ~PersonRequest.subjects.any(abroad))


def list_open_requests(session: Session, within: Collection[int]) -> list[PersonRequest]:
    """Return the open requests of the units *within*, the nearest legal day first."""
    query = select(PersonRequest).where(_seen_by(within), PersonRequest.answered_at.is_(None))
    return list(session.scalars(query.order_by(DUE, PersonRequest.received_at).options(*_IN_LISTS)))


def due_requests(session: Session, within: Collection[int], until: date) -> tuple[int, PersonRequest | None]:
    """Return how many open requests are due, and the one with the nearest legal day.

    Due are requests that are not acknowledged, and those to be answered on *until* or before.
    """
    is_due = or_(PersonRequest.acknowledged_at.is_(None), until >= PersonRequest.answer_by)
    query = select(PersonRequest).where(_seen_by(within), PersonRequest.answered_at.is_(None), is_due)
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    nearest = query.order_by(DUE, PersonRequest.received_at).limit(1)
    return count, session.scalar(nearest) if count else None


def count_answered_requests(session: Session, within: Collection[int]) -> int:
    """Return the number of answered requests."""
    query = select(func.count()).select_from(PersonRequest).where(_seen_by(within))
    return session.scalar(query.where(PersonRequest.answered_at.is_not(None))) or 0


def list_answered_requests(session: Session, within: Collection[int], part: slice) -> list[PersonRequest]:
    """Return a part of the answered requests, the newest first."""
    query = select(PersonRequest).where(_seen_by(within), PersonRequest.answered_at.is_not(None))
    query = query.order_by(PersonRequest.answered_at.desc()).offset(part.start).limit(part.stop - part.start)
    return list(session.scalars(query.options(*_IN_LISTS)))


def find_request(session: Session, id: uuid.UUID, within: Collection[int]) -> PersonRequest | None:
    """Return a request of one of the units *within*, with its steps and subjects."""
    query = select(PersonRequest).where(PersonRequest.id == id, _seen_by(within))
    steps = selectinload(PersonRequest.steps).joinedload(RequestStep.account)
    return session.scalar(query.options(steps, selectinload(PersonRequest.subjects)))


def read_asker(session: Session, keyring: Keyring, request: PersonRequest) -> tuple[str, str, str] | None:
    """Return name, phone and words of the asker; None once they were erased or their retention is over."""
    if request.sealed is None:
        return None
    if request.person_id is None:
        name, phone, details = json.loads(unseal(keyring.key(PURPOSE), request.sealed, about=request.id.bytes))
        return name, phone, details
    person = find_person(session, keyring, request.person_id)
    if person is None:
        return None
    name, phone, details = json.loads(person.unseal(request.sealed))
    return name, phone, details


def ids_by_holder(session: Session, request: PersonRequest) -> list[tuple[Holder, list[uuid.UUID]]]:
    """Return the ids of the people *request* is about, by holder."""
    mine = select(RequestSubject.holder, RequestSubject.subject_id).where(RequestSubject.request_id == request.id)
    found: dict[str, list[uuid.UUID]] = {}
    for code, id in session.execute(mine.order_by(RequestSubject.holder, RequestSubject.subject_id)):
        found.setdefault(code, []).append(id)
    holders = holders_of(session)
    return [(holders[code], ids) for code, ids in found.items()]


def list_awaited(session: Session, request: PersonRequest, now: datetime) -> list[str]:
    """Return what must be over before the people of *request* are erased; nothing if they may be erased now."""
    held = ids_by_holder(session, request)
    found = [words for holder, ids in held for _id, words in holder.erased_after(session, ids, now)]
    return list(dict.fromkeys(found))


def list_put_off(session: Session) -> list[PersonRequest]:
    """Return the open requests whose erasure was put off, the oldest first."""
    query = select(PersonRequest).where(PersonRequest.kind == Kind.DELETE.value, PersonRequest.answered_at.is_(None))
    query = query.where(PersonRequest.steps.any(RequestStep.deed == "restricted"))
    return list(session.scalars(query.order_by(PersonRequest.received_at, PersonRequest.id)))


def list_cards(session: Session, keyring: Keyring, request: PersonRequest) -> list[SubjectCard]:
    """Return the people *request* is about, as the desk shows them."""
    return [card for holder, ids in ids_by_holder(session, request) for card in holder.show(session, keyring, ids)]


def words_of(session: Session, request: PersonRequest) -> list[HolderWords]:
    """Return the words of the holders of the request's people; of all holders until the person is identified."""
    mine = [holder for holder, _ids in ids_by_holder(session, request)]
    return [each.words for each in mine or holders_of(session).values()]


def list_published(session: Session, request: PersonRequest) -> list[tuple[str, str]]:
    """Return what was published under the names of the people *request* is about."""
    return [line for holder, ids in ids_by_holder(session, request) for line in holder.published(session, ids)]


def list_requests_about(session: Session, holder: str, id: uuid.UUID) -> list[PersonRequest]:
    """Return the requests about one person of *holder*, the newest first."""
    about = (RequestSubject.holder == holder, RequestSubject.subject_id == id)
    query = select(PersonRequest).join(RequestSubject).where(*about)
    return list(session.scalars(query.order_by(PersonRequest.received_at.desc())))


def awaiting(holder: str) -> Select[uuid.UUID]:
    """Return the query for the ids of the people of *holder* whose request waits for an answer."""
    query = select(RequestSubject.subject_id).join(PersonRequest, PersonRequest.id == RequestSubject.request_id)
    return query.where(RequestSubject.holder == holder, PersonRequest.answered_at.is_(None))


def first_person(session: Session, keyring: Keyring, subjects: Sequence[DataSubject]) -> Person | None:
    """Return the opened key of the first of *subjects* who is not erased."""
    return next((found for each in subjects if (found := find_person(session, keyring, each.person_id))), None)


def list_erased_requests(session: Session) -> Sequence[uuid.UUID]:
    """Return the ids of requests whose words were deleted."""
    return session.scalars(select(PersonRequest.id).where(PersonRequest.sealed.is_(None))).all()
