"""The turns that an office's sheet adds to a round, the issues that keep one out, and their effect on an entry."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from core.values.text import search_key
from quiz.attempt.rules.entry import EntryValue
from quiz.attempt.rules.sheet_paper import Person

FASTEST_MS = 2000
"""The milliseconds that a person needs at least to read and answer a question."""


class IssueKind(StrEnum):
    """An issue of a turn of a sheet: an error keeps it out, a warning should be checked."""

    EARLY = "early"
    LATE = "late"
    FUTURE = "future"
    NO_UNIT = "no_unit"
    NOT_A_UNIT = "not_a_unit"
    NO_BLOC = "no_bloc"
    UNIT_NOT_YET = "unit_not_yet"
    TOO_MANY = "too_many"
    TRIED = "tried"
    PHONE_FULL = "phone_full"
    UNDATED = "undated"
    OTHER_UNIT = "other_unit"
    SAME_MOMENT = "same_moment"
    SLOW = "slow"
    FAST = "fast"
    LOOKALIKE = "lookalike"
    YOUNG = "young"

    @property
    def is_error(self) -> bool:
        """Whether it keeps the turn out."""
        return self in _ERRORS


_ERRORS = frozenset(
    {
        IssueKind.EARLY,
        IssueKind.LATE,
        IssueKind.FUTURE,
        IssueKind.NO_UNIT,
        IssueKind.NOT_A_UNIT,
        IssueKind.NO_BLOC,
        IssueKind.UNIT_NOT_YET,
        IssueKind.TOO_MANY,
        IssueKind.TRIED,
        IssueKind.PHONE_FULL,
    }
)


@dataclass(frozen=True, slots=True)
class TurnIssue:
    """An issue of the row of that number; `fact` is the value that its sentence names: a row, a limit, a unit."""

    row: int
    kind: IssueKind
    fact: int | str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A readable row: the person as typed and as identified; the unit as typed; the paper; its answers.

    `answers` is canonical JSON of position in the round → letters, "{}" if the sheet has only a score.
    """

    number: int
    person: Person
    name: str
    phone: str | None
    unit: str
    entry: EntryValue
    answers: str = "{}"
    bloc: str = ""
    """The bloc as typed."""

    @property
    def birth_year(self) -> int | None:
        """The year as a number, None if the sheet has none."""
        return int(self.person[2]) if self.person[2] else None


@dataclass
class SheetTurns:
    """A sheet as read: its turns, rows that are none (with the reason), warnings, notes on the whole."""

    turns: list[Turn]
    errors: list[tuple[int, str]] = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Window:
    """The period in which papers of a round can have been submitted, in milliseconds: [opens, closes), and not after
    now.
    """

    opens_ms: int
    closes_ms: int
    now_ms: int

    @property
    def last_ms(self) -> int:
        """Return the time for papers without one: the last possible, 1 ms before the close or now."""
        return min(self.closes_ms - 1, self.now_ms)

    def issue_at(self, moment_ms: int | None) -> IssueKind | None:
        """Return why a paper submitted at that time is not one of the round; None if it is, or without a time."""
        if moment_ms is None:
            return None
        if moment_ms < self.opens_ms:
            return IssueKind.EARLY
        if moment_ms >= self.closes_ms:
            return IssueKind.LATE
        return IssueKind.FUTURE if moment_ms > self.now_ms else None


def is_too_fast(took_ms: int, questions: int) -> bool:
    """Whether a duration is shorter than a person needs for so many questions: its column may hold minutes.

    >>> is_too_fast(4000, 10), is_too_fast(20_000, 10)
    (True, False)
    """
    return took_ms < FASTEST_MS * questions


def in_order(turns: Sequence[Turn]) -> list[Turn]:
    """Return *turns* in the order of submission: by time (none is last), then by row."""
    return sorted(turns, key=lambda turn: (turn.entry.submitted_ms is None, turn.entry.submitted_ms or 0, turn.number))


def lookalikes(turns: Iterable[Turn]) -> Iterator[TurnIssue]:
    """Return people on one phone whose names differ only by marks and who count as different: each row after the
    first.
    """
    by_phone: dict[str, list[Turn]] = {}
    for turn in turns:
        if turn.phone is not None:
            by_phone.setdefault(turn.phone, []).append(turn)
    for sharing in by_phone.values():
        if len({turn.person for turn in sharing}) > 1:
            yield from _alike(sorted(sharing, key=lambda turn: turn.number))


def _alike(sharing: Sequence[Turn]) -> Iterator[TurnIssue]:
    first: dict[str, Turn] = {}
    for turn in sharing:
        earlier = first.setdefault(search_key(turn.name), turn)
        if earlier.person != turn.person:
            yield TurnIssue(turn.number, IssueKind.LOOKALIKE, earlier.number)


def free_slot(taken: Collection[int], limit: int) -> int | None:
    """Return the first free place on a shared phone, None if *limit* people are on it.

    >>> free_slot({1, 3}, 4), free_slot({1, 2}, 2)
    (2, None)
    """
    return next((slot for slot in range(1, limit + 1) if slot not in taken), None)
