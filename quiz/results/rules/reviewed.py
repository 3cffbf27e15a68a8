"""The values that the review of a round compares: entries, openings, the size of a paper, and the links of signs."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from core.values.columns import Flags, Ints

WINDOW_MS = 10 * 60 * 1000
"""Entries with a shorter pause between them belong to one gathering: 10 minutes."""
WORDS_A_SECOND = 8
"""The fastest reading speed that counts as possible."""
_MOST_CODES = 1 << 62
TAP_MS = 1000
"""The shortest time in which somebody who knows the answer can find and tap it."""


class Sign(StrEnum):
    """A sign, in the order in which a page lists them."""

    BLIND = "blind"
    FAST = "fast"
    DEVICE = "device"
    RIGHT = "right"
    WRONG = "wrong"
    PHONES = "phones"
    TWINS = "twins"
    BURST = "burst"
    SEEN = "seen"
    PHONE = "phone"
    NAMES = "names"


class ReviewedEntry(NamedTuple):
    """A counted entry as the review sees it: `phone` are digits, `name` is folded without marks, moments are in ms.

    `is_own` is whether the participant answered on a device of theirs, so that its duration and moment are known.
    `wrong` are the wrong answers as (question, choice), by the letters of the round, whatever order the attempt showed;
    a question without an answer is not among them.
    """

    ref: str
    begun_ms: int
    duration_ms: int
    is_own: bool
    is_first: bool
    is_perfect: bool
    address: bytes | None
    phone: str
    name: str
    birth_year: int | None
    unit_id: int
    wrong: frozenset[tuple[str, str]] = frozenset()


class Opening(NamedTuple):
    """A device on which a participant opened the paper, submitted or not."""

    device: bytes
    ref: str
    begun_ms: int


@dataclass(frozen=True, slots=True)
class PaperSize:
    """The number of words and of questions of a paper."""

    words: int
    questions: int

    @property
    def reading_ms(self) -> int:
        """The shortest time in which the paper can be read."""
        return self.words * 1000 // WORDS_A_SECOND

    @property
    def tapping_ms(self) -> int:
        """The shortest time in which it can be answered from memory."""
        return self.questions * TAP_MS


@dataclass(frozen=True, slots=True)
class ReviewedColumns:
    """The entries of a round as columns in the order of their refs; -1 stands for what is not known.

    `address` and `name` are numbers of equal ones, `phone` is the number itself, `wrong` a place in `answers`, the
    different wrong answers.
    """

    refs: Sequence[str]
    begun_ms: Ints
    duration_ms: Ints
    is_own: Flags
    is_first: Flags
    is_perfect: Flags
    address: Ints
    phone: Ints
    name: Ints
    birth_year: Ints
    unit_id: Ints
    wrong: Ints
    answers: Sequence[frozenset[tuple[str, str]]]

    @classmethod
    def of(cls, entries: Iterable[ReviewedEntry]) -> ReviewedColumns:
        """Return *entries* as columns."""
        mine = sorted(entries)
        wrong = [each.wrong for each in mine]
        return cls(
            [each.ref for each in mine],
            np.array([each.begun_ms for each in mine], np.int64),
            np.array([each.duration_ms for each in mine], np.int64),
            np.array([each.is_own for each in mine], np.bool_),
            np.array([each.is_first for each in mine], np.bool_),
            np.array([each.is_perfect for each in mine], np.bool_),
            numbered(each.address for each in mine),
            np.array([int(each.phone or -1) for each in mine], np.int64),
            numbered(each.name for each in mine),
            np.array([-1 if each.birth_year is None else each.birth_year for each in mine], np.int64),
            np.array([each.unit_id for each in mine], np.int64),
            numbered(wrong, but=()),
            list(dict.fromkeys(wrong)),
        )

    def __len__(self) -> int:
        return len(self.refs)


@dataclass(frozen=True, slots=True)
class OpeningColumns:
    """Openings as columns: numbers of devices, numbers of people in the order of their refs, their entries, -1 for
    somebody without one, and moments.
    """

    device: Ints
    person: Ints
    entry: Ints
    begun_ms: Ints

    @classmethod
    def of(cls, openings: Iterable[Opening], entries: ReviewedColumns) -> OpeningColumns:
        """Return *openings* as columns beside those of the *entries*."""
        mine = list(openings)
        order = {ref: at for at, ref in enumerate(sorted({each.ref for each in mine}))}
        places = {ref: at for at, ref in enumerate(entries.refs)}
        return cls(
            numbered(each.device for each in mine),
            np.array([order[each.ref] for each in mine], np.int64),
            np.array([places.get(each.ref, -1) for each in mine], np.int64),
            np.array([each.begun_ms for each in mine], np.int64),
        )


def numbered(values: Iterable[Hashable], but: Collection[Hashable] = (None, b"", "")) -> Ints:
    """Return a number for each of *values*, the same for equal ones; -1 for those of *but*.

    >>> numbered(["b", "a", "", "b"]).tolist()
    [0, 1, -1, 0]
    """
    known: dict[Hashable, int] = {}
    return np.array([-1 if each in but else known.setdefault(each, len(known)) for each in values], np.int64)


def together(*columns: Ints) -> Ints:
    """Return one number for each row of *columns*, equally long, the same for equal rows alone.

    >>> together(np.array([1, 1, 2]), np.array([5, 5, 5])).tolist()
    [0, 0, 1]
    """
    code, different = np.zeros(len(columns[0]), np.int64), 1
    for column in columns if len(code) else ():
        low, span = int(column.min()), int(column.max()) - int(column.min()) + 1
        if different * span >= _MOST_CODES:
            _values, code = np.unique(code, return_inverse=True)
            _values, column = np.unique(column, return_inverse=True)
            low, span, different = 0, len(_values), len(code)
        code, different = code * span + (column - low), different * span
    return code


def groups_of(places: Ints, codes: Ints, fewest: int = 2) -> list[Ints]:
    """Return *places* in groups of equal *codes*, in their order, those of *fewest* or more."""
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    sizes = np.diff(starts, append=len(order))
    mine = sizes >= fewest
    return [places[order[start : start + size]] for start, size in zip(starts[mine], sizes[mine], strict=True)]


def gatherings(places: Ints, begun_ms: Ints) -> list[Ints]:
    """Return *places* in groups without a pause of ten minutes between two beginnings."""
    if not len(places):
        return []
    order = places[np.argsort(begun_ms[places], kind="stable")]
    return np.split(order, np.flatnonzero(np.diff(begun_ms[order]) > WINDOW_MS) + 1)
