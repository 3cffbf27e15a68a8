"""Making accounts, and their passwords; the check of a password takes its time for strangers too."""

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
"""Argon2id at OWASP's smaller setting: 19 MiB; the library's default takes half a second under load."""
GUESSABLE = N_("Mật khẩu này quá dễ đoán. Hãy dùng một câu ngắn dễ nhớ, ví dụ bốn từ không liên quan.")
NOBODY = HASHER.hash("nobody has this password")


class WeakPassword(ValueError):
    """Shorter than `SHORTEST` letters, or one of those that are tried first."""


def create_account(
    session: Session, *, email: str, name: str, password: str, role: Role, unit: Unit, now: datetime
) -> Account:
    """An account with one role in *unit* and below, which may sign in.

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
    """An account of *unit* with one role there, without a password and not stored yet."""
    account = Account(email=email.strip().casefold(), unit_id=unit.id, password_hash=NO_PASSWORD, created_at=now)
    account.grants.append(Grant(role=role.value, unit_id=unit.id))
    rename_account(account, name)
    return account


def rename_account(account: Account, name: str) -> None:
    """Call *account* so, and let it be found and sorted so."""
    account.name = name
    account.search_key = f"{search_key(name)} {search_key(account.email)}"
    account.sort_key = sort_key(name)


def set_password(session: Session, account: Account, password: str) -> None:
    """Give *account* a new password; whoever is signed in with the old one is out, and no link sets another.

    Raises:
        WeakPassword: see `hash_password`.
    """
    account.password_hash = hash_password(password)
    session.flush()  # first: whoever is just signing in with the old one waits here, or is found below
    for model in (AccountSession, Link):
        session.execute(delete(model).where(model.account_id == account.id))
    session.flush()


def hash_password(password: str) -> str:
    """What is stored of *password*; raises `WeakPassword` with a sentence for whoever chose it."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"Mật khẩu cần ít nhất {SHORTEST} ký tự.")
    if is_guessable(password):
        raise WeakPassword(GUESSABLE)
    return HASHER.hash(password)


def is_password_right(account: Account | None, password: str) -> bool:
    """Whether *password* opens *account*; an unknown account costs the same work as a wrong password."""
    has_password = account is not None and not account.is_invited
    try:
        HASHER.verify(account.password_hash if account and has_password else NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return account is not None and has_password and account.is_active
