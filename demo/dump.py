"""Dump every row of the database as a line of JSON in a fixed order, without values that depend on the master key."""

import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Row, Table, select
from sqlalchemy.orm import Session

from core.db import Base


def dump(session: Session) -> Iterator[str]:
    """Yield the tables by name, the rows of each by primary key; equal for equal seeds and moments on any instance."""
    session.flush()
    for name in sorted(Base.metadata.tables):
        yield from _dump_table(session, Base.metadata.tables[name])


def _dump_table(session: Session, table: Table) -> Iterator[str]:
    columns = [column for column in table.columns if not column.info.get("keyed")]
    if not columns:
        return
    order = [at for at, column in enumerate(columns) if column.primary_key]
    lines = [([row[at] for at in order], _line(table, columns, row)) for row in session.execute(select(*columns))]
    yield from (line for _, line in sorted(lines))  # by line where the rest of the key hangs on the master key


def _line(table: Table, columns: Sequence[Column[Any]], row: Row[Any]) -> str:
    named = {column.name: _plain(value) for column, value in zip(columns, row, strict=True)}
    return json.dumps({"table": table.name} | named, ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, uuid.UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value
