"""The first account of an installation, created with a code that is readable only on the machine itself."""

import hashlib
import hmac
import json
import os
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.models import Account, Grant
from account.operations.account import create_account
from account.operations.audit import Actor, account_subject, record
from account.rules.actions import AccountAction
from account.rules.permissions import Role
from commune.models import Unit
from core.crypto import new_code, read_codes

FILE = "first-run.json"
LIFE = timedelta(hours=2)
"""The validity of a code: enough to walk to another computer, too short for a terminal left open overnight."""


def has_accounts(session: Session) -> bool:
    """Whether there is an account; then there is no first run any more."""
    return session.scalar(select(Account.id).limit(1)) is not None


def issue_code(folder: Path, *, now: datetime) -> str:
    """Return a new code of 76 bits for one first run; its hash is stored in *folder*, replacing an earlier one."""
    code, file = new_code(), folder / FILE
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        json.dump({"hash": _hash(code), "until": (now + LIFE).isoformat()}, opened)
    return code


def is_code_right(folder: Path, typed: str, *, now: datetime) -> bool:
    """Whether *typed* is the issued code, within two hours."""
    kept, codes = _read(folder / FILE), read_codes(typed)
    if kept is None or now >= datetime.fromisoformat(kept["until"]):
        return False
    return any(hmac.compare_digest(kept["hash"], _hash(code)) for code in codes)


def is_code_waiting(folder: Path, *, now: datetime) -> bool:
    """Whether a valid code was issued and not used."""
    kept = _read(folder / FILE)
    return kept is not None and now < datetime.fromisoformat(kept["until"])


def use_code(folder: Path, typed: str, *, now: datetime) -> bool:
    """Use the code up and return True; of two concurrent uses only one gets True."""
    if not is_code_right(folder, typed, now=now):
        return False
    try:
        (folder / FILE).unlink()
    except FileNotFoundError:
        return False
    return True


def create_first_account(
    session: Session, *, email: str, name: str, password: str, unit: Unit, now: datetime, by: Actor | None = None
) -> Account:
    """Create the first account: administrator of *unit* and below, and organiser there.

    One person of a commune must be able to begin alone; the role of a rated office's manager is not given. The audit
    entry's actor is *by*, or in a browser, where no account is signed in yet, the new account itself.

    Raises:
        WeakPassword: too short or too common.
        IntegrityError: the e-mail address is taken.
    """
    account = create_account(
        session, email=email, name=name, password=password, role=Role.ADMINISTRATOR, unit=unit, now=now
    )
    account.grants.append(Grant(role=Role.ORGANISER.value, unit_id=unit.id))
    session.flush()
    actor, roles = by or Actor("account", account.id), {"role": f"{Role.ADMINISTRATOR}, {Role.ORGANISER}"}
    record(session, actor, AccountAction.ACCOUNT_CREATE, account_subject(account), after=roles, now=now)
    return account


def _read(file: Path) -> dict[str, str] | None:
    try:
        kept: dict[str, str] = json.loads(file.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return kept


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
