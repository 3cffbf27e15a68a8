"""Links for setting a password, of an invitation or a reset; each works once."""

from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from account.models import NO_PASSWORD, Account, Grant, Link
from account.operations.account import build_account, set_password
from account.operations.second_factor import drop_factor
from account.rules.lifetimes import INVITATION, RESET
from account.rules.permissions import Role
from commune.models import Unit
from core.crypto import digest, new_key
from core.db import changed_rows


class LinkGone(Exception):
    """The link was used, withdrawn, replaced or has expired."""


def invite(session: Session, *, email: str, name: str, role: Role, unit: Unit, now: datetime) -> Account:
    """Create an invited account, whose owner sets a password by a link.

    Raises:
        IntegrityError: the e-mail address is taken.
    """
    account = build_account(email=email, name=name, role=role, unit=unit, now=now)
    session.add(account)
    session.flush()
    return account


def make_link(
    session: Session, account: Account, *, now: datetime, drops_factor: bool = False, is_for_role: bool = False
) -> str:
    """Return the secret of a new link for *account*, replacing an earlier one; valid seven days, a reset one day."""
    secret = new_key()
    session.execute(delete(Link).where(Link.account_id == account.id))
    lifetime = INVITATION if account.is_invited else RESET
    session.add(
        Link(
            account_id=account.id, secret_hash=digest(secret), drops_factor=drops_factor, is_for_role=is_for_role,
            expires_at=now + lifetime,
        )
    )  # fmt: skip
    session.flush()
    return secret


def use_link(session: Session, link: Link, password: str, now: datetime) -> Account:
    """Set a password by *link* and delete it; of two concurrent uses only one succeeds.

    Raises:
        WeakPassword: too short or too common; the link stays, once the caller has rolled back.
        LinkGone: it was used, withdrawn, replaced, or has expired.
    """
    account, drops_factor = link.account, link.drops_factor
    mine = Link.account_id == account.id, Link.secret_hash == link.secret_hash, Link.expires_at > now
    if not changed_rows(session, delete(Link).where(*mine)) or not account.is_active:
        raise LinkGone
    set_password(session, account, password)
    if drops_factor:
        drop_factor(session, account.id)
    return account


def withdraw(session: Session, account: Account) -> bool:
    """Withdraw an invitation and delete its account; returns False for an accepted one."""
    account_id = account.id
    session.expunge(account)
    session.execute(delete(Link).where(Link.account_id == account_id, Link.account_id.in_(_waiting(account_id))))
    session.execute(delete(Grant).where(Grant.account_id == account_id, Grant.account_id.in_(_waiting(account_id))))
    gone = delete(Account).where(Account.id == account_id, Account.password_hash == NO_PASSWORD)
    return bool(changed_rows(session, gone))


def purge_links(session: Session, now: datetime) -> int:
    """Delete expired links; returns how many."""
    return changed_rows(session, delete(Link).where(Link.expires_at <= now))


def _waiting(account_id: int) -> Select[int]:
    return select(Account.id).where(Account.id == account_id, Account.password_hash == NO_PASSWORD)
