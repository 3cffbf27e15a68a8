"""How two accounts are joined by invitations, links and roles, according to the audit trail."""

import json
from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, cast, select
from sqlalchemy.orm import Session

from account.models import Account, AuditEntry
from account.queries.account import list_holders
from account.rules.actions import AccountAction
from account.rules.permissions import NEEDS_SECOND_FACTOR, Role
from account.rules.relation import Kinship, Tie, find_kinship
from commune.models import Unit

TIES = tuple(map(str, (AccountAction.ACCOUNT_CREATE, AccountAction.ACCOUNT_LINK, AccountAction.ROLE_GIVE)))
"""The actions that join the account that does them to the account that they are done to."""


def kinship_of(session: Session, asker_id: int, approver_id: int) -> Kinship | None:
    """Return how the two accounts are joined, over any number of accounts between them; None if they are not.

    One statement reads every account above either of them and the steps between these. Of roles those count that may
    change published figures or others' access.
    """
    above = select(Account.id.label("id")).where(Account.id.in_((asker_id, approver_id))).cte("above", recursive=True)
    above = above.union(select(AuditEntry.account_id).join(above, _done_to(above.c.id)).where(*_TIE))
    steps = select(AuditEntry.account_id, AuditEntry.subject_id, AuditEntry.action, AuditEntry.after)
    found = session.execute(steps.join(above, _done_to(above.c.id)).where(*_TIE).distinct())
    ties = (Tie(by, int(to), action) for by, to, action, after in found if by and _counts(action, after))
    return find_kinship(ties, asker_id, approver_id)


def list_unrelated(session: Session, asker_id: int, accounts: Iterable[Account]) -> list[Account]:
    """Return those of *accounts* that are not joined to the account that asks: what they agree to is published without
    "có liên hệ".
    """
    return [each for each in accounts if kinship_of(session, asker_id, each.id) is None]


def list_unrelated_inviters(session: Session, unit: Unit, asker: Account) -> list[Account]:
    """Return the administrators of *unit* or above who could invite an approver that is not joined to *asker*."""
    return list_unrelated(session, asker.id, list_holders(session, unit, {Role.ADMINISTRATOR}, but=asker))


_TIE = (AuditEntry.kind == "account.account", AuditEntry.action.in_(TIES), AuditEntry.account_id.is_not(None))


def _done_to(account_id: ColumnElement[int]) -> ColumnElement[bool]:
    return AuditEntry.subject_id == cast(account_id, String)


def _counts(action: str, after: str) -> bool:
    return action != AccountAction.ROLE_GIVE or json.loads(after).get("role") in NEEDS_SECOND_FACTOR
