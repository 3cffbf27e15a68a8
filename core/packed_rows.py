"""Insert very many rows from arrays: SQLite is given each column as one text and takes the part of each row from it, in
half the time of a value after another.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from sqlalchemy import Table
from sqlalchemy.orm import Session

from core.bulk import EPOCH, ReadyRows, is_moment, ready_rows
from core.clock import MILLISECOND
from core.db import Base
from core.values.columns import ID_DIGITS, NONE, IdColumn, Ints, optional


class Chosen(NamedTuple):
    """A column of few different texts, none empty or with a blank at its end: the place of each row's in *texts*."""

    places: Ints
    texts: Sequence[str | None]


Column = int | str | None | Ints | IdColumn | Chosen
"""The one value of all rows, whole numbers (moments in milliseconds since 1970), ids, or texts."""
_NUMBERS = (
    "WITH RECURSIVE row(at) AS (SELECT 0 WHERE :count > 0 UNION ALL SELECT at + 1 FROM row WHERE at + 1 < :count)"
)


def length_of(columns: Mapping[str, Column]) -> int:
    """Return how many rows *columns* have."""
    lengths = (
        len(one.places) if isinstance(one, Chosen) else len(one)
        for one in columns.values()
        if not isinstance(one, int | str | None)
    )
    return next(lengths)


def part_of(column: Column, which: slice) -> Column:
    """Return the rows *which* of a column."""
    if isinstance(column, int | str | None):
        return column
    return Chosen(column.places[which], column.texts) if isinstance(column, Chosen) else column[which]


def packed_rows(session: Session, model: type[Base], columns: Mapping[str, Column]) -> ReadyRows:
    """Return the rows of *columns*, by the name of a column of *model*, ready for `core.bulk.insert_rows`."""
    table, count = cast(Table, model.__table__), length_of(columns)
    if session.get_bind().dialect.name == "postgresql":
        plain = {name: _plain(column, count, is_moment(table.c[name].type)) for name, column in columns.items()}
        return ready_rows(session, model, plain)
    given = dict[str, Any](count=count)
    values = [_value(given, name, column, is_moment(table.c[name].type)) for name, column in columns.items()]
    names = ", ".join(columns)
    insert = f"INSERT INTO {table.name} ({names}) {_NUMBERS} SELECT {', '.join(values)} FROM row"  # noqa: S608 - our own names
    return ReadyRows(insert, [given])


def _plain(column: Column, count: int, is_moment: bool) -> Sequence[Any]:
    """Return *column* as `ready_rows` takes it."""
    if isinstance(column, int | str | None):
        return [column] * count
    if isinstance(column, Chosen):
        return [column.texts[place] for place in column.places.tolist()]
    if isinstance(column, IdColumn):
        return column
    plain = optional(column)
    return [None if each is None else EPOCH + each * MILLISECOND for each in plain] if is_moment else plain


def _value(given: dict[str, Any], name: str, column: Column, is_moment: bool) -> str:
    """Return the expression for the value of the row `at`, and add what it needs to *given*."""
    if isinstance(column, int | str | None):
        given[name] = column
        return f":{name}"
    if isinstance(column, IdColumn):
        given[name] = column.text().encode()
        return f"CAST({_cut(name, ID_DIGITS)} AS TEXT)"
    if isinstance(column, Chosen):
        texts = [(text or "").encode() for text in column.texts]
        width = max(map(len, texts), default=0)
        given[f"{name}_texts"] = b"".join(text.ljust(width) for text in texts)
        at = _value(given, name, column.places, is_moment=False)
        return f"nullif(rtrim(CAST(substr(:{name}_texts, {width} * {at} + 1, {width}) AS TEXT)), '')"
    parts, is_missing = _moments(column) if is_moment else _numbers(column), column == NONE
    parts[is_missing] = b""
    given[name], cut = parts.tobytes(), _cut(name, parts.itemsize)
    there = f"nullif({cut}, zeroblob({parts.itemsize}))" if is_missing.any() else cut
    return f"CAST({there} AS {'TEXT' if is_moment else 'INTEGER'})"


def _cut(name: str, width: int) -> str:
    return f"substr(:{name}, {width} * at + 1, {width})"


def _numbers(column: Ints) -> Any:
    there = column[column != NONE]
    width = max(len(str(each)) for each in (there.min(initial=0), there.max(initial=0)))
    return np.where(column == NONE, 0, column).astype(f"S{width}")


def _moments(column: Ints) -> Any:
    """Return moments as SQLAlchemy writes them into SQLite."""
    texts = column.astype("datetime64[ms]").astype("datetime64[us]").astype("S26")
    texts.view(np.uint8).reshape(-1, 26)[:, 10] = ord(" ")
    return texts
