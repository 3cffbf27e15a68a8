"""Give and withdraw consents."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.data_version import PUBLIC, renew_version
from privacy.models import Consent
from privacy.models.holder import Holder


def consent_values(
    holder: str, id: uuid.UUID, agreed: Collection[str], *, wording: str, now: datetime
) -> list[dict[str, Any]]:
    """Return the rows of the consents of person *id* of *holder*, given at *now* in that *wording*."""
    return [
        {"holder": holder, "subject_id": id, "purpose": purpose, "wording": wording, "given_at": now}
        for purpose in sorted({str(each) for each in agreed})
    ]


def agree_again(
    session: Session, holder: Holder, ids: Collection[uuid.UUID], purposes: Collection[str], *, now: datetime
) -> int:
    """Record that the people *ids* agree to free *purposes*, in today's wording (Luật 91/2025/QH15).

    Return how many consents began. A consent in force goes on; a possible child cannot agree to purposes of adults,
    and an erased person to none. Withdrawn consents stay as they are.
    """
    notices = holder.notices
    values = [
        row
        for each in holder.lock(session, ids)
        if each.person_id is not None
        for row in consent_values(
            holder.code,
            each.id,
            set(purposes) & set(notices.offered(is_child=each.may_be_child)),
            wording=notices.wording,
            now=now,
        )
    ]
    return _renewed(session, sum([_begin(session, row) for row in values]))


def _begin(session: Session, values: dict[str, Any]) -> bool:
    try:
        with session.begin_nested():
            session.add(Consent(**values))
    except IntegrityError:  # it is in force already
        return False
    return True


def withdraw_consent(
    session: Session, holder: str, ids: Collection[uuid.UUID], purposes: Collection[str], *, now: datetime
) -> int:
    """Withdraw the consents of the people *ids* of *holder* to *purposes*; return how many ended.

    A withdrawal does not undo what was done before it. A consent withdrawn earlier keeps its time.
    """
    which = (
        Consent.holder == holder,
        Consent.subject_id.in_(ids),
        Consent.purpose.in_([str(purpose) for purpose in purposes]),
        Consent.withdrawn_at.is_(None),
    )
    done = session.execute(update(Consent).where(*which).values(withdrawn_at=now).returning(Consent.purpose))
    return _renewed(session, len(done.all()))


def _renewed(session: Session, changed: int) -> int:
    """Renew the version of the public data if consents have *changed*, else pages stay cached; return *changed*."""
    if changed:
        renew_version(session, PUBLIC)
    return changed


def withdraw_again(session: Session, holder: str, ended: Collection[tuple[uuid.UUID, str, datetime, datetime]]) -> int:
    """Withdraw those of *ended* (from `list_withdrawn`) that are in force in a restored copy; return how many."""
    done = 0
    for id, purpose, given_at, ended_at in ended:
        which = (
            Consent.holder == holder,
            Consent.subject_id == id,
            Consent.purpose == purpose,
            Consent.given_at == given_at,
            Consent.withdrawn_at.is_(None),
        )
        change = update(Consent).where(*which).values(withdrawn_at=ended_at)
        done += len(session.execute(change.returning(Consent.purpose)).all())
    return done
