"""Count how the people of a closed round answered, since reading a million papers on every request takes minutes."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from quiz.attempt.models import TIMED, AnswerSheet, Attempt, Entry
from quiz.attempt.rules.commitment import read_answers
from quiz.contest.models import Round
from quiz.results.models import RoundAnswers
from quiz.results.rules.answers import count_letters


def keep_answers(session: Session, round: Round) -> None:
    """Count the answers, guesses and marks of the counted entries of *round* anew and store the figures."""
    session.flush()
    mine = Entry.round_id == round.id
    sheets = select(AnswerSheet.answers, func.count()).join(Entry, Entry.attempt_id == AnswerSheet.attempt_id)
    grouped = session.execute(sheets.where(mine).group_by(AnswerSheet.answers))
    people, letters = count_letters((read_answers(text), count) for text, count in grouped)
    guesses = session.execute(select(Entry.guess, func.count()).where(mine).group_by(Entry.guess))
    marks = select(Attempt.correct, func.count()).join(Entry, Entry.attempt_id == Attempt.id).where(mine)
    session.merge(
        RoundAnswers(
            round_id=round.id,
            people=people,
            answers=letters,
            guesses={str(guess): count for guess, count in guesses if guess is not None},
            marks={str(right): count for right, count in session.execute(marks.group_by(Attempt.correct))},
            typical_ms=_median(session, mine),
        )
    )
    session.flush()


def _median(session: Session, mine: ColumnElement[bool]) -> int | None:
    """Return the median of the times that people took themselves, the lower one of two."""
    join = (Attempt.mode.in_(TIMED), Attempt.duration_ms.is_not(None))
    timed = select(Attempt.duration_ms).join(Entry, Entry.attempt_id == Attempt.id).where(mine, *join)
    count = session.scalar(select(func.count()).select_from(timed.subquery())) or 0
    return session.scalar(timed.order_by(Attempt.duration_ms).offset(max(0, count - 1) // 2).limit(1))
