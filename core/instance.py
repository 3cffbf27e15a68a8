"""What an installation remembers of itself: which master key its database was made with, what its posters say."""

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
    """Remember the fingerprint of the key, and say so; the first one stays."""
    session.execute(_insert(session, KEY, keyring.fingerprint).on_conflict_do_nothing(index_elements=["name"]))
    return _KEPT


def name_instance(session: Session, _today: date) -> str:
    """A duty at set-up: the instance gets a random name of its own; the first one stays."""
    insert = _insert(session, NAME, secrets.token_hex(8))
    session.execute(insert.on_conflict_do_nothing(index_elements=["name"]))
    return ""


def rename_instance(session: Session, _today: date) -> str:
    """A duty after a restore: the copy is another instance than the one that may still run elsewhere."""
    name = secrets.token_hex(8)
    insert = _insert(session, NAME, name)
    session.execute(insert.on_conflict_do_update(index_elements=["name"], set_={"value": name}))
    return ""


def mark_of(session: Session, keyring: Keyring) -> str:
    """What tells this instance from every other, a copy under the same key too, and nothing else: 16 digits."""
    return keyring.mac("instance", find_fact(session, NAME) or "").hex()[:16]


def remember_address(session: Session, settings: Settings) -> bool:
    """The public address that is being printed; whether it was another. Without https it is a trial."""
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
    """A fact by its name; None when nobody remembered it."""
    return session.scalar(select(InstanceFact.value).where(InstanceFact.name == name))
