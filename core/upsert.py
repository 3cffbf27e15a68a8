"""Add to a tally row that may not be there yet, in one statement, on SQLite and PostgreSQL alike."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.db import Base


def upsert_add(session: Session, model: type[Base], key: Mapping[str, Any], by: Mapping[str, int]) -> None:
    """Add *by* (column → amount) to the row of *model* under *key*, its whole primary key; insert it when missing."""
    upsert_add_all(session, model, [{**key, **by}], by=tuple(by))


def upsert_add_all(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], by: tuple[str, ...]) -> None:
    """Add the columns *by* of *rows* to the rows of *model* under their other columns, its whole primary key.

    Concurrent callers must give the rows in the same order, or PostgreSQL detects a deadlock. Without rows nothing is
    executed.
    """
    session.flush()
    if rows:
        key = tuple(name for name in rows[0] if name not in by)
        session.connection().execute(_adding(_dialect(session), model, key, by), list(rows))


def insert_if_missing(session: Session, model: type[Base], key: Mapping[str, Any], **first: Any) -> None:
    """Insert the row of *model* under *key*, its whole primary key, with *first* values; an existing row stays."""
    session.flush()
    insert = _inserter(_dialect(session))(model).values(**key, **first)
    session.execute(insert.on_conflict_do_nothing(index_elements=list(key)))


def insert_new(session: Session, model: type[Base], row: Mapping[str, Any]) -> bool:
    """Insert *row* of *model* unless a unique value of it is taken; return whether it was inserted."""
    session.flush()
    insert = _inserting(_dialect(session), model)
    return bool(session.connection().execute(insert, row).rowcount == 1)


@lru_cache(maxsize=64)
def _inserting(dialect: str, model: type[Base]) -> Any:
    insert = _inserter(dialect)(model.__table__).on_conflict_do_nothing()
    return insert.execution_options(preserve_rowcount=True)


@lru_cache(maxsize=64)
def _adding(dialect: str, model: type[Base], key: tuple[str, ...], by: tuple[str, ...]) -> Any:
    """Return the statement, built once per process, since building it took longer than running it."""
    table = model.__table__
    insert = _inserter(dialect)(table)
    grown = {name: table.c[name] + insert.excluded[name] for name in by}
    return insert.on_conflict_do_update(index_elements=list(key), set_=grown)


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def _inserter(dialect: str) -> Any:
    return postgresql.insert if dialect == "postgresql" else sqlite.insert
