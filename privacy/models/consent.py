"""The table of consents, with the wording and the time of each, and of its withdrawal."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, UtcDateTime


class Consent(Base):
    """A person's consent to one purpose; it is in force while it is not withdrawn.

    The person is identified by their holder and by their id there. A consent given again after a withdrawal is a new
    row; the old one stays.
    """

    __tablename__ = "privacy_consent"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn_after_given"),
        Index(
            "uq_privacy_consent_standing",
            "subject_id",
            "purpose",
            "holder",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    subject_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(12), primary_key=True)
    holder: Mapped[str] = mapped_column(String(20), primary_key=True)
    wording: Mapped[str] = mapped_column(String(10))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
