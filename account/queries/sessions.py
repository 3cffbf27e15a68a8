"""Read sessions, links and remaining recovery codes."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from account.models import Account, AccountSession, Link, RecoveryCode
from account.rules.lifetimes import IDLE, LONGEST, is_alive
from core.crypto import digest


def find_session(session: Session, token: str, now: datetime) -> AccountSession | None:
    """Return the session of *token*, with its account, roles and unit; None when it has expired or the account is
    off.
    """
    query = select(AccountSession).where(AccountSession.token_hash == digest(token))
    whose = joinedload(AccountSession.account)
    query = query.options(whose.selectinload(Account.grants), whose.joinedload(Account.unit))
    found = session.scalar(query)
    if found is None or not is_alive(found.created_at, found.seen_at, now) or not found.account.is_active:
        return None
    return found


def list_sessions(session: Session, account: Account, now: datetime) -> list[AccountSession]:
    """Return the valid sessions of *account*, the last used first."""
    query = select(AccountSession).where(
        AccountSession.account_id == account.id,
        AccountSession.seen_at > now - IDLE,
        AccountSession.created_at > now - LONGEST,
    )
    return list(session.scalars(query.order_by(AccountSession.seen_at.desc(), AccountSession.id.desc())))


def count_recovery_codes(session: Session, account: Account) -> int:
    """Return how many recovery codes *account* has left."""
    query = select(func.count()).where(RecoveryCode.account_id == account.id)
    return session.scalar(query) or 0


def find_link(session: Session, secret_hash: bytes, now: datetime) -> Link | None:
    """Return the link with that secret, with its account; None when it has expired or the account is switched off."""
    query = select(Link).where(Link.secret_hash == secret_hash, Link.expires_at > now)
    found = session.scalar(query.options(joinedload(Link.account)))
    return found if found is not None and found.account.is_active else None


def find_link_of(session: Session, account: Account, now: datetime) -> Link | None:
    """Return the valid link of *account*."""
    return session.scalar(select(Link).where(Link.account_id == account.id, Link.expires_at > now))
