"""Preview the marks of a round by another key of one question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from quiz.attempt.models import SHEETS
from quiz.attempt.queries.paper_rows import PaperRow, people_of
from quiz.attempt.queries.recount import TEXTS_KEPT, Recount, count_singles, count_turns, enter
from quiz.attempt.rules.commitment import read_answers
from quiz.attempt.rules.scoring import is_right
from quiz.contest.models import Round, RoundQuestion

VOID = "*"
"""The fix that makes a question void: right for everybody. Any other fix names the right letters."""
_NO_ANSWERS = (None, "", "{}")


class MovedEntry(NamedTuple):
    """The attempt that counts for a person, and the guess that binds; ids are text as the database gives them."""

    participant: str
    attempt: str
    guess: int | None


@dataclass(frozen=True)
class MarkChanges:
    """New marks of attempts, the round counted by them, the people for whom another attempt or guess then counts, and
    the numbers of papers, gains and losses.

    `unmarked` papers came from a sheet with a score and no answers, and can't be re-marked.
    """

    changed: dict[str, int]
    recount: Recount
    moved: list[MovedEntry]
    gained: int
    lost: int
    unmarked: int
    papers: int

    @property
    def is_sweeping(self) -> bool:
        """Whether half of the papers or more change."""
        return bool(self.changed) and 2 * len(self.changed) >= self.papers


def takes_as_many(question: RoundQuestion, fix: str) -> bool:
    """Return whether a paper can match the key *fix*: one letter was chosen where the question has one right choice."""
    return fix == VOID or len(fix) <= 1 or len(question.revision.key) > 1


def key_of(question: RoundQuestion) -> str:
    """Return the present key of *question* in the form of a fix."""
    return VOID if question.is_void else "".join(sorted(question.key))


def preview_marks(session: Session, round: Round, question: RoundQuestion, fix: str) -> MarkChanges:
    """Mark every paper of *round* as if the key of *question* were *fix*; nothing is stored.

    A paper changes by that question only, so that a sheet's own score of the others is kept.
    """
    session.flush()
    found, shifts = _Marking(round), _Shifts(question, fix, is_drawn=round.declared.shown is not None)
    for singles, others in people_of(session, round):
        count_singles(found.recount, [found.mark(row, shifts) for row in singles], round)
        for rows in others:
            found.count_person([found.mark(row, shifts) for row in rows])
    found.recount.entries = found.recount.entries.in_order()
    return MarkChanges(
        found.changed, found.recount, found.moved, gained=found.gained, lost=len(found.changed) - found.gained,
        unmarked=found.unmarked, papers=found.papers,
    )  # fmt: skip


class _Shifts(dict[str, int]):
    """By how much the mark of a paper changes, by its stored answers."""

    def __init__(self, question: RoundQuestion, fix: str, *, is_drawn: bool) -> None:
        super().__init__()
        self._ref, self._key, self._was_void = question.ref, question.key, question.is_void
        self._fix, self._is_void, self._is_drawn = frozenset(fix), fix == VOID, is_drawn

    def __missing__(self, text: str) -> int:
        answers = read_answers(text)
        if self._is_drawn and self._ref not in answers:
            return 0  # drawn without this question
        chosen = frozenset(answers.get(self._ref, ()))
        was = is_right(chosen, self._key, is_void=self._was_void)
        shift = int(is_right(chosen, self._fix, is_void=self._is_void)) - int(was)
        if len(self) < TEXTS_KEPT:
            self[text] = shift
        return shift


class _Marking:
    """The changes of a re-mark, counted person by person."""

    def __init__(self, round: Round) -> None:
        self._round, self._size = round, round.asked
        self.changed, self.moved, self.recount = dict[str, int](), list[MovedEntry](), Recount()
        self.gained = self.unmarked = self.papers = 0

    def mark(self, row: PaperRow, shifts: _Shifts) -> PaperRow:
        """Return a paper with its new mark."""
        self.papers += 1
        if row.mode in SHEETS and row.answers in _NO_ANSWERS:
            self.unmarked += 1
            return row
        old = row.correct or 0
        new = max(0, min(self._size, old + shifts[row.answers or "{}"]))
        if new == row.correct:
            return row
        self.changed[row.id] = new
        self.gained += new > old
        return row._replace(correct=new)

    def count_person(self, rows: Sequence[PaperRow]) -> None:
        """Count a person by the new marks; somebody erased while the round was open has no entry."""
        count, first = count_turns(self.recount, rows, self._round), rows[0]
        if first.counted is None:
            return
        attempt = count.entry.ref
        chosen = next(row for row in rows if row.id == attempt)
        enter(self.recount, chosen._replace(binding=count.guess), self._round)
        if (attempt, count.guess) != (first.counted, first.binding):
            self.moved.append(MovedEntry(first.participant, attempt, count.guess))
