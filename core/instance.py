"""Facts of an installation, stored in its database: fingerprint of its key, printed address, random name."""

import secrets
from datetime import date
from typing import Any

from sqlalchemy import String, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.crypto import Keyring
from core.db import Base
from core.settings import Settings
from core.values.text import N_

KEY = "key_fingerprint"
PRINTED = "printed_address"
NAME = "instance_name"
LONGEST = 200
_KEPT = N_("Dấu của khóa đã ghi vào cơ sở dữ liệu.")


class InstanceFact(Base):
    """A fact by its name; none of them is a secret."""

    __tablename__ = "core_instance_fact"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(LONGEST))


def remember_key(session: Session, keyring: Keyring) -> str:
    """Store the fingerprint of the key unless one is stored; returns a sentence that says so."""
    session.execute(_insert(session, KEY, keyring.fingerprint).on_conflict_do_nothing(index_elements=["name"]))
    return _KEPT


def name_instance(session: Session, _today: date) -> str:
    """Set-up duty: give the instance a random name unless it has one."""
    insert = _insert(session, NAME, secrets.token_hex(8))
    session.execute(insert.on_conflict_do_nothing(index_elements=["name"]))
    return ""


def rename_instance(session: Session, _today: date) -> str:
    """Restore duty: give the copy a new name, as the original may still run elsewhere."""
    name = secrets.token_hex(8)
    insert = _insert(session, NAME, name)
    session.execute(insert.on_conflict_do_update(index_elements=["name"], set_={"value": name}))
    return ""


def mark_of(session: Session, keyring: Keyring) -> str:
    """Return 16 digits that identify this instance, distinct from a copy under the same key."""
    return keyring.mac("instance", find_fact(session, NAME) or "").hex()[:16]


def remember_address(session: Session, settings: Settings) -> bool:
    """Store the public address that is being printed; returns whether it changed. Without https nothing is stored."""
    url = settings.public_url
    if not settings.is_secure or len(url) > LONGEST or find_fact(session, PRINTED) == url:
        return False
    insert = _insert(session, PRINTED, url)
    session.execute(insert.on_conflict_do_update(index_elements=["name"], set_={"value": url}))
    return True


def _insert(session: Session, name: str, value: str) -> Any:
    is_postgres = session.get_bind().dialect.name == "postgresql"
    return (postgresql.insert if is_postgres else sqlite.insert)(InstanceFact).values(name=name, value=value)


def find_fact(session: Session, name: str) -> str | None:
    """Return a fact by its name; None when it is not set."""
    return session.scalar(select(InstanceFact.value).where(InstanceFact.name == name))
