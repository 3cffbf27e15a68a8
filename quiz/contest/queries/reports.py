"""Read the reports of participants about questions."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.contest.models import Contest, QuestionReport, Round, RoundQuestion


def list_reports(session: Session, round: Round) -> Sequence[QuestionReport]:
    """Return the reports about a round that are not settled, by question; of one question in no order of arrival."""
    query = select(QuestionReport).join(RoundQuestion, RoundQuestion.id == QuestionReport.round_question_id)
    query = query.where(RoundQuestion.round_id == round.id, QuestionReport.settled_on.is_(None))
    return session.scalars(query.order_by(RoundQuestion.position, QuestionReport.reported_on, QuestionReport.id)).all()


def find_report(session: Session, round: Round, id: uuid.UUID) -> QuestionReport | None:
    """Return a report about a question of a round; None for one of another."""
    query = select(QuestionReport).join(RoundQuestion, RoundQuestion.id == QuestionReport.round_question_id)
    return session.scalar(query.where(QuestionReport.id == id, RoundQuestion.round_id == round.id))


def count_reports(session: Session, contest: Contest) -> Mapping[int, int]:
    """Return the number of reports that are not settled, by the id of the round."""
    query = (
        select(RoundQuestion.round_id, func.count())
        .join(QuestionReport, QuestionReport.round_question_id == RoundQuestion.id)
        .join(Round, Round.id == RoundQuestion.round_id)
        .where(Round.contest_id == contest.id, QuestionReport.settled_on.is_(None))
        .group_by(RoundQuestion.round_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
