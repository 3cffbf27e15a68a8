"""Count how the people of a closed round answered, since reading a million papers on every request takes minutes."""

import json
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.bulk import ReadyRows, insert_rows, ready_rows
from core.values.columns import Ints, ints
from quiz.attempt.models import TIMED, AnswerSheet, Attempt, Entry
from quiz.attempt.queries.recount import Recount
from quiz.attempt.rules.commitment import read_answers
from quiz.contest.models import Round
from quiz.results.models import RoundAnswers
from quiz.results.rules.items import count_choices, totals

Key = frozenset[str] | None
"""The right letters of a question; None for a void one."""


def keep_answers(session: Session, round: Round) -> None:
    """Count the answers, guesses and marks of the counted entries of *round* anew and store the figures."""
    session.flush()
    mine = Entry.round_id == round.id
    sheets = select(AnswerSheet.answers, func.count()).join(Entry, Entry.attempt_id == AnswerSheet.attempt_id)
    papers = session.execute(sheets.where(mine).group_by(AnswerSheet.answers))
    guesses = session.execute(select(Entry.guess, func.count()).where(mine).group_by(Entry.guess))
    marks = select(Attempt.correct, func.count()).join(Entry, Entry.attempt_id == Attempt.id).where(mine)
    timed = select(Attempt.duration_ms).join(Entry, Entry.attempt_id == Attempt.id).where(mine)
    timed = timed.where(Attempt.mode.in_(TIMED), Attempt.duration_ms.is_not(None)).order_by(Attempt.duration_ms)
    row = answers_row(
        round,
        papers,
        dict(guesses.all()),
        dict(session.execute(marks.group_by(Attempt.correct)).all()),
        ints([took for took in session.scalars(timed) if took is not None]),
        {},
    )
    session.merge(row)
    session.flush()


def count_answers(round: Round, found: Recount, fixed: Mapping[str, Key] | None = None) -> RoundAnswers:
    """Return the row that `keep_answers` would store, from a recount; not added to the session.

    *fixed* are the keys of questions that are to be corrected.
    """
    return answers_row(round, found.papers.items(), found.guesses, found.marks, np.sort(found.times), fixed or {})


def ready_answers(session: Session, row: RoundAnswers) -> ReadyRows:
    """Return *row* ready to be stored: the guesses of a million people take seconds to become JSON, which no lock may
    wait for.
    """
    values = {column.name: getattr(row, column.name) for column in RoundAnswers.__table__.columns}
    columns = {name: [json.dumps(each) if isinstance(each, dict) else each] for name, each in values.items()}
    return ready_rows(session, RoundAnswers, columns)


def store_answers(session: Session, round: Round, ready: ReadyRows) -> None:
    """Store the answers of *round* instead of the earlier ones."""
    session.execute(delete(RoundAnswers).where(RoundAnswers.round_id == round.id))
    insert_rows(session, ready)


def answers_row(
    round: Round,
    papers: Iterable[tuple[str, int]],
    guesses: Mapping[int | None, int],
    marks: Mapping[int | None, int],
    times: Ints,
    fixed: Mapping[str, Key],
) -> RoundAnswers:
    """Return the row of *papers*, stored answers with their number, *guesses* and *marks*, and *times* in order."""
    people = 0

    def answered() -> Iterator[tuple[dict[str, list[str]], int]]:
        nonlocal people
        for text, count in papers:
            chosen = read_answers(text)
            if any(chosen.values()):
                people += count
                yield chosen, count

    key: dict[str, Key] = {each.ref: None if each.is_void else each.key for each in round.questions}
    choices = count_choices(answered(), key | dict(fixed), is_drawn=round.declared.shown is not None)
    return RoundAnswers(
        round_id=round.id,
        people=people,
        choices=choices,
        answers=totals(choices),
        guesses={str(guess): count for guess, count in guesses.items() if guess is not None},
        marks={str(right): count for right, count in marks.items()},
        typical_ms=int(times[(len(times) - 1) // 2]) if len(times) else None,
    )
