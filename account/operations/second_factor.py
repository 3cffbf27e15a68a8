"""The second factor: time-based codes (RFC 6238), each accepted once, and recovery codes, each working once."""

import hmac
import secrets
from datetime import datetime

import pyotp
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from account.models import Account, RecoveryCode, Totp
from core.crypto import Keyring, RandomBytes, seal, unseal
from core.db import changed_rows
from core.values.codes import letters, readings

STEP = 30
"""Seconds that a code is valid, the standard value of authenticator applications."""
WINDOW = (0, -1, 1)
"""Steps that are checked: telephones' clocks differ by some seconds, and people type slowly."""
RECOVERY_CODES = 10
RECOVERY_LETTERS = 12
"""60 bits: typed from paper, with attempts counted in the database."""


def new_secret() -> str:
    """Return a secret of 160 bits, as RFC 4226 requires, in base 32."""
    return pyotp.random_base32()


def provisioning_uri(secret: str, *, email: str, issuer: str) -> str:
    """Return the text of the QR code of a new secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """Return the half minute whose code *typed* is, at most one away from *now*; None if there is none."""
    present, made = int(now.timestamp()) // STEP, pyotp.TOTP(secret)
    found = [present + at for at in WINDOW if hmac.compare_digest(made.generate_otp(present + at), typed)]
    return found[0] if found else None


def set_factor(session: Session, keyring: Keyring, account: Account, secret: str, *, step: int) -> None:
    """Make *secret* the second factor of *account*, replacing an earlier one; the code of *step* counts as used."""
    drop_factor(session, account.id)
    sealed = seal(keyring.key("second-factor"), secret, about=_about(account.id))
    session.add(Totp(account_id=account.id, sealed=sealed, last_step=step))
    session.flush()


def use_code(session: Session, keyring: Keyring, account: Account, typed: str, now: datetime) -> bool:
    """Whether *typed* is an unused code of *account*'s telephone; it is then used.

    Of the same code sent twice at once only one counts: a conditional UPDATE advances the step.
    """
    totp = session.get(Totp, account.id)
    if totp is None:
        return False
    step = step_of(unseal(keyring.key("second-factor"), totp.sealed, about=_about(account.id)), typed, now)
    if step is None:
        return False
    newer = update(Totp).where(Totp.account_id == account.id, Totp.last_step < step).values(last_step=step)
    return bool(changed_rows(session, newer.execution_options(synchronize_session=False)))


def renew_recovery_codes(
    session: Session, keyring: Keyring, account: Account, *, random: RandomBytes = secrets.token_bytes
) -> list[str]:
    """Return ten new recovery codes, to be shown once; they replace earlier ones."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [letters(int.from_bytes(random(8), "big"), RECOVERY_LETTERS) for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(account_id=account.id, code_hash=_recovery_hash(keyring, account, each)) for each in codes
    )
    session.flush()
    return codes


def use_recovery_code(session: Session, keyring: Keyring, account: Account, typed: str) -> bool:
    """Whether *typed* is a recovery code of *account*; it is then deleted."""
    hashes = [_recovery_hash(keyring, account, code) for code in readings(typed, RECOVERY_LETTERS)]
    if not hashes:
        return False
    mine = RecoveryCode.account_id == account.id, RecoveryCode.code_hash.in_(hashes)
    return bool(changed_rows(session, delete(RecoveryCode).where(*mine)))


def drop_factor(session: Session, account_id: int) -> None:
    """Remove the second factor with its recovery codes."""
    session.execute(delete(Totp).where(Totp.account_id == account_id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    session.expire_all()


def _about(account_id: int) -> bytes:
    return account_id.to_bytes(8, "big")


def _recovery_hash(keyring: Keyring, account: Account, code: str) -> bytes:
    return keyring.mac("recovery-code", _about(account.id), code)
