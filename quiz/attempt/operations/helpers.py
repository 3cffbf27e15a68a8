"""The names of those who help others with an attempt on their own phone, for the review."""

import uuid
from datetime import date, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.crypto import Keyring, seal
from core.db import changed_rows
from core.upsert import insert_new
from core.values.week import day_start
from quiz.attempt.models import Attempt, AttemptHelp

HELP_DAYS = 90


def name_helper(session: Session, keyring: Keyring, attempt_id: uuid.UUID, name: str) -> None:
    """Store that *name* helps with a running attempt, which ranks as if the whole time had been used from now on.

    The first name stays, and an attempt never becomes an unassisted one again.
    """
    mine = (Attempt.id == attempt_id, Attempt.submitted_at.is_(None), Attempt.mode == "self")
    session.execute(update(Attempt).where(*mine).values(mode="assisted"))
    sealed = seal(keyring.key("helper"), name, about=attempt_id.bytes)
    insert_new(session, AttemptHelp, {"attempt_id": attempt_id, "sealed": sealed})


def purge_helpers(session: Session, today: date) -> int:
    """Delete the names of those who helped with attempts that were begun 90 days before *today*; return how many."""
    old = select(Attempt.id).where(Attempt.started_at < day_start(today - timedelta(days=HELP_DAYS)))
    return changed_rows(session, delete(AttemptHelp).where(AttemptHelp.attempt_id.in_(old)))
