"""The demo accounts, with a password and a second factor that exist on this machine only."""

import os
from datetime import datetime
from pathlib import Path

import pyotp

from account.models import Account, Grant
from account.operations.account import create_account
from account.operations.second_factor import new_secret, set_factor
from account.queries.account import must_have_factor
from account.rules.permissions import Role
from commune.models import Unit
from core.crypto import new_code
from demo.units import Units
from demo.world import World

ADMINISTRATOR = "quantri@lang-nghe.example"
ORGANISER = "bantochuc@lang-nghe.example"
APPROVER = "nguoiduyet@lang-nghe.example"
INSPECTOR = "giamsat@lang-nghe.example"
OFFICER = "canbo@lang-nghe.example"
ACCOUNTS = {
    ADMINISTRATOR: "quản trị tỉnh", ORGANISER: "tổ chức cuộc thi", APPROVER: "phê duyệt",
    INSPECTOR: "giám sát, quyết định về lượt để riêng", OFFICER: "phụ trách một cửa xã Lâm Bình",
}  # fmt: skip
"""Each with its purpose."""
FILE = "demo-password.txt"
SECRET_FILE = "demo-second-factor.txt"  # noqa: S105 - a file's name


def new_password() -> str:
    """Return 16 letters that can be read off a screen; not from the seed, which is public."""
    return new_code()


def create_accounts(world: World, units: Units, password: str) -> str:
    """Create the administrator, organiser, approver and inspector of the province, old and new, and an officer of xã
    Lâm Bình.

    Returns the secret of the second factor that they share.
    """
    both, here = (units.province, units.old_province), (units.communes["xã Lâm Bình"],)
    secret = new_secret()
    for email, name, role, where in (
        (ADMINISTRATOR, "Quản trị tỉnh Tuyên Quang", Role.ADMINISTRATOR, both),
        (ORGANISER, "Ban Tổ chức cuộc thi", Role.ORGANISER, both),
        (APPROVER, "Lãnh đạo Sở Nội vụ", Role.APPROVER, both),
        (INSPECTOR, "Ủy ban Mặt trận Tổ quốc tỉnh", Role.INSPECTOR, both),
        (OFFICER, "Cán bộ Trung tâm xã Lâm Bình", Role.MANAGER, here),
    ):
        account = _create(world, email, name, password, role, where)
        if must_have_factor(account):
            set_factor(world.session, world.keyring, account, secret, step=0)
    return secret


def _create(world: World, email: str, name: str, password: str, role: Role, where: tuple[Unit, ...]) -> Account:
    account = create_account(
        world.session, email=email, name=name, password=password, role=role, unit=where[0], now=world.now
    )
    account.grants += [Grant(role=role.value, unit_id=unit.id) for unit in where[1:]]
    world.session.flush()
    return account


def code_at(secret: str, moment: datetime) -> str:
    """Return the code that a telephone with *secret* shows at that moment."""
    return pyotp.TOTP(secret).at(moment)


def keep_secrets(instance: Path, password: str, secret: str) -> Path:
    """Store both in files that only this machine's user can read; a later start prints them."""
    _keep(instance / SECRET_FILE, secret)
    return _keep(instance / FILE, password)


def read_password(instance: Path) -> str | None:
    """Return the password stored by `keep_secrets`; None where no demo was loaded."""
    return _read(instance / FILE)


def read_secret(instance: Path) -> str | None:
    """Return the second factor's secret stored by `keep_secrets`; None where no demo was loaded."""
    return _read(instance / SECRET_FILE)


def _keep(path: Path, text: str) -> Path:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{text}\n")
    return path


def _read(path: Path) -> str | None:
    return path.read_text().strip() if path.exists() else None
