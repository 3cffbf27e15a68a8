"""Create accounts, set and check passwords; the check takes the same time for unknown accounts."""

from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete
from sqlalchemy.orm import Session

from account.models import NO_PASSWORD, Account, AccountSession, Grant, Link
from account.rules.password import SHORTEST, is_guessable
from account.rules.permissions import Role
from commune.models import Unit
from core.values.text import N_, search_key, sort_key

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""Argon2id with OWASP's smaller parameters (19 MiB), since the library's default takes half a second under load."""
GUESSABLE = N_("Mật khẩu này quá dễ đoán. Hãy dùng một câu ngắn dễ nhớ, ví dụ bốn từ không liên quan.")
NOBODY = HASHER.hash("nobody has this password")


class WeakPassword(ValueError):
    """The password is shorter than `SHORTEST` characters, or guessable."""


def create_account(
    session: Session, *, email: str, name: str, password: str, role: Role, unit: Unit, now: datetime
) -> Account:
    """Create an account with one role in *unit* and below, which may sign in.

    Raises:
        WeakPassword: see `hash_password`.
        IntegrityError: the e-mail address is taken.
    """
    account = build_account(email=email, name=name, role=role, unit=unit, now=now)
    account.password_hash = hash_password(password)
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


def set_password(session: Session, account: Account, password: str) -> None:
    """Set a new password of *account*; this ends all its sessions and deletes its link.

    Raises:
        WeakPassword: see `hash_password`.
    """
    account.password_hash = hash_password(password)
    session.flush()  # a concurrent sign-in with the old password waits here, or its session is deleted below
    for model in (AccountSession, Link):
        session.execute(delete(model).where(model.account_id == account.id))
    session.flush()


def hash_password(password: str) -> str:
    """Return the hash of *password* to store; raises `WeakPassword` with a sentence for the user."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"Mật khẩu cần ít nhất {SHORTEST} ký tự.")
    if is_guessable(password):
        raise WeakPassword(GUESSABLE)
    return HASHER.hash(password)


def is_password_right(account: Account | None, password: str) -> bool:
    """Whether *password* is that of *account*; an unknown account takes the same time as a wrong password."""
    has_password = account is not None and not account.is_invited
    try:
        HASHER.verify(account.password_hash if account and has_password else NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return account is not None and has_password and account.is_active
