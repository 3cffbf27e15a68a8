"""The names of those who help others with an attempt on their own phone, for the review."""

import uuid
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.crypto import Keyring, seal
from core.db import changed_rows
from core.upsert import insert_new
from core.values.week import day_start
from quiz.attempt.models import Attempt, AttemptHelp

HELP_DAYS = 90


def name_helper(session: Session, keyring: Keyring, attempt_id: uuid.UUID, name: str) -> None:
    """Store the name of the person who helps with an attempt; the first name stays."""
    sealed = seal(keyring.key("helper"), name, about=attempt_id.bytes)
    insert_new(session, AttemptHelp, {"attempt_id": attempt_id, "sealed": sealed})


def purge_helpers(session: Session, today: date) -> int:
    """Delete the names of those who helped with attempts that were begun 90 days before *today*; return how many."""
    old = select(Attempt.id).where(Attempt.started_at < day_start(today - timedelta(days=HELP_DAYS)))
    return changed_rows(session, delete(AttemptHelp).where(AttemptHelp.attempt_id.in_(old)))
