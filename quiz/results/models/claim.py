"""Prizes that people have received."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class PrizeClaim(Base):
    """The prize that a participant has received for a round, recorded by an account."""

    __tablename__ = "quiz_prize_claim"

    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"), primary_key=True)
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), primary_key=True)
    tier: Mapped[str] = mapped_column(String(60))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_account.id"))
