"""Accounts, and in which units one of them holds a permission."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.models import Account, Grant
from account.rules.permissions import roles_with
from commune.queries import list_units_below


def find_account(session: Session, email: str) -> Account | None:
    """The account of *email*, case ignored."""
    return session.scalar(select(Account).where(Account.email == email.strip().casefold()))


def units_where(session: Session, account: Account, permission: str) -> frozenset[int]:
    """Ids of the units in which *account* holds *permission*: those of its grants and everything below."""
    roles = [role.value for role in roles_with(permission)]
    granted = select(Grant.unit_id).where(Grant.account_id == account.id, Grant.role.in_(roles))
    roots = frozenset(session.scalars(granted))
    return list_units_below(session, roots) if roots else frozenset()
