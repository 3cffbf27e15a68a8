"""A version per kind of data, renewed by every operation that changes it; cached pages are stored by version."""

import secrets
from typing import Any, cast

from sqlalchemy import BigInteger, String, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base


class DataVersion(Base):
    """The present version of a kind of data; a random number, so that restoring a backup never repeats one."""

    __tablename__ = "core_data_version"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    token: Mapped[int] = mapped_column(BigInteger, info={"keyed": True})


_TABLE = cast(Table, DataVersion.__table__)
_CURRENT = select(_TABLE.c.token).where(_TABLE.c.name == bindparam("name"))


def renew_version(session: Session, name: str) -> None:
    """Give the data *name* another version, in the transaction that changes the data."""
    session.flush()
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert: Any = (postgresql.insert if is_postgres else sqlite.insert)(_TABLE)
    renewed = insert.on_conflict_do_update(index_elements=["name"], set_={"token": insert.excluded.token})
    session.connection().execute(renewed, {"name": name, "token": secrets.randbits(62)})


def current_version(session: Session, name: str) -> int:
    """Return the present version of the data *name*; 0 before it was ever renewed."""
    return session.connection().execute(_CURRENT, {"name": name}).scalar() or 0
