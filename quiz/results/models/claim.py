"""Prizes that people have received."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class PrizeClaim(Base):
    """The prize that a participant has received for a round, or for the whole contest where there is no round.

    It was recorded by an account, and once for each.
    """

    __tablename__ = "quiz_prize_claim"
    __table_args__ = (
        UniqueConstraint("round_id", "participant_id"),
        Index(
            "uq_quiz_prize_claim_season",
            "participant_id",
            unique=True,
            sqlite_where=text("round_id IS NULL"),
            postgresql_where=text("round_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("quiz_round.id"))
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), index=True)
    tier: Mapped[str] = mapped_column(String(60))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_account.id"))
