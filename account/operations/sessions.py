"""Beginning and ending sessions: whoever ends one is believed at the next request."""

from datetime import datetime

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from account.models import Account, AccountSession, Link
from account.rules.lifetimes import IDLE, LONGEST, TOUCH
from core.crypto import digest, new_key


class Overtaken(Exception):
    """What was proved a moment ago holds no more: another password, a role that asks for more, switched off."""


def hold_account(session: Session, account: Account, proved: str) -> None:
    """Hold *account*, whose password hash was *proved* to be known, until the commit, and read it anew.

    Hashing takes a while: whoever sets another password meanwhile has ended every session but the one that is about to
    begin. One conditional statement: they wait for us and end ours too, or we find theirs.

    Raises:
        Overtaken: the password is another by now, or the account is switched off.
    """
    same = (Account.id == account.id, Account.password_hash == proved, Account.is_active)
    held = update(Account).where(*same).values(password_hash=proved).execution_options(synchronize_session=False)
    if not session.execute(held).rowcount:  # type: ignore[attr-defined]
        raise Overtaken
    session.refresh(account)


def open_session(session: Session, account: Account, *, device: str, now: datetime) -> str:
    """Sign *account* in at *device*; returns the token, which nobody but the browser keeps."""
    token, account.signed_in_at = new_key(), now
    session.add(
        AccountSession(token_hash=digest(token), account_id=account.id, device=device[:60], created_at=now, seen_at=now)
    )
    session.flush()
    return token


def touch_session(session: Session, found: AccountSession, now: datetime) -> bool:
    """Note that *found* is in use, every few minutes; returns whether there is anything to commit."""
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
    return bool(session.execute(delete(AccountSession).where(*mine)).rowcount)  # type: ignore[attr-defined]


def end_sessions(session: Session, account_id: int, *, but: int | None = None) -> int:
    """End every session of an account, perhaps *but* one; returns how many."""
    query = delete(AccountSession).where(AccountSession.account_id == account_id)
    if but is not None:
        query = query.where(AccountSession.id != but)
    return int(session.execute(query).rowcount)  # type: ignore[attr-defined]


def end_everything(session: Session) -> int:
    """End every session and every link: they are of a moment that is over; returns how many sessions it were."""
    session.execute(delete(Link))
    return int(session.execute(delete(AccountSession)).rowcount)  # type: ignore[attr-defined]


def purge_sessions(session: Session, now: datetime) -> int:
    """Delete the sessions that count no more; returns how many."""
    dead = or_(AccountSession.seen_at <= now - IDLE, AccountSession.created_at <= now - LONGEST)
    return int(session.execute(delete(AccountSession).where(dead)).rowcount)  # type: ignore[attr-defined]
