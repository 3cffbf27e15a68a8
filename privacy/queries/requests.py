"""Requests of persons about their own data, by deadline, and who they are about."""

import json
import uuid
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from core.crypto import Keyring, unseal
from core.person_keys import Person, find_person
from privacy.models import PersonRequest, RequestStep, RequestSubject
from privacy.models.holder import DataSubject, Holder, HolderWords, SubjectCard, holders_of

PURPOSE = "person-request"
"""Of the installation's key under which it lies who asks, until it is known who they are."""
DUE = case((PersonRequest.acknowledged_at.is_(None), PersonRequest.acknowledge_by), else_=PersonRequest.answer_by)
"""The next legal day of a request that is not answered."""


def _seen_by(within: Collection[int]) -> ColumnElement[bool]:
    """Received in a unit *within*, and about nobody whom staff of any other unit answer for: whoever received a
    request for a unit above learns nothing more of the person once it is known who holds them."""
    abroad = RequestSubject.unit_id.not_in(within)
    return and_(PersonRequest.unit_id.in_(within), ~PersonRequest.subjects.any(abroad))


def list_open_requests(session: Session, within: Collection[int]) -> list[PersonRequest]:
    """What is not answered in the units *within*, the nearest legal day first."""
    query = select(PersonRequest).where(_seen_by(within), PersonRequest.answered_at.is_(None))
    return list(session.scalars(query.order_by(DUE, PersonRequest.received_at).options(joinedload(PersonRequest.unit))))


def due_requests(session: Session, within: Collection[int], until: date) -> tuple[int, PersonRequest | None]:
    """How many of them want something done, and the one whose legal day is the nearest: each that nobody acknowledged,
    for that takes two working days, and each that is to be answered on *until* or before."""
    is_due = or_(PersonRequest.acknowledged_at.is_(None), until >= PersonRequest.answer_by)
    query = select(PersonRequest).where(_seen_by(within), PersonRequest.answered_at.is_(None), is_due)
    count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    nearest = query.order_by(DUE, PersonRequest.received_at).limit(1)
    return count, session.scalar(nearest) if count else None


def count_answered_requests(session: Session, within: Collection[int]) -> int:
    """How many were answered."""
    query = select(func.count()).select_from(PersonRequest).where(_seen_by(within))
    return session.scalar(query.where(PersonRequest.answered_at.is_not(None))) or 0


def list_answered_requests(session: Session, within: Collection[int], part: slice) -> list[PersonRequest]:
    """A part of what was answered, the newest first."""
    query = select(PersonRequest).where(_seen_by(within), PersonRequest.answered_at.is_not(None))
    query = query.order_by(PersonRequest.answered_at.desc()).offset(part.start).limit(part.stop - part.start)
    return list(session.scalars(query.options(joinedload(PersonRequest.unit))))


def find_request(session: Session, id: uuid.UUID, within: Collection[int]) -> PersonRequest | None:
    """A request of one of the units *within*, with its steps and those it is about."""
    query = select(PersonRequest).where(PersonRequest.id == id, _seen_by(within))
    steps = selectinload(PersonRequest.steps).joinedload(RequestStep.account)
    return session.scalar(query.options(steps, selectinload(PersonRequest.subjects)))


def read_asker(session: Session, keyring: Keyring, request: PersonRequest) -> tuple[str, str, str] | None:
    """Name, phone and words of whoever asks; None once they were erased or the time to keep them is over."""
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
    """Whom *request* is about, by their holder."""
    mine = select(RequestSubject.holder, RequestSubject.subject_id).where(RequestSubject.request_id == request.id)
    found: dict[str, list[uuid.UUID]] = {}
    for code, id in session.execute(mine.order_by(RequestSubject.holder, RequestSubject.subject_id)):
        found.setdefault(code, []).append(id)
    holders = holders_of(session)
    return [(holders[code], ids) for code, ids in found.items()]


def list_cards(session: Session, keyring: Keyring, request: PersonRequest) -> list[SubjectCard]:
    """Everybody *request* is about, as the desk shows them."""
    return [card for holder, ids in ids_by_holder(session, request) for card in holder.show(session, keyring, ids)]


def words_of(session: Session, request: PersonRequest) -> list[HolderWords]:
    """The words of the holders of those whom *request* is about; of all of them until it is known who they are."""
    mine = [holder for holder, _ids in ids_by_holder(session, request)]
    return [each.words for each in mine or holders_of(session).values()]


def list_published(session: Session, request: PersonRequest) -> list[tuple[str, str]]:
    """What the public was told under the names of those *request* is about."""
    return [line for holder, ids in ids_by_holder(session, request) for line in holder.published(session, ids)]


def list_requests_about(session: Session, holder: str, id: uuid.UUID) -> list[PersonRequest]:
    """The requests that are about one person of *holder*, the newest first."""
    about = (RequestSubject.holder == holder, RequestSubject.subject_id == id)
    query = select(PersonRequest).join(RequestSubject).where(*about)
    return list(session.scalars(query.order_by(PersonRequest.received_at.desc())))


def awaiting(holder: str) -> Select[uuid.UUID]:
    """The ids of the people of *holder* who wait for the answer to a request of their own."""
    query = select(RequestSubject.subject_id).join(PersonRequest, PersonRequest.id == RequestSubject.request_id)
    return query.where(RequestSubject.holder == holder, PersonRequest.answered_at.is_(None))


def first_person(session: Session, keyring: Keyring, subjects: Sequence[DataSubject]) -> Person | None:
    """The opened key of the first of *subjects* who was not erased."""
    return next((found for each in subjects if (found := find_person(session, keyring, each.person_id))), None)
