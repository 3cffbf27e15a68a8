"""Check for the worker that the owner of a job still has its permission."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from account.operations.audit import actor_of
from account.queries.account import holds_still
from core.web.rooms import declared


def may_still(session: Session, owner: str, permission: str, units: Collection[int]) -> bool:
    """Whether *owner* ("account:12") has *permission* in all of *units* now; the system always has."""
    actor = actor_of(owner)
    roles = declared().roles_with(permission)
    return actor.account_id is None or holds_still(session, actor.account_id, roles, units)
