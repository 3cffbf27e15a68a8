"""Record that one person did a sensitive action alone, where a setting requires no approval."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from account.models import Approval
from account.models.approval import APPROVED
from account.operations.audit import Actor, Subject
from account.rules.relation import Relation
from core.values.text import clean
from core.values.week import local_date


def approve_alone(
    session: Session, actor: Actor, action: str, subject: Subject, *, reason: str, now: datetime
) -> Approval:
    """Store an approval that *actor* requested and gave at once; the rows that the action makes refer to it.

    The action's own audit entry says that no second person approved; this adds none.

    Raises:
        ValueError: the subject belongs to no unit.
    """
    approval = Approval(**_asked(subject, action, clean(reason), now), asked_by_id=actor.account_id)
    approval.state, approval.related = APPROVED, Relation.ALONE
    approval.decided_by_id, approval.decided_at = actor.account_id, now
    session.add(approval)
    session.flush()
    return approval


def _asked(subject: Subject, action: str, reason: str, now: datetime) -> dict[str, Any]:
    """Return the columns that say what was asked for, about what, why and when."""
    if subject.unit_id is None:
        raise ValueError("an approval belongs to a unit")
    about = {"kind": subject.kind, "subject_id": str(subject.id), "subject": clean(subject.words)}
    when = {"asked_at": now, "expires_on": local_date(now)}
    return {"action": str(action), "unit_id": subject.unit_id, "payload": "{}", "reason": reason, **about, **when}
