"""The two demo accounts, and the password that opens them on this machine only."""

import os
from pathlib import Path

from account.models import Grant
from account.operations.account import create_account
from account.rules.permissions import Role
from core.crypto import new_code
from demo.units import Units
from demo.world import World

ORGANISER = "bantochuc@lang-nghe.example"
OFFICER = "canbo@lang-nghe.example"
FILE = "demo-password.txt"


def new_password() -> str:
    """16 letters that can be read off a screen; never of the seed, or everybody would know it."""
    return new_code()


def create_accounts(world: World, units: Units, password: str) -> None:
    """An organiser of the province as it is and as it was, and an officer of xã Lâm Bình."""
    organiser = create_account(
        world.session, email=ORGANISER, name="Ban Tổ chức cuộc thi", password=password, role=Role.ORGANISER,
        unit=units.province, now=world.now,
    )  # fmt: skip
    organiser.grants.append(Grant(role=Role.ORGANISER.value, unit_id=units.old_province.id))
    create_account(
        world.session, email=OFFICER, name="Cán bộ Trung tâm xã Lâm Bình", password=password, role=Role.MANAGER,
        unit=units.communes["xã Lâm Bình"], now=world.now,
    )  # fmt: skip


def keep_password(instance: Path, password: str) -> Path:
    """Write *password* where only this machine's user can read it; a later start prints it from there."""
    path = instance / FILE
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{password}\n")
    return path


def read_password(instance: Path) -> str | None:
    """The password kept by `keep_password`; None where no demo was loaded."""
    path = instance / FILE
    return path.read_text().strip() if path.exists() else None
