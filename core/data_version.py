"""A version per kind of data, renewed with every change to it; cached replies are valid for one version."""

import secrets
from typing import Any, cast

from sqlalchemy import BigInteger, ColumnElement, Connection, String, Table, bindparam, event, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base

PUBLIC = "public"
"""The data that public pages show. Every audit entry renews it: each act of staff that a page could show writes one."""
_MARKED = "versions_to_renew"


class DataVersion(Base):
    """The present version of a kind of data; a random number, so that restoring a backup never repeats one."""

    __tablename__ = "core_data_version"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    token: Mapped[int] = mapped_column(BigInteger, info={"keyed": True})


_TABLE = cast(Table, DataVersion.__table__)
_CURRENT = select(_TABLE.c.token).where(_TABLE.c.name == bindparam("name"))


def renew_version(session: Session, name: str) -> None:
    """Give the data *name* another version in the commit of the present transaction.

    At the commit and not at once: on PostgreSQL the row stays locked from then on, and long transactions must not wait
    for each other.
    """
    session.info.setdefault(_MARKED, set()).add(name)


def version_column(name: str) -> ColumnElement[int]:
    """Return the present version of the data *name* as a column, for a page that reads it with what it shows."""
    return func.coalesce(select(_TABLE.c.token).where(_TABLE.c.name == name).scalar_subquery(), 0)


def current_version(connection: Connection, name: str) -> int:
    """Return the present version of the data *name*; 0 before it was ever renewed."""
    return connection.execute(_CURRENT, {"name": name}).scalar() or 0


@event.listens_for(Session, "before_commit")
def _renew_marked(session: Session) -> None:
    if session.in_nested_transaction() or not (names := session.info.pop(_MARKED, None)):
        return
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert: Any = (postgresql.insert if is_postgres else sqlite.insert)(_TABLE)
    renewed = insert.on_conflict_do_update(index_elements=["name"], set_={"token": insert.excluded.token})
    for name in sorted(names):
        session.connection().execute(renewed, {"name": name, "token": secrets.randbits(62)})
