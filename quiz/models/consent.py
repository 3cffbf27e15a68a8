"""What a participant agreed to, in which words and when, and when they took it back."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime
from quiz.rules.consent import Purpose


class Consent(Base):
    """A participant's yes to one purpose; without a row, or once taken back, there is none."""

    __tablename__ = "quiz_consent"
    __table_args__ = (
        CheckConstraint(f"purpose IN {tuple(each.value for each in Purpose)}", name="purpose_known"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn_after_given"),
    )

    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(12), primary_key=True)
    wording: Mapped[str] = mapped_column(String(10))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
