"""Queries of consents."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.db import parts
from privacy.models import Consent
from privacy.models.holder import Holder

MOST_A_DAY = 6
"""Consents that a person may take back and give again by themselves within a day: each change renews public pages."""


def changes_often(session: Session, holder: str, id: uuid.UUID, now: datetime) -> bool:
    """Whether the person *id* of *holder* has taken back `MOST_A_DAY` consents given in the 24 hours before *now*."""
    taken_back = select(func.count()).where(
        Consent.holder == holder,
        Consent.subject_id == id,
        Consent.given_at > now - timedelta(days=1),
        Consent.withdrawn_at.is_not(None),
    )
    return session.scalars(taken_back).one() >= MOST_A_DAY


def list_consents(session: Session, holder: str, ids: Collection[uuid.UUID]) -> list[Consent]:
    """Return the consents of the people *ids* of *holder*, in force or withdrawn."""
    query = select(Consent).where(Consent.holder == holder, Consent.subject_id.in_(ids))
    return list(session.scalars(query.order_by(Consent.given_at, Consent.purpose)))


def consenting(session: Session, holder: str, ids: Collection[uuid.UUID], purpose: str) -> frozenset[uuid.UUID]:
    """Return those of *ids* of *holder* whose consent to *purpose* is in force."""
    query = select(Consent.subject_id).where(
        Consent.holder == holder, Consent.purpose == str(purpose), Consent.withdrawn_at.is_(None)
    )
    return frozenset(id for part in parts(ids) for id in session.scalars(query.where(Consent.subject_id.in_(part))))


def list_withdrawn(session: Session, holder: Holder) -> list[tuple[uuid.UUID, str, datetime, datetime]]:
    """Return the withdrawn consents of people of *holder* who are not erased: id, purpose, given at, withdrawn at."""
    query = select(Consent.subject_id, Consent.purpose, Consent.given_at, Consent.withdrawn_at)
    found = session.execute(query.where(Consent.holder == holder.code, Consent.withdrawn_at.is_not(None)))
    erased = frozenset(holder.list_erased(session))
    return [
        (id, purpose, given_at, ended_at)
        for id, purpose, given_at, ended_at in found
        if id not in erased and ended_at is not None
    ]
