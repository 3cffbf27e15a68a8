"""Requests of participants to be counted for another unit."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from core.crypto import Keyring
from core.person_keys import find_person
from core.values.text import N_
from privacy.models.holder import Line
from quiz.attempt.models import Attempt
from quiz.contest.models import Contest, Participant, UnitRequest

MOST_SHOWN = 50
"""The most decided requests that the organiser's page lists."""


@dataclass(frozen=True)
class ReadRequest:
    """A request with its reason, which is sealed in storage, and how many papers its participant has handed in."""

    row: UnitRequest
    reason: str
    papers: int


def list_requests(session: Session, keyring: Keyring, contest: Contest, *, waiting: bool) -> list[ReadRequest]:
    """Return the requests of *contest* that wait, the oldest first; else the newest decided ones."""
    query = _with_units().join(Participant, Participant.id == UnitRequest.participant_id)
    query = query.where(Participant.contest_id == contest.id)
    if waiting:
        query = query.where(UnitRequest.decided_at.is_(None)).order_by(UnitRequest.asked_at, UnitRequest.id)
    else:
        query = query.where(UnitRequest.decided_at.is_not(None))
        query = query.order_by(UnitRequest.decided_at.desc(), UnitRequest.id).limit(MOST_SHOWN)
    rows = list(session.scalars(query))
    papers = _count_papers(session, [row.participant_id for row in rows])
    return [ReadRequest(row, read_reason(session, keyring, row), papers.get(row.participant_id, 0)) for row in rows]


def find_request(session: Session, contest: Contest, id: uuid.UUID) -> UnitRequest | None:
    """Return a request of *contest*; None when it is of another."""
    found = session.get(UnitRequest, id)
    return found if found and found.participant.contest_id == contest.id else None


def list_own(session: Session, participant_id: uuid.UUID) -> list[UnitRequest]:
    """Return the requests of one participant, the newest first."""
    query = _with_units().where(UnitRequest.participant_id == participant_id)
    return list(session.scalars(query.order_by(UnitRequest.asked_at.desc())))


def read_reason(session: Session, keyring: Keyring, request: UnitRequest) -> str:
    """Return the reason that the participant gave; empty once they are erased."""
    person = find_person(session, keyring, request.participant.person_id)
    return person.unseal(request.sealed) if person else ""


def request_lines(session: Session, keyring: Keyring, ids: Collection[uuid.UUID]) -> list[Line]:
    """Return the requests of the participants *ids* for the copy of their data."""
    return [
        [
            (N_("Đơn vị cũ"), row.old_unit.label),
            (N_("Xin chuyển sang"), row.unit.label),
            (N_("Lý do"), read_reason(session, keyring, row)),
            (N_("Gửi lúc"), row.asked_at),
            (N_("Trả lời lúc"), row.decided_at),
            (N_("Trả lời"), row.answer or None),
        ]
        for row in session.scalars(_with_units().where(UnitRequest.participant_id.in_(ids)))
    ]


def _with_units() -> Select[UnitRequest]:
    return select(UnitRequest).options(
        joinedload(UnitRequest.participant), joinedload(UnitRequest.old_unit), joinedload(UnitRequest.unit)
    )


def _count_papers(session: Session, people: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    query = select(Attempt.participant_id, func.count().label("papers")).where(Attempt.participant_id.in_(people))
    query = query.where(Attempt.submitted_at.is_not(None)).group_by(Attempt.participant_id)
    return {row.participant_id: row.papers for row in session.execute(query)}
