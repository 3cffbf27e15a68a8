"""Give and take roles, switch accounts off and on; the last administrator can't be removed."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Delete, Select, Update, and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from account.models import NO_PASSWORD, Account, Grant, Link, Totp
from account.operations.password import HASHER
from account.operations.second_factor import drop_factor
from account.operations.sessions import end_sessions
from account.queries.account import is_beyond
from account.rules.permissions import NEEDS_SECOND_FACTOR, Role
from commune.models import Unit
from core.crypto import new_key
from core.db import changed_rows
from core.upsert import insert_if_missing


class LastAdministrator(Exception):
    """No account that can sign in would be an administrator."""


def lock(session: Session, account: Account) -> None:
    """Lock *account* until the commit and reload it with its roles, before deciding who may change it.

    The statement writes an unchanged value, which takes the lock on both databases; signing in and giving a role wait
    for it.
    """
    same = update(Account).where(Account.id == account.id).values(unit_id=Account.unit_id)
    session.execute(same.execution_options(synchronize_session=False))
    session.expire(account)


def lock_all(session: Session, accounts: Iterable[Account]) -> None:
    """Lock several accounts in a fixed order: administrators first, then the others by id. The audit trail's lock comes
    last.
    """
    _lock_administrators(session)
    for account in sorted(accounts, key=lambda each: each.id):
        lock(session, account)


def grant_role(session: Session, account: Account, role: Role, unit: Unit) -> bool:
    """Give *account* a role in *unit* and below; an existing one changes nothing.

    A role that requires a second factor ends the sessions of an account without one. A role beyond the units reached so
    far resets the account, since those who made it, or a link for it, had no authority in those units and may know its
    password or hold its telephone. Returns True then: its owner needs a new link.
    """
    lock(session, account)
    begins_anew = is_beyond(session, account, unit)
    if begins_anew:
        _reset_access(session, account)
    insert_if_missing(session, Grant, {"account_id": account.id, "role": role.value, "unit_id": unit.id})
    session.expire(account, ["grants"])
    if role in NEEDS_SECOND_FACTOR and session.get(Totp, account.id) is None:
        end_sessions(session, account.id)
    return begins_anew


def _reset_access(session: Session, account: Account) -> None:
    if account.password_hash != NO_PASSWORD:
        account.password_hash = HASHER.hash(new_key())
        session.flush()
    session.execute(delete(Link).where(Link.account_id == account.id))
    drop_factor(session, account.id)
    end_sessions(session, account.id)


def revoke_role(session: Session, account: Account, role: str, unit_id: int) -> bool:
    """Take a role away, which ends the account's sessions; returns False if it did not have the role.

    Raises:
        LastAdministrator: no other account that can sign in would be an administrator.
    """
    other = aliased(Grant)
    left = exists().where(
        other.role == Role.ADMINISTRATOR.value,
        or_(other.account_id != account.id, other.unit_id != unit_id),
        other.account_id.in_(_who_can_sign_in()),
    )
    this = and_(Grant.account_id == account.id, Grant.role == role, Grant.unit_id == unit_id)
    return _change(session, account, delete(Grant).where(this), this, or_(Grant.role != Role.ADMINISTRATOR.value, left))


def switch_off(session: Session, account: Account) -> bool:
    """Switch *account* off, which ends its sessions; returns False if it was off.

    Raises:
        LastAdministrator: no other account that can sign in would be an administrator.
    """
    holds = exists().where(Grant.account_id == Account.id, Grant.role == Role.ADMINISTRATOR.value)
    other = aliased(Grant)
    left = exists().where(
        other.role == Role.ADMINISTRATOR.value, other.account_id != account.id, other.account_id.in_(_who_can_sign_in())
    )
    this = and_(Account.id == account.id, Account.is_active)
    return _change(session, account, update(Account).where(this).values(is_active=False), this, or_(~holds, left))


def switch_on(session: Session, account: Account) -> None:
    """Switch *account* on."""
    account.is_active = True
    session.flush()


def _who_can_sign_in() -> Select[int]:
    other = aliased(Account)
    return select(other.id).where(other.is_active, other.password_hash != NO_PASSWORD)


def _change(
    session: Session, account: Account, statement: Delete | Update, this: ColumnElement[bool], may: ColumnElement[bool]
) -> bool:
    """Execute *statement* if *may* holds; two concurrent ones that would each rely on the other's administrator are
    serialised.
    """
    _lock_administrators(session)
    done = changed_rows(session, statement.where(may).execution_options(synchronize_session=False))
    session.expire_all()
    if done:
        end_sessions(session, account.id)
        return True
    if session.scalar(select(exists().where(this))):
        raise LastAdministrator
    return False


def _lock_administrators(session: Session) -> None:
    administrators = select(Account.id).join(Grant).where(Grant.role == Role.ADMINISTRATOR.value)
    session.execute(administrators.order_by(Account.id).with_for_update(of=Account))
