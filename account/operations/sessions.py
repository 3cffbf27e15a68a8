"""Begin and end sessions; an ended session is refused from the next request on."""

from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from account.models import Account, AccountSession, Link
from account.rules.lifetimes import IDLE, LONGEST, TOUCH
from core.crypto import digest, new_key
from core.db import changed_rows


class Overtaken(Exception):
    """The proof of a moment ago is no longer valid: the password changed, a new role needs more, or it was switched
    off.
    """


def lock_account(session: Session, account: Account, proved: str) -> None:
    """Lock and reload *account* until the commit, if its password hash is still *proved*.

    Checking a password takes a while, and a change of it meanwhile ends all sessions except the one about to begin.
    With this conditional UPDATE a concurrent change either waits and ends the new session too, or is found here.

    Raises:
        Overtaken: the password has changed, or the account is switched off.
    """
    same = (Account.id == account.id, Account.password_hash == proved, Account.is_active)
    held = update(Account).where(*same).values(password_hash=proved).execution_options(synchronize_session=False)
    if not changed_rows(session, held):
        raise Overtaken
    session.refresh(account)


def open_session(session: Session, account: Account, *, device: str, now: datetime) -> str:
    """Sign *account* in at *device*; returns the token, which only the browser stores."""
    token, account.signed_in_at = new_key(), now
    session.add(
        AccountSession(token_hash=digest(token), account_id=account.id, device=device[:60], created_at=now, seen_at=now)
    )
    session.flush()
    return token


def touch_session(session: Session, found: AccountSession, now: datetime) -> bool:
    """Store the last use of *found*, at most every few minutes; returns whether there is anything to commit."""
    if now - found.seen_at < TOUCH:
        return False
    session.execute(
        update(AccountSession)
        .where(AccountSession.id == found.id)
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )
    return True


def end_session(session: Session, account_id: int, session_id: int) -> bool:
    """End one session of an account; False if it has no such session."""
    mine = AccountSession.account_id == account_id, AccountSession.id == session_id
    return bool(changed_rows(session, delete(AccountSession).where(*mine)))


def end_sessions(session: Session, account_id: int, *, but: int | None = None) -> int:
    """End every session of an account, optionally *but* one; returns how many."""
    query = delete(AccountSession).where(AccountSession.account_id == account_id)
    if but is not None:
        query = query.where(AccountSession.id != but)
    return changed_rows(session, query)


def end_everything(session: Session) -> int:
    """End every session and delete every link; returns how many sessions there were."""
    session.execute(delete(Link))
    return changed_rows(session, delete(AccountSession))


def purge_sessions(session: Session, now: datetime) -> int:
    """Delete the expired sessions; returns how many."""
    dead = or_(AccountSession.seen_at <= now - IDLE, AccountSession.created_at <= now - LONGEST)
    return changed_rows(session, delete(AccountSession).where(dead))
