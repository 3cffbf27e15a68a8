"""Keep the answers of a running attempt, so that it can be gone on with on another device."""

import uuid
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.db import changed_rows
from core.upsert import insert_new
from core.values.week import day_start
from quiz.attempt.models import Attempt, AttemptDraft
from quiz.attempt.queries.attempt import Submittable
from quiz.attempt.rules import draft
from quiz.contest.operations.rehearsal import lock_rehearsal

MOST_SAVES = 200
"""How often an attempt's answers are kept: more than any paper needs, and an end to a script that saves without end."""


class NotRunning(Exception):
    """The attempt was handed in, or its time or its round is over."""


class TooManySaves(Exception):
    """The answers were kept `MOST_SAVES` times."""


def save_draft(session: Session, attempt: Submittable, answers: dict[str, list[str]], *, now: datetime) -> int:
    """Keep *answers* in place of the earlier ones; return how often they were kept. Nothing is marked or counted.

    Raises:
        NotRunning, TooManySaves: what was kept before stays.
        RehearsalOver: the rehearsal has just been wiped.
    """
    is_over = attempt.frozen_at is not None or attempt.closed_at is not None or now >= attempt.closes_at
    if attempt.submitted_at is not None or is_over or now >= attempt.deadline_at:
        raise NotRunning
    if attempt.is_rehearsal:
        lock_rehearsal(session, attempt.contest_id)
    text = draft.written(answers)
    mine = (AttemptDraft.attempt_id == attempt.id, AttemptDraft.saves < MOST_SAVES)
    change = update(AttemptDraft).where(*mine).values(answers=text, saves=AttemptDraft.saves + 1)
    saves: int | None = session.scalar(change.returning(AttemptDraft.saves))
    if saves is not None:
        return saves
    if not insert_new(session, AttemptDraft, {"attempt_id": attempt.id, "answers": text, "saves": 1}):
        raise TooManySaves
    return 1


def find_draft(session: Session, attempt_id: uuid.UUID) -> AttemptDraft | None:
    """Return what was kept of a running attempt."""
    return session.get(AttemptDraft, attempt_id)


def purge_drafts(session: Session, today: date) -> int:
    """Delete what was kept of attempts whose time was over before *today*; return how many."""
    over = select(Attempt.id).where(Attempt.deadline_at < day_start(today))
    return changed_rows(session, delete(AttemptDraft).where(AttemptDraft.attempt_id.in_(over)))
