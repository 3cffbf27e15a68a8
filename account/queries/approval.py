"""Queries for requests for approval: the waiting ones, those about one subject, one by its id."""

import uuid
from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from account.models import Account, Approval
from account.models.approval import FAILED, PENDING, REFUSED
from account.rules.relation import Relation

PEOPLE = (joinedload(Approval.asked_by), joinedload(Approval.decided_by), joinedload(Approval.unit))
ASKED = Approval.related != Relation.ALONE
"""The condition for requests to a second person, without actions that were done alone."""


def find_approval(session: Session, id: uuid.UUID, within: Collection[int]) -> Approval | None:
    """Return the request if it belongs to one of the units *within*."""
    query = select(Approval).where(Approval.id == id, Approval.unit_id.in_(within), ASKED).options(*PEOPLE)
    return session.scalar(query)


def find_asked(session: Session, id: uuid.UUID, account: Account) -> Approval | None:
    """Return the request if *account* made it."""
    return session.scalar(select(Approval).where(Approval.id == id, Approval.asked_by_id == account.id))


def find_latest(session: Session, kind: str, subject_id: object, action: str) -> Approval | None:
    """Return the newest request for *action* on one subject, in any state."""
    query = (
        select(Approval)
        .where(Approval.kind == kind, Approval.subject_id == str(subject_id), Approval.action == action, ASKED)
        .order_by(Approval.asked_at.desc())
        .options(*PEOPLE)
    )
    return session.scalar(query.limit(1))


def list_waiting(session: Session, units: Collection[int], today: date) -> list[Approval]:
    """Return the waiting requests of *units*, the oldest first."""
    query = select(Approval).where(*_waiting(units, today)).order_by(Approval.asked_at).options(*PEOPLE)
    return list(session.scalars(query))


def count_waiting(session: Session, units: Collection[int], today: date, *, other_than: Account) -> int:
    """Return the number of waiting requests of *units* that *other_than* did not make."""
    query = select(func.count()).select_from(Approval)
    query = query.where(*_waiting(units, today), Approval.asked_by_id != other_than.id)
    return int(session.scalar(query) or 0)


def list_own_waiting(session: Session, account: Account, today: date) -> list[Approval]:
    """Return the waiting requests that *account* made, the oldest first."""
    query = select(Approval).where(Approval.asked_by_id == account.id)
    query = query.where(Approval.state == PENDING, Approval.expires_on >= today)
    return list(session.scalars(query.order_by(Approval.asked_at)))


def list_own_refused(session: Session, account: Account, since: datetime) -> list[Approval]:
    """Return the requests of *account* that were refused, or failed, after *since*, the newest first; without those
    made again.
    """
    later = aliased(Approval)
    again = exists().where(
        later.action == Approval.action,
        later.kind == Approval.kind,
        later.subject_id == Approval.subject_id,
        later.asked_at > Approval.asked_at,
    )
    query = select(Approval).where(Approval.asked_by_id == account.id, Approval.state.in_((REFUSED, FAILED)))
    query = query.where(Approval.decided_at >= since, ~again).order_by(Approval.decided_at.desc())
    return list(session.scalars(query.options(*PEOPLE)))


def list_decided(session: Session, units: Collection[int], limit: int) -> list[Approval]:
    """Return the last *limit* answered or ended requests of *units*, the newest first."""
    query = select(Approval).where(Approval.unit_id.in_(units), Approval.state != PENDING, ASKED).options(*PEOPLE)
    return list(session.scalars(query.order_by(Approval.decided_at.desc()).limit(limit)))


def subjects_waiting(session: Session, kind: str, action: str, today: date) -> frozenset[str]:
    """Return the ids of the subjects of *kind* for which a request for *action* waits."""
    query = select(Approval.subject_id).where(
        Approval.kind == kind, Approval.action == action, Approval.state == PENDING, Approval.expires_on >= today
    )
    return frozenset(session.scalars(query))


def list_of_part(session: Session, kind: str, whole: object, action: str) -> list[Approval]:
    """Return all approvals and requests for *action* on parts of one thing (subject ids "whole:part"), oldest first."""
    query = select(Approval).where(
        Approval.kind == kind, Approval.subject_id.startswith(f"{whole}:", autoescape=True), Approval.action == action
    )
    return list(session.scalars(query.order_by(Approval.asked_at, Approval.id).options(*PEOPLE)))


def _waiting(units: Collection[int], today: date) -> tuple[ColumnElement[bool], ...]:
    return Approval.unit_id.in_(units), Approval.state == PENDING, Approval.expires_on >= today
