"""The database without Flask: declarative base, column types, session info, and SQLite's safe settings."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import DateTime, Dialect, Engine, Executable, MetaData, TypeDecorator, event
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from core.writers import BUSY_MS, WriterConnection

T = TypeVar("T")
IN_A_STATEMENT = 500
"""The most values in one statement: SQLite and PostgreSQL both have a limit, and more are no faster."""


SEEDED = "seeded"
"""Key in the `info` of a table that a migration fills; its rows do not count as data of an installation."""


def parts(values: Iterable[T]) -> Iterator[list[T]]:
    """Yield *values* in lists short enough for one statement."""
    rest = iter(values)
    while some := list(islice(rest, IN_A_STATEMENT)):
        yield some


def is_there(engine: Engine) -> bool:
    """Whether the database exists. Opening a missing SQLite file would create it."""
    return engine.dialect.name != "sqlite" or Path(engine.url.database or "").is_file()


def changed_rows(session: Session, statement: Executable) -> int:
    """Execute an UPDATE, a DELETE or an INSERT and return the number of its rows, which SQLAlchemy does not type."""
    return int(getattr(session.execute(statement), "rowcount", 0))


def add_session_info(sessions: sessionmaker[Session], **values: Any) -> None:
    """Add *values* to the `info` of every session that *sessions* makes."""
    sessions.configure(info={**sessions.kw.get("info", {}), **values})


def session_info(session: Session, name: str) -> Any:
    """Return the value that `add_session_info` stored under *name*.

    Raises:
        RuntimeError: the session was not made by the application's sessionmaker.
    """
    try:
        return session.info[name]
    except KeyError:
        raise RuntimeError(f"this session has no {name}: make it with the application's sessionmaker") from None


class Base(DeclarativeBase):
    """Base class of every table; constraints are named the same way on both databases, as migrations need."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; naive ones are refused, since a guessed time zone is wrong."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@event.listens_for(Engine, "do_connect")
def _connect_as_writer(dialect: Dialect, _record: Any, _arguments: Any, options: dict[str, Any]) -> None:
    """Let SQLite's transactions begin with their first write, savepoints included, and let few writers wait."""
    if dialect.name == "sqlite":
        options.setdefault("factory", WriterConnection)


@event.listens_for(Engine, "connect")
def _keep_what_was_acknowledged(connection: Any, _record: Any) -> None:
    """Use WAL with synchronous=FULL: with NORMAL a power cut lost every acknowledged row since the last checkpoint."""
    if isinstance(connection, sqlite3.Connection):
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
