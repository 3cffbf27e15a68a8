"""Add to a counter row or insert it, in one statement, on SQLite and PostgreSQL alike."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.db import Base


def upsert_add(session: Session, model: type[Base], key: Mapping[str, Any], by: Mapping[str, int]) -> None:
    """Add *by* (column → amount) to the row of *model* under *key*, its whole primary key; make it when missing."""
    session.flush()
    insert = _inserter(session)(model).values(**key, **by)
    table = model.__table__
    grown = {name: table.c[name] + insert.excluded[name] for name in by}
    session.execute(insert.on_conflict_do_update(index_elements=list(key), set_=grown))


def insert_if_missing(session: Session, model: type[Base], key: Mapping[str, Any], **first: Any) -> None:
    """Make the row of *model* under *key*, its whole primary key, with *first* values; one that is there stays."""
    session.flush()
    insert = _inserter(session)(model).values(**key, **first)
    session.execute(insert.on_conflict_do_nothing(index_elements=list(key)))


def _inserter(session: Session) -> Any:
    is_postgres = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert if is_postgres else sqlite.insert
