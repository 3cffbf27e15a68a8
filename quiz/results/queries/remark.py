"""Preview the marks of a round by another key of one question."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from quiz.attempt.models import SHEETS, Attempt, Entry
from quiz.attempt.queries.attempt import submitted_value
from quiz.attempt.rules.commitment import read_answers
from quiz.attempt.rules.counting import SubmittedAttempt, count_person
from quiz.attempt.rules.entry import EntryValue
from quiz.attempt.rules.scoring import is_right
from quiz.contest.models import Participant, Round, RoundQuestion

VOID = "*"
"""The fix that makes a question void: right for everybody. Any other fix names the right letters."""


@dataclass(frozen=True)
class MarkChanges:
    """New marks of attempts, the attempts that then count with their guesses, and the numbers of papers, gains and
    losses.

    `unmarked` papers came from a sheet with a score and no answers, and can't be re-marked.
    """

    changed: dict[UUID, int]
    counted: dict[UUID, EntryValue]
    gained: int
    lost: int
    unmarked: int
    papers: int

    @property
    def is_sweeping(self) -> bool:
        """Whether half of the papers or more change."""
        return bool(self.changed) and 2 * len(self.changed) >= self.papers


def key_of(question: RoundQuestion) -> str:
    """Return the present key of *question* in the form of a fix."""
    return VOID if question.is_void else "".join(sorted(question.key))


def preview_marks(session: Session, round: Round, question: RoundQuestion, fix: str) -> MarkChanges:
    """Mark every paper of *round* as if the key of *question* were *fix*; nothing is stored.

    A paper changes by that question only, so that a sheet's own score of the others is kept.
    """
    papers = _papers(session, round)
    marks = {each.id: _mark(each, question, fix, round) for each in papers}
    changed = {each.id: mark for each in papers if (mark := marks[each.id]) is not None and mark != each.correct}
    grown = [changed[each.id] - (each.correct or 0) for each in papers if each.id in changed]
    return MarkChanges(
        changed, _counted(session, round, papers, changed), gained=sum(one > 0 for one in grown),
        lost=sum(one < 0 for one in grown), unmarked=sum(mark is None for mark in marks.values()),
        papers=len(papers),
    )  # fmt: skip


def _papers(session: Session, round: Round) -> list[Attempt]:
    query = (
        select(Attempt)
        .join(Attempt.participant)
        .where(Attempt.round_id == round.id, Attempt.submitted_at.is_not(None), Participant.is_rehearsal.is_(False))
        .order_by(Attempt.participant_id, Attempt.ordinal)
        .options(joinedload(Attempt.sheet))
    )
    return list(session.scalars(query))


def _mark(attempt: Attempt, question: RoundQuestion, fix: str, round: Round) -> int | None:
    answers = read_answers(attempt.sheet.answers) if attempt.sheet else {}
    if not answers and attempt.mode in SHEETS:
        return None
    if round.declared.shown is not None and question.ref not in answers:
        return attempt.correct  # drawn without this question
    chosen = frozenset(answers.get(question.ref, ()))
    was = is_right(chosen, question.key, is_void=question.is_void)
    becomes = is_right(chosen, frozenset(fix), is_void=fix == VOID)
    return max(0, min(round.asked, (attempt.correct or 0) + int(becomes) - int(was)))


def _counted(
    session: Session, round: Round, papers: Iterable[Attempt], changed: dict[UUID, int]
) -> dict[UUID, EntryValue]:
    """Return the attempts that count by the new marks, each with its binding guess."""
    rules, size, found = round.declared, round.asked, dict[UUID, EntryValue]()
    entry = select(Entry.participant_id, Participant.bloc).join(Entry.participant).where(Entry.round_id == round.id)
    entered = {who: bloc for who, bloc in session.execute(entry)}  # noqa: C416 - typed rows
    for who, mine in groupby(papers, key=_whose):
        if who not in entered:  # erased while the round was open
            continue
        count = count_person([_submitted(each, changed) for each in mine], rules, size)
        found[UUID(count.entry.ref)] = replace(count.entry, ref=str(who), guess=count.guess, bloc=entered[who])
    return found


def _whose(attempt: Attempt) -> UUID:
    return attempt.participant_id


def _submitted(attempt: Attempt, changed: dict[UUID, int]) -> SubmittedAttempt:
    guess = attempt.sheet.guess if attempt.sheet else None
    return submitted_value(attempt, guess, changed.get(attempt.id))
