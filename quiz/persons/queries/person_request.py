"""Requests of persons about their own data, by deadline, and who they may be about."""

import json
import uuid
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload, selectinload

from core.crypto import Keyring, unseal
from core.db import parts
from core.person_keys import find_person
from core.values.text import fold
from quiz.contest.models import Consent, Contest, Participant, PersonRequest, RequestStep, RequestSubject, Round
from quiz.results.models import Winner
from quiz.results.queries.result import decrypt_contacts, newest_versions

DUE = case((PersonRequest.acknowledged_at.is_(None), PersonRequest.acknowledge_by), else_=PersonRequest.answer_by)
"""The next legal day of a request that is not answered."""


def _seen_by(within: Collection[int]) -> ColumnElement[bool]:
    """Received in a unit *within*, and about nobody in a contest of any other: whoever received a request for a unit
    above learns nothing more of the person once it is known whose contest it was."""
    abroad = RequestSubject.participant.has(Participant.contest.has(Contest.unit_id.not_in(within)))
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
    subjects = selectinload(PersonRequest.subjects).joinedload(RequestSubject.participant)
    steps = selectinload(PersonRequest.steps).joinedload(RequestStep.account)
    return session.scalar(
        query.options(
            steps, subjects.joinedload(Participant.contest), subjects.joinedload(Participant.unit)
        )
    )  # fmt: skip


def read_asker(session: Session, keyring: Keyring, request: PersonRequest, purpose: str) -> tuple[str, str, str] | None:
    """Name, phone and words of whoever asks; None once they were erased or the time to keep them is over."""
    if request.sealed is None:
        return None
    if request.person_id is None:
        name, phone, details = json.loads(unseal(keyring.key(purpose), request.sealed, about=request.id.bytes))
        return name, phone, details
    person = find_person(session, keyring, request.person_id)
    if person is None:
        return None
    name, phone, details = json.loads(person.unseal(request.sealed))
    return name, phone, details


def list_namesakes(session: Session, keyring: Keyring, phone_hashes: Collection[bytes], name: str) -> list[Participant]:
    """Participants under one of these phones who are called *name*, tone placement and case ignored."""
    query = select(Participant).where(Participant.is_rehearsal.is_(False))
    found = [
        each for part in parts(phone_hashes) for each in session.scalars(query.where(Participant.phone_hash.in_(part)))
    ]
    contacts = decrypt_contacts(session, keyring, found)
    return [each for each in found if each.id in contacts and fold(contacts[each.id].name) == fold(name)]


def list_published_prizes(session: Session, participants: Collection[Participant]) -> list[tuple[Winner, Round]]:
    """The prizes of *participants* in the newest results of weeks that are published, the earliest week first."""
    query = select(Winner, Round).join(Round, Round.id == Winner.round_id).options(joinedload(Round.contest))
    query = query.where(Winner.participant_id.in_([each.id for each in participants]), Winner.state == "confirmed")
    newest = tuple_(Winner.round_id, Winner.version).in_(newest_versions())
    query = query.where(Round.published_at.is_not(None), newest)
    return [(winner, round) for winner, round in session.execute(query.order_by(Round.closes_at, Round.id))]


def list_contest_ids(session: Session, within: Collection[int]) -> list[int]:
    """Ids of the contests that the units *within* own."""
    return list(session.scalars(select(Contest.id).where(Contest.unit_id.in_(within))))


def list_consents(session: Session, participants: Collection[uuid.UUID]) -> list[Consent]:
    """What *participants* agreed to, taken back or not."""
    query = select(Consent).where(Consent.participant_id.in_(participants))
    return list(session.scalars(query.order_by(Consent.given_at, Consent.purpose)))


def list_requests_about(session: Session, participant: Participant) -> list[PersonRequest]:
    """The requests that are about *participant*, the newest first."""
    query = select(PersonRequest).join(RequestSubject).where(RequestSubject.participant_id == participant.id)
    return list(session.scalars(query.order_by(PersonRequest.received_at.desc())))


def list_erased(session: Session) -> list[uuid.UUID]:
    """Whoever took part and is not known any more, by their random ids."""
    return list(session.scalars(select(Participant.id).where(Participant.person_id.is_(None))))


def list_withdrawn(session: Session) -> list[tuple[uuid.UUID, str, datetime, datetime]]:
    """What whoever is known took back: their random id, the purpose, when it was given and when taken back."""
    known = select(Participant.id).where(Participant.person_id.is_not(None))
    query = select(Consent.participant_id, Consent.purpose, Consent.given_at, Consent.withdrawn_at)
    found = session.execute(query.where(Consent.withdrawn_at.is_not(None), Consent.participant_id.in_(known)))
    return [(id, purpose, given_at, ended_at) for id, purpose, given_at, ended_at in found if ended_at is not None]


def list_restricted(session: Session) -> list[tuple[uuid.UUID, datetime]]:
    """Whose data nobody may use at present, by their random ids, and since when."""
    query = select(Participant.id, Participant.restricted_at).where(Participant.restricted_at.is_not(None))
    return [(id, moment) for id, moment in session.execute(query) if moment is not None]
