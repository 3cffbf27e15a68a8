"""What a worker asks about whoever asked for a job: whether they may still have it done."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from account.operations.audit import actor_of
from account.queries.account import holds_still
from core.web.rooms import declared


def may_still(session: Session, owner: str, permission: str, units: Collection[int]) -> bool:
    """Whether *owner* ("account:12") holds *permission* in all of *units* at this moment; the system itself may."""
    actor = actor_of(owner)
    roles = declared().roles_with(permission)
    return actor.account_id is None or holds_still(session, actor.account_id, roles, units)
