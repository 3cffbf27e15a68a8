"""What a participant agreed to, in which words and when, and when they took it back."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime
from quiz.contest.rules.consent import Purpose


class Consent(Base):
    """A participant's yes to one purpose; without a row that is not taken back there is none.

    Whoever agrees again after that has one row more: what was said before, in which words, stays.
    """

    __tablename__ = "quiz_consent"
    __table_args__ = (
        CheckConstraint(f"purpose IN {tuple(each.value for each in Purpose)}", name="purpose_known"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn_after_given"),
        Index(
            "uq_quiz_consent_standing", "participant_id", "purpose", unique=True,
            sqlite_where=text("withdrawn_at IS NULL"), postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )  # fmt: skip

    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(12), primary_key=True)
    wording: Mapped[str] = mapped_column(String(10))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
