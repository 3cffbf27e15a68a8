"""Read very many rows as arrays: SQLite joins the values of many rows to one text, of which numpy makes columns, and no
value of Python is made for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, String, cast, func, select
from sqlalchemy.orm import Session

from core.bulk import read_blocks
from core.columns import IdText, StoredMoment
from core.values.columns import ID_DIGITS, NONE, IdColumn, Ints, ints

Conditions = Sequence[ColumnElement[bool]]
_MISSING, _SHIFT, _DIGITS = -(10**12), 2 * 10**12, 13
"""The stand-in of a missing number, the sum by which all numbers are larger, and their digits then."""
_MOMENT = 23
"""The characters of a moment to the millisecond."""


class AskedColumns(NamedTuple):
    """Expressions of ids, moments and whole numbers that are to be read."""

    ids: Sequence[Any]
    moments: Sequence[Any]
    numbers: Sequence[Any]


class Read(NamedTuple):
    """The columns that were asked for; moments are milliseconds since 1970, a missing moment or number is `NONE`."""

    ids: list[IdColumn]
    moments: list[Ints]
    numbers: list[Ints]


class _Block(NamedTuple):
    ids: Sequence[bytes]
    moments: Sequence[Ints]
    numbers: Sequence[Ints]


def read_arrays(session: Session, asked: AskedColumns, stretches: Iterable[Conditions]) -> Read:
    """Return the rows of each of the *stretches* of a table as arrays."""
    none = [np.zeros(0, np.int64)]
    blocks = [block for some in stretches for block in _joined(session, asked, some) or _plain(session, asked, some)]
    return Read(
        [IdColumn.packed(each.ids[at] for each in blocks) for at in range(len(asked.ids))],
        [np.concatenate(none + [each.moments[at] for each in blocks]) for at in range(len(asked.moments))],
        [np.concatenate(none + [each.numbers[at] for each in blocks]) for at in range(len(asked.numbers))],
    )


def _joined(session: Session, asked: AskedColumns, conditions: Conditions) -> list[_Block] | None:
    """Return the rows by one text of SQLite; None where it does not consist of equally long rows, as those with a
    number of too many digits are not, and on PostgreSQL.
    """
    if session.get_bind().dialect.name != "sqlite":
        return None
    texts: list[Any] = [IdText(id) for id in asked.ids]
    texts += [func.coalesce(func.substr(StoredMoment(each), 1, _MOMENT), " " * _MOMENT) for each in asked.moments]
    texts += [cast(func.coalesce(each, _MISSING) + _SHIFT, String) for each in asked.numbers]
    row = reduce(lambda before, each: before.concat(each), texts)
    query = select(func.count(), func.coalesce(func.group_concat(row, ""), "")).where(*conditions)
    count, joined = session.connection().execute(query).one()
    widths = [ID_DIGITS] * len(asked.ids) + [_MOMENT] * len(asked.moments) + [_DIGITS] * len(asked.numbers)
    if len(joined) != count * sum(widths):
        return None
    cells = np.frombuffer(joined.encode(), np.uint8).reshape(count, sum(widths))
    parts = np.split(cells, np.cumsum(widths)[:-1], axis=1)
    first, last = len(asked.ids), len(asked.ids) + len(asked.moments)
    ids = [bytes.fromhex(each.tobytes().decode()) for each in parts[:first]]
    return [_Block(ids, list(map(_moments_of, parts[first:last])), list(map(_numbers_of, parts[last:])))]


def _moments_of(cells: npt.NDArray[np.uint8]) -> Ints:
    texts = np.ascontiguousarray(cells).view(f"S{_MOMENT}").reshape(-1)
    texts = np.where(cells[:, 0] == ord(" "), b"NaT", texts)
    return texts.astype("datetime64[ms]").astype(np.int64)


def _numbers_of(cells: npt.NDArray[np.uint8]) -> Ints:
    found = np.zeros(len(cells), np.int64)
    for digits in cells.T:
        found = 10 * found + (digits - ord("0"))
    return np.where(found == _MISSING + _SHIFT, NONE, found - _SHIFT)


def _plain(session: Session, asked: AskedColumns, conditions: Conditions) -> Iterator[_Block]:
    """Yield the rows as the driver gives them."""
    query = select(*map(IdText, asked.ids), *map(StoredMoment, asked.moments), *asked.numbers).where(*conditions)
    first, last = len(asked.ids), len(asked.ids) + len(asked.moments)
    for columns in read_blocks(session, query):
        ids, moments, numbers = columns[:first], columns[first:last], columns[last:]
        yield _Block(list(map(IdColumn.pack, ids)), list(map(_milliseconds, moments)), list(map(ints, numbers)))


def _milliseconds(column: Sequence[Any]) -> Ints:
    """Return stored moments as whole milliseconds; numpy's missing moment has the number of `NONE`."""
    if isinstance(next((each for each in column if each is not None), None), int):
        return ints(column)
    return np.array(column, "datetime64[ms]").astype(np.int64)
