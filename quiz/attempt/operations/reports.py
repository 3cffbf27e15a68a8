"""Report a question of one's own paper; the row says nothing of the sender."""

from __future__ import annotations

import base64
from datetime import date, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from core.crypto import Keyring
from quiz.attempt.models import Attempt
from quiz.attempt.queries.printed import shown_paper
from quiz.contest.models import QuestionReport, RoundQuestion

REPORT_DAYS = 365


def question_on_paper(session: Session, keyring: Keyring, attempt: Attempt, place: int) -> RoundQuestion | None:
    """Return the question at *place* of the paper that an attempt was shown; None if it has no such place."""
    asked = shown_paper(session, keyring, attempt).by_position.get(place)
    return session.get(RoundQuestion, int(asked.ref)) if asked and asked.ref else None


def report_key(keyring: Keyring, attempt: Attempt, question: RoundQuestion) -> str:
    """Return the idempotency key of a report: one a question and attempt, which the row itself does not name."""
    mac = keyring.mac("question-report", f"{attempt.id.hex} {question.ref}")
    return base64.urlsafe_b64encode(mac[:16]).decode().rstrip("=")


def report_question(session: Session, question: RoundQuestion, text: str, *, today: date) -> None:
    """Store a report about a question."""
    session.add(QuestionReport(round_question_id=question.id, text=text, reported_on=today))
    session.flush()


def purge_reports(session: Session, today: date) -> int:
    """Delete reports older than a year; return how many."""
    before = today - timedelta(days=REPORT_DAYS)
    result = session.execute(delete(QuestionReport).where(QuestionReport.reported_on < before))
    return int(getattr(result, "rowcount", 0))
