"""What a person agreed to, in which words and when, and when they withdrew it."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class Consent(Base):
    """A person's yes to one purpose; without a row that is not withdrawn there is none.

    The person is named by their holder and by their id there. Whoever agrees again after a withdrawal has one row
    more: what was said before, in which words, stays.
    """

    __tablename__ = "privacy_consent"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn_after_given"),
        Index(
            "uq_privacy_consent_standing", "subject_id", "purpose", "holder", unique=True,
            sqlite_where=text("withdrawn_at IS NULL"), postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )  # fmt: skip

    subject_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(12), primary_key=True)
    holder: Mapped[str] = mapped_column(String(20), primary_key=True)
    wording: Mapped[str] = mapped_column(String(10))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
