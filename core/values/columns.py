"""Columns of very many values: whole numbers as arrays, and ids as two numbers each instead of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
NONE = np.iinfo(np.int64).min
"""The value that stands for None in a column of whole numbers; numpy's missing moment has the same number."""
ID_DIGITS = 32


def ints(column: Sequence[int | None]) -> Ints:
    """Return whole numbers as an array, None as `NONE`.

    Raises:
        OverflowError: a number needs more than 64 bits.
    """
    if None in column:
        column = [NONE if each is None else each for each in column]
    return np.array(column, np.int64)


def optional(column: Ints) -> list[int | None]:
    """Return an array as whole numbers, `NONE` as None."""
    plain: list[int | None] = column.tolist()
    return [None if each == NONE else each for each in plain] if (column == NONE).any() else plain


def one(column: Ints, at: int) -> int | None:
    """Return the number at a place of a column."""
    return None if column[at] == NONE else int(column[at])


class IdColumn(Sequence[str]):
    """Random ids (UUIDs) of very many rows. An id that is read is text, as `str(UUID)` writes it.

    >>> ids = IdColumn.of(["0123456789abcdef0123456789abcdef", "00000000-0000-0000-0000-000000000001"])
    >>> ids[0], ids.order.tolist()
    ('01234567-89ab-cdef-0123-456789abcdef', [1, 0])
    """

    def __init__(self, halves: npt.NDArray[np.uint64]) -> None:
        self._halves = halves
        self._order: Ints | None = None
        self._in_order = halves

    @classmethod
    def of(cls, ids: Iterable[str]) -> IdColumn:
        """Return *ids*, with or without hyphens, as a column; a column as it is."""
        if isinstance(ids, IdColumn):
            return ids
        return cls.packed([cls.pack(list(ids))])

    @staticmethod
    def pack(ids: Sequence[str]) -> bytes:
        """Return a part of a column's *ids* in little memory."""
        digits = "".join(ids)
        return bytes.fromhex(digits if len(digits) == ID_DIGITS * len(ids) else digits.replace("-", ""))

    @classmethod
    def packed(cls, parts: Iterable[bytes]) -> IdColumn:
        """Return the column of the *parts* that `pack` made."""
        halves = np.frombuffer(b"".join(parts), ">u8").reshape(-1, 2)
        return cls(halves.astype(np.uint64).T.copy())

    def __len__(self) -> int:
        return int(self._halves.shape[1])

    @overload
    def __getitem__(self, which: int) -> str: ...

    @overload
    def __getitem__(self, which: slice) -> IdColumn: ...

    def __getitem__(self, which: int | slice) -> str | IdColumn:
        if isinstance(which, slice):
            return IdColumn(self._halves[:, which])
        first, last = self._halves[:, which].tolist()
        return _dashed(f"{first:016x}{last:016x}")

    def __iter__(self) -> Iterator[str]:
        return map(_dashed, self.digits())

    def digits(self) -> list[str]:
        """Return the 32 digits of each id, as SQLite stores them."""
        text = self.text()
        return [text[at : at + ID_DIGITS] for at in range(0, len(text), ID_DIGITS)]

    def text(self) -> str:
        """Return the digits of all ids, one after the other."""
        return self._halves.T.astype(">u8").tobytes().hex()

    def take(self, places: Ints | Flags) -> IdColumn:
        """Return the ids at *places*."""
        at = np.flatnonzero(places) if places.dtype == np.bool_ else places
        return IdColumn(np.take(self._halves, at, axis=1))  # a quarter of the time of an index

    @property
    def order(self) -> Ints:
        """The places in the order of the ids."""
        if self._order is None:
            first = self._halves[0]
            self._order = np.argsort(first)
            if (np.diff(first[self._order]) == 0).any():  # hardly ever
                self._order = np.lexsort(self._halves[::-1])
            self._in_order = np.take(self._halves, self._order, axis=1)
        return self._order

    @property
    def ranks(self) -> Ints:
        """The place of each id in their order."""
        found = np.empty(len(self), np.int64)
        found[self.order] = np.arange(len(self))
        return found

    def places_of(self, others: IdColumn) -> Ints:
        """Return the place of each of the *others* in this column, of different ids; -1 for one that is not in it."""
        found = np.full(len(others), -1, np.int64)
        if not len(self) or not len(others):
            return found
        order, turns = self.order, others.order
        mine, theirs = self._in_order, others._in_order
        at, last = np.searchsorted(mine[0], theirs[0]), len(self) - 1
        while True:  # once more for each id before it whose first half is the same
            here = np.minimum(at, last)
            is_near = (at <= last) & (mine[0][here] == theirs[0])
            further = is_near & (mine[1][here] < theirs[1])
            if not further.any():
                break
            at = at + further
        found[turns] = np.where(is_near & (mine[1][here] == theirs[1]), order[here], -1)
        return found


def taken(ids: Sequence[str], places: Ints | Flags) -> Sequence[str]:
    """Return the *ids*, a column or plain texts, at *places*."""
    if isinstance(ids, IdColumn):
        return ids.take(places)
    at = np.flatnonzero(places) if places.dtype == np.bool_ else places
    return list(map(ids.__getitem__, at.tolist()))


def _dashed(id: str) -> str:
    return f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"
