"""The place of one paper in the published standings: the people by score, and the lines beside it."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.contest.models import Round, RoundQuestion
from quiz.results.models import Result, RoundAnswers, StandingRow
from quiz.results.rules.answers import QuestionShares, question_shares
from quiz.results.rules.blocs import part_at

BESIDE = 2
"""Lines on each side that a result shows."""


def people_by_score(session: Session, result: Result, bloc: int | None = None) -> dict[int, int]:
    """Return how many ranked people have how many right answers, in one *bloc* where the contest has blocs."""
    mine = [StandingRow.round_id == result.round_id, StandingRow.version == result.version]
    if bloc is not None:
        mine.append(StandingRow.bloc == bloc)
    query = select(StandingRow.correct, func.count()).where(*mine).group_by(StandingRow.correct)
    return {correct: people for correct, people in session.execute(query)}  # noqa: C416 - typed rows


def list_beside(session: Session, result: Result, position: int) -> list[StandingRow]:
    """Return the lines around *position* in its bloc, without the one at it, best first."""
    mine = [StandingRow.round_id == result.round_id, StandingRow.version == result.version]
    part = part_at(result.parts, position)
    if part is not None:
        mine.append(StandingRow.position.between(part.first, part.first + part.people - 1))
    near = StandingRow.position.between(position - BESIDE, position + BESIDE), StandingRow.position != position
    return list(session.scalars(select(StandingRow).where(*mine, *near).order_by(StandingRow.position)))


def shares_of_questions(session: Session, round: Round) -> Mapping[int, QuestionShares]:
    """Return how people answered the questions of a closed round, by position, as its public page shows it.

    Questions that were dropped have no shares, nor those of a round closed by an older program.
    """
    kept = session.get(RoundAnswers, round.id)
    if kept is None:
        return {}
    people = kept.people if round.declared.shown is None else None
    found = {question.position: _shares(kept, question, people) for question in round.questions if not question.is_void}
    return {position: shares for position, shares in found.items() if shares is not None}


def _shares(kept: RoundAnswers, question: RoundQuestion, people: int | None) -> QuestionShares | None:
    return question_shares(kept.answers.get(question.ref, {}), question.key, people)
