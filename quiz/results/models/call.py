"""Unanswered calls to people in line for a prize."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class MissedCall(Base):
    """An unanswered call; it belongs to the round, so that a correction of the results keeps it.

    The audit trail holds who called.
    """

    __tablename__ = "quiz_missed_call"

    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"), primary_key=True)
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), primary_key=True)
    called_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
