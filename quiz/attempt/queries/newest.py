"""The newest paper of a participant, for a person without its receipt."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.crypto import Keyring
from quiz.attempt.models import Attempt
from quiz.attempt.queries.attempt import find_holder


def find_newest_attempt(session: Session, keyring: Keyring, codes: Collection[str]) -> Attempt | None:
    """Return the attempt that was submitted last by the participant with one of these personal codes."""
    holder = find_holder(session, keyring, codes)
    if holder is None:
        return None
    mine = select(Attempt).where(Attempt.participant_id == holder.id, Attempt.submitted_at.is_not(None))
    return session.scalar(mine.order_by(Attempt.submitted_at.desc()).limit(1))
