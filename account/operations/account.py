"""What changes accounts, and the check of a password, which takes its time for strangers too."""

from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from account.models import Account, Grant
from account.rules.permissions import Role
from commune.models import Unit

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""Argon2id at OWASP's smaller setting: 19 MiB; the library's default takes half a second under load."""
SHORTEST = 12
NOBODY = HASHER.hash("nobody has this password")


class WeakPassword(ValueError):
    """Shorter than `SHORTEST` letters."""


def create_account(
    session: Session, *, email: str, name: str, password: str, role: Role, unit: Unit, now: datetime
) -> Account:
    """An account with one role in *unit* and below.

    Raises:
        WeakPassword: fewer than 12 letters.
        IntegrityError: the e-mail address is taken.
    """
    if len(password) < SHORTEST:
        raise WeakPassword(f"Mật khẩu cần ít nhất {SHORTEST} ký tự.")
    account = Account(email=email.strip().casefold(), name=name, password_hash=HASHER.hash(password), created_at=now)
    account.grants.append(Grant(role=role.value, unit_id=unit.id))
    session.add(account)
    session.flush()
    return account


def is_password_right(account: Account | None, password: str) -> bool:
    """Whether *password* opens *account*; an unknown account costs the same work as a wrong password."""
    try:
        HASHER.verify(account.password_hash if account else NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return account is not None and account.is_active
