"""The value of an attempt for counting and ranking."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from core.values.columns import NONE, Flags, IdColumn, Ints, ints, one, optional, taken


@dataclass(frozen=True, slots=True)
class EntryValue:
    """The ranked values of an attempt: right answers, ms taken, number guessed, ms since the epoch.

    People of a `bloc` are ranked among themselves; None where the contest has no blocs.
    """

    ref: str
    correct: int
    duration_ms: int | None
    guess: int | None
    submitted_ms: int | None
    bloc: int | None = None


def at_the_limit(entry: EntryValue, limit_ms: int) -> EntryValue:
    """Return a paper as it ranks without times of the server: the whole limit used, without a moment, which is last.

    Source: decision 0039. Right answers and the guess stay.

    >>> at_the_limit(EntryValue("a", 10, 1000, 5, 3), 600_000)
    EntryValue(ref='a', correct=10, duration_ms=600000, guess=5, submitted_ms=None, bloc=None)
    """
    return replace(entry, duration_ms=limit_ms, submitted_ms=None)


def _none() -> Ints:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class EntryColumns:
    """Entries as columns of one order: of a million of them no value is made. A missing number is `NONE`, no bloc 0.

    `refs` is an `IdColumn` where they are ids; `attempts` are the ids of their attempts, where they are known.
    """

    refs: Sequence[str] = ()
    correct: Ints = field(default_factory=_none)
    duration_ms: Ints = field(default_factory=_none)
    guess: Ints = field(default_factory=_none)
    submitted_ms: Ints = field(default_factory=_none)
    bloc: Ints = field(default_factory=_none)
    attempts: Sequence[str] = ()

    @classmethod
    def of(cls, entries: Iterable[EntryValue]) -> EntryColumns:
        """Return *entries* as columns, in their order.

        >>> len(EntryColumns.of([EntryValue("a", 10, 1000, 5, 3)]))
        1
        """
        mine = list(entries)
        return cls(
            [each.ref for each in mine],
            ints([each.correct for each in mine]),
            ints([each.duration_ms for each in mine]),
            ints([each.guess for each in mine]),
            ints([each.submitted_ms for each in mine]),
            ints([each.bloc or 0 for each in mine]),
        )

    def __len__(self) -> int:
        return len(self.refs)

    def value(self, at: int) -> EntryValue:
        """Return the entry at a place of the columns."""
        timed = one(self.duration_ms, at), one(self.guess, at), one(self.submitted_ms, at)
        return EntryValue(self.refs[at], int(self.correct[at]), *timed, int(self.bloc[at]) or None)

    @property
    def has_blocs(self) -> bool:
        """Whether any entry is of a bloc."""
        return bool(self.bloc.any())

    def values(self) -> Iterator[EntryValue]:
        """Yield the entries in their order."""
        numbers = map(optional, (self.duration_ms, self.guess, self.submitted_ms))
        blocs = [bloc or None for bloc in self.bloc.tolist()]
        return map(EntryValue, self.refs, self.correct.tolist(), *numbers, blocs)

    @property
    def by_ref(self) -> Ints:
        """The places in the order of the refs."""
        if isinstance(self.refs, IdColumn):
            return self.refs.order
        return np.array(sorted(range(len(self)), key=self.refs.__getitem__), np.int64)

    def are_in(self, refs: Collection[str]) -> Flags:
        """Return which entries are those of *refs*."""
        if not isinstance(self.refs, IdColumn):
            wanted = frozenset(refs)
            return np.array([ref in wanted for ref in self.refs], np.bool_)
        found, at = np.zeros(len(self), np.bool_), self.refs.places_of(IdColumn.of(refs))
        found[at[at >= 0]] = True
        return found

    def without(self, refs: Collection[str]) -> EntryColumns:
        """Return the columns without the entries of *refs*; themselves where there are none of them."""
        return self.chosen(~self.are_in(refs)) if refs else self

    def chosen(self, which: Flags) -> EntryColumns:
        """Return the columns of the entries that are *which*."""
        return EntryColumns(
            taken(self.refs, which),
            self.correct[which],
            self.duration_ms[which],
            self.guess[which],
            self.submitted_ms[which],
            self.bloc[which],
            taken(self.attempts, which) if self.attempts else (),
        )

    def limited(self, refs: Collection[str], limit_ms: int) -> EntryColumns:
        """Return the columns with the entries of *refs* as `at_the_limit` gives them."""
        if not refs:
            return self
        limited = self.are_in(refs)
        durations = np.where(limited, limit_ms, self.duration_ms)
        return replace(self, duration_ms=durations, submitted_ms=np.where(limited, NONE, self.submitted_ms))
