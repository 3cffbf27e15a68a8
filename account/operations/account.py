"""Create accounts, set and check passwords; the check takes the same time for unknown accounts."""

from datetime import datetime

from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from account.models import NO_PASSWORD, Account, AccountSession, Grant, Link
from account.operations.password import HASHER, hash_password
from account.rules.permissions import Role
from commune.models import Unit
from core.values.text import search_key, sort_key

NOBODY = HASHER.hash("nobody has this password")


def create_account(
    session: Session, *, email: str, name: str, password: str, role: Role, unit: Unit, now: datetime
) -> Account:
    """Create an account with one role in *unit* and below, which may sign in.

    Raises:
        WeakPassword: see `check_password`.
        IntegrityError: the e-mail address is taken.
    """
    account = build_account(email=email, name=name, role=role, unit=unit, now=now)
    account.password_hash = hash_password(password, (email, name, unit.name))
    session.add(account)
    session.flush()
    return account


def build_account(*, email: str, name: str, role: Role, unit: Unit, now: datetime) -> Account:
    """Return an account of *unit* with one role there, without a password, not added to the session."""
    account = Account(email=email.strip().casefold(), unit_id=unit.id, password_hash=NO_PASSWORD, created_at=now)
    account.grants.append(Grant(role=role.value, unit_id=unit.id))
    rename_account(account, name)
    return account


def rename_account(account: Account, name: str) -> None:
    """Set the name of *account* with its search and sort keys."""
    account.name = name
    account.search_key = f"{search_key(name)} {search_key(account.email)}"
    account.sort_key = sort_key(name)


def about(account: Account) -> tuple[str, ...]:
    """Return the texts of *account* that its password must not be made of."""
    return account.email, account.name, account.unit.name


def set_password(session: Session, account: Account, password: str) -> None:
    """Set a new password of *account*; this ends all its sessions and deletes its link.

    Raises:
        WeakPassword: see `check_password`.
    """
    account.password_hash = hash_password(password, about(account))
    session.flush()  # a concurrent sign-in with the old password waits here, or its session is deleted below
    for model in (AccountSession, Link):
        session.execute(delete(model).where(model.account_id == account.id))
    session.flush()


def is_password_right(account: Account | None, password: str) -> bool:
    """Whether *password* is that of *account*; an unknown account takes the same time as a wrong password."""
    has_password = account is not None and not account.is_invited
    try:
        HASHER.verify(account.password_hash if account and has_password else NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return account is not None and has_password and account.is_active
