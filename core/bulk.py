"""Read, insert and change very many rows: room for SQLite's pages, and the drivers' own bulk paths."""

import gc
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

import numpy as np
from sqlalchemy import ColumnElement, DateTime, Integer, Select, Table, Uuid, event, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.pool import Pool

from core.columns import IdText
from core.db import Base, UtcDateTime
from core.values.columns import ID_DIGITS, IdColumn, Ints

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ROWS_AT_ONCE = 5_000
Columns = Sequence[Sequence[Any]]
"""The columns of rows, in the order of what was asked for."""
_LOOKUP = 4
"""How many rows are read in the time that one takes to be looked up by a random id."""
STRETCH = 100_000
"""The rows that one statement sets by their places."""
_ROOM_KB, _USUAL_KB = 65_536, 2_000
"""Pages that SQLite keeps in memory, for the lookups of a million rows and otherwise."""


def make_room(session: Session) -> None:
    """Let SQLite keep many pages in memory until the session's transaction ends; PostgreSQL has a cache of its own.

    The lookups of a million rows by random ids would otherwise read a page each from the file.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite" and not connection.info.get(make_room):
        connection.info[make_room] = True
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_ROOM_KB}")


@event.listens_for(Pool, "checkin")
def _give_room_back(driver: Any, record: Any) -> None:
    if driver is not None and record.info.pop(make_room, False):
        driver.execute(f"PRAGMA cache_size = -{_USUAL_KB}").close()


@contextmanager
def without_collections() -> Iterator[None]:
    """Let Python not search for reference cycles while millions of plain values are made, of which it would go over
    all again and again: a sixth of the time of a large close.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def read_blocks(session: Session, query: Select[*tuple[Any, ...]]) -> Generator[Columns]:
    """Yield the rows of *query* as columns, some rows in memory at a time, with the values that the driver gives."""
    connection = session.connection()
    is_sqlite = connection.dialect.name == "sqlite"  # its cursor reads row by row, and makes plain tuples
    with connection.execute(query, execution_options={} if is_sqlite else {"yield_per": ROWS_AT_ONCE}) as rows:
        cursor: Any = rows.cursor if is_sqlite else rows
        while some := cursor.fetchmany(ROWS_AT_ONCE):
            yield list(zip(*some, strict=True))


def stored_between(
    session: Session, model: type[Base], column: InstrumentedAttribute[int], value: int
) -> list[ColumnElement[bool]]:
    """Return the conditions by which SQLite reads the rows of *model* with *value* in *column* in the order in which
    they are stored.

    They are among those between the first and the last of them; an index would lead to a page for each.
    """
    return stretches_of(session, model, column, value, size=sys.maxsize)[0]


def stretches_of(
    session: Session, model: type[Base], column: InstrumentedAttribute[int], value: int, *, size: int = STRETCH
) -> list[list[ColumnElement[bool]]]:
    """Return the conditions of `stored_between` for each stretch of so many places of the table of *model*."""
    if session.get_bind().dialect.name != "sqlite":
        return [[column == value]]
    rowid: ColumnElement[int] = literal_column(f"{model.__tablename__}.rowid", Integer)
    bounds = select(func.min(rowid), func.max(rowid)).select_from(model).where(column == value)
    first, last = (bound or 0 for bound in session.connection().execute(bounds).one())
    starts = range(first, last + 1, size)
    return [[rowid.between(start, min(start + size - 1, last)), column + 0 == value] for start in starts]


def is_most(session: Session, model: type[Base], some: int) -> bool:
    """Return whether so many rows are enough of the table of *model* that reading it whole is quicker than looking each
    of them up.
    """
    all = session.scalar(select(func.count()).select_from(model)) or 0
    return all <= _LOOKUP * some


@dataclass(frozen=True)
class ReadyRows:
    """Rows that are ready for the driver, so that nothing but storing them is left to be done under a lock: the
    statement that stores them, and what it is given.
    """

    statement: str
    rows: Sequence[Sequence[Any] | Mapping[str, Any]]


def ready_rows(session: Session, model: type[Base], columns: Mapping[str, Sequence[Any]]) -> ReadyRows:
    """Return the rows of *columns*, equally long values by the name of a column of *model*; ids are UUIDs as text, JSON
    is text.
    """
    table, names = cast(Table, model.__table__), ", ".join(columns)
    if session.get_bind().dialect.name == "postgresql":
        rows = list(zip(*columns.values(), strict=True))
        return ReadyRows(f"COPY {table.name} ({names}) FROM STDIN", rows)
    given = (_stored(table.c[name].type, column) for name, column in columns.items())
    marks = ", ".join("?" for _ in columns)
    insert = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - names of our own tables
    return ReadyRows(insert, list(zip(*given, strict=True)))


def insert_columns(session: Session, model: type[Base], columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert the rows of *columns*, as `ready_rows` takes them."""
    insert_rows(session, ready_rows(session, model, columns))


def insert_rows(session: Session, ready: ReadyRows) -> None:
    """Insert rows that are ready.

    SQLite takes them by one prepared statement, PostgreSQL by COPY. Constraints and foreign keys are checked as ever.
    """
    session.flush()
    connection = session.connection()
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(ready.statement) as copy:
            for row in ready.rows:
                copy.write_row(row)
        return
    driver.cursor().executemany(ready.statement, ready.rows)


def _stored(type: Any, column: Sequence[Any]) -> Sequence[Any]:
    """Return *column* as SQLAlchemy writes values of this type into SQLite."""
    if isinstance(column, IdColumn):
        return column.digits()
    if isinstance(type, Uuid):
        return [None if id is None else id.replace("-", "") for id in column]
    if is_moment(type):
        return [None if moment is None else moment.isoformat(" ", "microseconds")[:26] for moment in column]
    return column


def is_moment(type: Any) -> bool:
    """Return whether a column of *type* holds moments."""
    return isinstance(type, UtcDateTime | DateTime)


def stored_places(session: Session, model: type[Base], ids: IdColumn) -> Ints | None:
    """Return where SQLite stores the rows of *model* with *ids*, so that `set_by_id` need not look for them; None on
    PostgreSQL.
    """
    if session.get_bind().dialect.name != "sqlite":
        return None
    rowid: ColumnElement[int] = literal_column(f"{model.__tablename__}.rowid", Integer)
    packed, rows = list[bytes](), list[int]()
    for some, places in read_blocks(session, select(IdText(model.__table__.c.id), rowid)):
        packed.append(IdColumn.pack(some))
        rows += places
    return np.array(rows, np.int64)[IdColumn.packed(packed).places_of(ids)]


def set_by_id(session: Session, model: type[Base], name: str, ids: IdColumn, values: Ints, places: Ints | None) -> None:
    """Set the column *name* of the rows of *model* with *ids*, at `stored_places`, to *values*.

    A million rows are looked for in SQLite in three times the time in which they are written.

    Raises:
        LookupError: a row is no longer at its place.
    """
    session.flush()
    connection, table = session.connection(), cast(Table, model.__table__)
    driver: Any = connection.connection.driver_connection
    with closing(driver.cursor()) as cursor:
        if places is None:
            _set_on_postgresql(cursor, table.name, name, ids, values)
            return
        set_ = _set_by_place(table.name, name)
        changed = sum(cursor.execute(set_, piece).rowcount for piece in _by_place(ids, values, places))
        if changed != len(ids):
            raise LookupError(f"{len(ids) - changed} rows of {table.name} have moved")


def _set_by_place(table: str, name: str) -> str:
    """Return the statement that sets rows by one text of their ids and one of the values, each at its row's place: a
    third of the time of a statement for each row.
    """
    value = "CAST(substr(:values, :width * (rowid - :first) + 1, :width) AS INTEGER)"
    id = f"substr(:ids, {ID_DIGITS} * (rowid - :first) + 1, {ID_DIGITS})"
    where = f"rowid BETWEEN :first AND :last AND CAST(id AS BLOB) = {id}"
    return f"UPDATE {table} SET {name} = {value} WHERE {where}"  # noqa: S608 - names of our own tables


def _by_place(ids: IdColumn, values: Ints, places: Ints) -> Iterator[dict[str, Any]]:
    """Yield the parameters of `_set_by_place`, a stretch of the table at a time; a row without a value has no id."""
    order = np.argsort(places)
    width = max(map(len, map(str, (values.min(initial=0), values.max(initial=0)))))
    for at in np.split(order, np.flatnonzero(np.diff(places[order] // STRETCH)) + 1) if len(order) else ():
        first, last = int(places[at[0]]), int(places[at[-1]])
        texts = np.zeros(last - first + 1, f"S{ID_DIGITS}"), np.full(last - first + 1, b" " * width)
        texts[0][places[at] - first] = ids.take(at).digits()
        texts[1][places[at] - first] = values[at].astype(f"S{width}")
        yield {"first": first, "last": last, "width": width, "ids": texts[0].tobytes(), "values": texts[1].tobytes()}


def _set_on_postgresql(cursor: Any, table: str, name: str, ids: IdColumn, values: Ints) -> None:
    cursor.execute("CREATE TEMPORARY TABLE new_values (id uuid, value bigint) ON COMMIT DROP")
    with cursor.copy("COPY new_values FROM STDIN") as copy:
        for row in zip(ids, values.tolist(), strict=True):
            copy.write_row(row)
    cursor.execute(f"UPDATE {table} AS t SET {name} = n.value FROM new_values AS n WHERE n.id = t.id")  # noqa: S608
    cursor.execute("DROP TABLE new_values")
