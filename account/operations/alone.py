"""Record that one person did a sensitive action alone, where a setting requires no approval."""

from datetime import datetime

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
    if subject.unit_id is None:
        raise ValueError("an approval belongs to a unit")
    approval = Approval(
        action=str(action), unit_id=subject.unit_id, kind=subject.kind, subject_id=str(subject.id),
        subject=clean(subject.words), payload="{}", reason=clean(reason), asked_by_id=actor.account_id, asked_at=now,
        expires_on=local_date(now), state=APPROVED, decided_by_id=actor.account_id, decided_at=now,
        related=Relation.ALONE,
    )  # fmt: skip
    session.add(approval)
    session.flush()
    return approval
