"""Preview the marks of a round by another key of one question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core.values.columns import NONE, IdColumn, Ints
from quiz.attempt.models import SHEETS
from quiz.attempt.queries.recount import (
    ChosenPaper,
    CountingRules,
    Recount,
    count_singles,
    count_turns,
    enter_all,
    people_of,
    rules_of,
)
from quiz.attempt.queries.round_papers import RoundPapers
from quiz.attempt.rules.commitment import read_answers
from quiz.attempt.rules.scoring import is_right
from quiz.contest.models import Round, RoundQuestion

VOID = "*"
"""The fix that makes a question void: right for everybody. Any other fix names the right letters."""


class MovedEntry(NamedTuple):
    """The attempt that counts for a person, and the guess that binds; ids are text."""

    participant: str
    attempt: str
    guess: int | None


class ChangedMarks(NamedTuple):
    """Attempts and their new marks."""

    attempts: IdColumn
    marks: Ints


@dataclass(frozen=True)
class MarkChanges:
    """New marks of attempts, the round counted by them, the people for whom another attempt or guess then counts, and
    the numbers of papers, gains and losses.

    `unmarked` papers came from a sheet with a score and no answers, and can't be re-marked.
    """

    changed: ChangedMarks
    recount: Recount
    moved: list[MovedEntry]
    gained: int
    lost: int
    unmarked: int
    papers: int

    @property
    def is_sweeping(self) -> bool:
        """Whether half of the papers or more change."""
        return len(self.changed.marks) > 0 and 2 * len(self.changed.marks) >= self.papers


def takes_as_many(question: RoundQuestion, fix: str) -> bool:
    """Return whether a paper can match the key *fix*: one letter was chosen where the question has one right choice."""
    return fix == VOID or len(fix) <= 1 or len(question.revision.key) > 1


def key_of(question: RoundQuestion) -> str:
    """Return the present key of *question* in the form of a fix."""
    return VOID if question.is_void else "".join(sorted(question.key))


def preview_marks(papers: RoundPapers, round: Round, question: RoundQuestion, fix: str) -> MarkChanges:
    """Mark every paper of *round* as if the key of *question* were *fix*; nothing is stored.

    A paper changes by that question only, so that a sheet's own score of the others is kept.
    """
    texts, places = [*papers.texts, "{}"], papers.counted
    sheet = np.where(papers.sheet[places] == NONE, len(texts) - 1, papers.sheet[places])
    is_drawn, old = round.declared.shown is not None, papers.correct[places]
    shift = np.array([_shift(read_answers(text), question, fix, is_drawn=is_drawn) for text in texts])[sheet]
    is_unmarked = papers.has_mode(SHEETS)[places] & np.array([text == "{}" for text in texts])[sheet]
    new = np.where(is_unmarked, old, np.clip(old + shift, 0, round.asked))
    is_changed = new != old
    changed = ChangedMarks(papers.ids.take(places[is_changed]), new[is_changed])
    gained = int((new > old).sum())
    papers.correct[places] = new
    found, moved = _recount(papers, rules_of(round))
    papers.correct[places] = old
    return MarkChanges(
        changed, found, moved, gained=gained, lost=len(changed.marks) - gained, unmarked=int(is_unmarked.sum()),
        papers=len(places),
    )  # fmt: skip


def _shift(answers: Mapping[str, list[str]], question: RoundQuestion, fix: str, *, is_drawn: bool) -> int:
    """Return by how much the mark of a paper with these answers changes."""
    if is_drawn and question.ref not in answers:
        return 0  # drawn without this question
    chosen = frozenset(answers.get(question.ref, ()))
    was = is_right(chosen, question.key, is_void=question.is_void)
    return int(is_right(chosen, frozenset(fix), is_void=fix == VOID)) - int(was)


def _recount(papers: RoundPapers, rules: CountingRules) -> tuple[Recount, list[MovedEntry]]:
    """Count the round by new marks, and return the people for whom another paper or guess then counts."""
    found, moved, chosen = Recount(), list[MovedEntry](), list[ChosenPaper]()
    singles, others = people_of(papers)
    count_singles(found, papers, singles, rules)
    for places in others:
        rows = list(map(papers.row, places))
        count, first = count_turns(found, rows, rules), rows[0]
        if first.counted is None:
            continue  # erased while the round was open: no entry
        attempt = count.entry.ref
        chosen.append(
            ChosenPaper(next(at for at, row in zip(places, rows, strict=True) if row.id == attempt), count.guess)
        )
        if (attempt, count.guess) != (first.counted, first.binding):
            moved.append(MovedEntry(first.participant, attempt, count.guess))
    enter_all(found, papers, singles, chosen, rules)
    return found, moved
