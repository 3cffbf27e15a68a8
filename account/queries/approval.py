"""Requests for a second person: those that wait, those about one thing, one by its id."""

import json
import uuid
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from account.models import Account, Approval, AuditEntry
from account.models.approval import PENDING
from account.rules.actions import Action
from account.rules.permissions import Role
from account.rules.relation import Relation

WAYS_IN = (str(Action.ACCOUNT_CREATE), str(Action.ACCOUNT_LINK))
PEOPLE = (joinedload(Approval.asked_by), joinedload(Approval.decided_by), joinedload(Approval.unit))
ASKED = Approval.related != Relation.ALONE
"""What was asked of a second person, and not done alone."""


def find_approval(session: Session, id: uuid.UUID, within: Collection[int]) -> Approval | None:
    """The request, if it belongs to one of the units *within*."""
    query = select(Approval).where(Approval.id == id, Approval.unit_id.in_(within), ASKED).options(*PEOPLE)
    return session.scalar(query)


def find_asked(session: Session, id: uuid.UUID, account: Account) -> Approval | None:
    """The request, if *account* asked for it."""
    return session.scalar(select(Approval).where(Approval.id == id, Approval.asked_by_id == account.id))


def find_latest(session: Session, kind: str, subject_id: object, action: str) -> Approval | None:
    """The newest request for *action* on one thing, whatever became of it."""
    query = (
        select(Approval)
        .where(Approval.kind == kind, Approval.subject_id == str(subject_id), Approval.action == action, ASKED)
        .order_by(Approval.asked_at.desc())
        .options(*PEOPLE)
    )
    return session.scalar(query.limit(1))


def relation_of(session: Session, asker_id: int, account: Account) -> Relation:
    """Return how *account* is related to the account that asks, by what the audit trail says of both.

    They are related if the asker's made *account*, gave it the approver's role, or handed a link into it; or if
    *account* made the asker's or handed a link into that. A small commune may have nobody else; public pages say so.
    """
    is_related = any(
        action in WAYS_IN or json.loads(after).get("role") == Role.APPROVER.value
        for action, after in session.execute(_deeds(asker_id, account.id, *WAYS_IN, str(Action.ROLE_GIVE)))
    ) or bool(session.execute(_deeds(account.id, asker_id, *WAYS_IN).limit(1)).first())
    return Relation.RELATED if is_related else Relation.NONE


def _deeds(by: int, to: int, *actions: str) -> Select[str, str]:
    """What one account did to another."""
    return select(AuditEntry.action, AuditEntry.after).where(
        AuditEntry.account_id == by, AuditEntry.action.in_(actions),
        AuditEntry.kind == "account.account", AuditEntry.subject_id == str(to),
    )  # fmt: skip


def list_waiting(session: Session, units: Collection[int], today: date) -> list[Approval]:
    """What waits in *units*, the oldest first."""
    query = select(Approval).where(*_waiting(units, today)).order_by(Approval.asked_at).options(*PEOPLE)
    return list(session.scalars(query))


def count_waiting(session: Session, units: Collection[int], today: date, *, other_than: Account) -> int:
    """How many wait in *units* for somebody who is not the one who asked."""
    query = select(func.count()).select_from(Approval)
    query = query.where(*_waiting(units, today), Approval.asked_by_id != other_than.id)
    return int(session.scalar(query) or 0)


def list_own_waiting(session: Session, account: Account, today: date, limit: int) -> list[Approval]:
    """What *account* asked for and nobody has answered, the oldest first."""
    query = select(Approval).where(Approval.asked_by_id == account.id)
    query = query.where(Approval.state == PENDING, Approval.expires_on >= today)
    return list(session.scalars(query.order_by(Approval.asked_at).limit(limit)))


def list_decided(session: Session, units: Collection[int], limit: int) -> list[Approval]:
    """The last *limit* that are over in *units*, the newest first."""
    query = select(Approval).where(Approval.unit_id.in_(units), Approval.state != PENDING, ASKED).options(*PEOPLE)
    return list(session.scalars(query.order_by(Approval.decided_at.desc()).limit(limit)))


def subjects_waiting(session: Session, kind: str, action: str, today: date) -> frozenset[str]:
    """Ids of the things of *kind* for which *action* waits."""
    query = select(Approval.subject_id).where(
        Approval.kind == kind, Approval.action == action, Approval.state == PENDING, Approval.expires_on >= today
    )
    return frozenset(session.scalars(query))


def _waiting(units: Collection[int], today: date) -> tuple[ColumnElement[bool], ...]:
    return Approval.unit_id.in_(units), Approval.state == PENDING, Approval.expires_on >= today
