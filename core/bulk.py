"""Insert very many rows as plain tuples: the drivers' own bulk paths, without a dictionary or a row object each."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from sqlalchemy import DateTime, Table, Uuid
from sqlalchemy.orm import Session

from core.db import Base, UtcDateTime


def insert_tuples(session: Session, model: type[Base], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert *rows*, which give the columns *names* of *model* in that order; ids are UUIDs as text.

    SQLite takes them by one prepared statement, PostgreSQL by COPY. Constraints and foreign keys are checked as ever.
    """
    session.flush()
    connection, table = session.connection(), cast(Table, model.__table__)
    driver: Any = connection.connection.driver_connection
    columns = ", ".join(names)
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" for _ in names)
    forms = {at: form for at, name in enumerate(names) if (form := _sqlite_form(table.c[name].type))}
    statement = f"INSERT INTO {table.name} ({columns}) VALUES ({marks})"  # noqa: S608 - names of our own tables
    driver.cursor().executemany(statement, (_stored(row, forms) for row in rows))


def _stored(row: Sequence[Any], forms: dict[int, Callable[[Any], str]]) -> list[Any]:
    values = list(row)
    for at, form in forms.items():
        if values[at] is not None:
            values[at] = form(values[at])
    return values


def _sqlite_form(type: Any) -> Callable[[Any], str] | None:
    """Return how SQLAlchemy writes a value of this type into SQLite; None where the driver takes it as it is."""
    if isinstance(type, Uuid):
        return _hex
    return _moment if isinstance(type, UtcDateTime | DateTime) else None


def _hex(id: str) -> str:
    return id.replace("-", "")


def _moment(value: Any) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S}.{value.microsecond:06d}"
