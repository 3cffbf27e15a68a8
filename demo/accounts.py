"""The demo accounts, and what opens them on this machine only: a password, and a telephone that is a command."""

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
    INSPECTOR: "giám sát, chỉ xem", OFFICER: "phụ trách một cửa xã Lâm Bình",
}  # fmt: skip
"""Each by what it is there to try."""
FILE = "demo-password.txt"
SECRET_FILE = "demo-second-factor.txt"  # noqa: S105 - a file's name


def new_password() -> str:
    """16 letters that can be read off a screen; never of the seed, or everybody would know it."""
    return new_code()


def create_accounts(world: World, units: Units, password: str) -> str:
    """Who runs the province as it is and as it was, who watches and approves, and an officer of xã Lâm Bình.

    Returns the secret of the second factor that those of them share who need one.
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
    """What a telephone with *secret* shows at that moment."""
    return pyotp.TOTP(secret).at(moment)


def keep_secrets(instance: Path, password: str, secret: str) -> Path:
    """Write both where only this machine's user can read them; a later start prints them from there."""
    _keep(instance / SECRET_FILE, secret)
    return _keep(instance / FILE, password)


def read_password(instance: Path) -> str | None:
    """The password kept by `keep_secrets`; None where no demo was loaded."""
    return _read(instance / FILE)


def read_secret(instance: Path) -> str | None:
    """The second factor's secret kept by `keep_secrets`; None where no demo was loaded."""
    return _read(instance / SECRET_FILE)


def _keep(path: Path, text: str) -> Path:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{text}\n")
    return path


def _read(path: Path) -> str | None:
    return path.read_text().strip() if path.exists() else None
