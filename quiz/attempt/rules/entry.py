"""The value of an attempt for counting and ranking."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress


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


@dataclass(slots=True)
class EntryColumns:
    """Entries as columns of one order, since a million of them take a third of the memory and of the time of values.

    `attempts` are the ids of their attempts as text, where they are known.
    """

    refs: list[str] = field(default_factory=list)
    correct: list[int] = field(default_factory=list)
    duration_ms: list[int | None] = field(default_factory=list)
    guess: list[int | None] = field(default_factory=list)
    submitted_ms: list[int | None] = field(default_factory=list)
    bloc: list[int | None] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, entries: Iterable[EntryValue]) -> EntryColumns:
        """Return *entries* as columns, in their order.

        >>> len(EntryColumns.of([EntryValue("a", 10, 1000, 5, 3)]))
        1
        """
        columns = cls()
        for entry in entries:
            columns.add(entry)
        return columns

    def __len__(self) -> int:
        return len(self.refs)

    def add(self, entry: EntryValue, attempt: str | None = None) -> None:
        """Add an entry, and its *attempt* where the columns have attempts."""
        self.refs.append(entry.ref)
        self.correct.append(entry.correct)
        self.duration_ms.append(entry.duration_ms)
        self.guess.append(entry.guess)
        self.submitted_ms.append(entry.submitted_ms)
        self.bloc.append(entry.bloc)
        if attempt is not None:
            self.attempts.append(attempt)

    def value(self, at: int) -> EntryValue:
        """Return the entry at a place of the columns."""
        columns = self.refs, self.correct, self.duration_ms, self.guess, self.submitted_ms, self.bloc
        return EntryValue(*(column[at] for column in columns))  # type: ignore[arg-type]

    @property
    def has_blocs(self) -> bool:
        """Whether any entry is of a bloc."""
        return any(self.bloc)

    @property
    def _columns(self) -> tuple[Sequence[object], ...]:
        return self.refs, self.correct, self.duration_ms, self.guess, self.submitted_ms, self.bloc, self.attempts

    def in_order(self) -> EntryColumns:
        """Return the columns in the order of their refs."""
        order = sorted(range(len(self.refs)), key=self.refs.__getitem__)
        return EntryColumns(*([column[at] for at in order] for column in self._columns if column))  # type: ignore[arg-type]

    def values(self) -> Iterator[EntryValue]:
        """Yield the entries in their order."""
        return map(EntryValue, self.refs, self.correct, self.duration_ms, self.guess, self.submitted_ms, self.bloc)

    def without(self, refs: Collection[str]) -> EntryColumns:
        """Return the columns without the entries of *refs*; themselves where there are none of them."""
        left_out = frozenset(refs)
        if not left_out:
            return self
        stays = [ref not in left_out for ref in self.refs]
        return EntryColumns(*(list(compress(column, stays)) for column in self._columns))  # type: ignore[arg-type]

    def limited(self, refs: Collection[str], limit_ms: int) -> EntryColumns:
        """Return the columns with the entries of *refs* as `at_the_limit` gives them."""
        if not refs:
            return self
        limited = [ref in refs for ref in self.refs]
        durations = [limit_ms if is_limited else own for own, is_limited in zip(self.duration_ms, limited, strict=True)]
        moments = [None if is_limited else own for own, is_limited in zip(self.submitted_ms, limited, strict=True)]
        return EntryColumns(self.refs, self.correct, durations, self.guess, moments, self.bloc, self.attempts)
