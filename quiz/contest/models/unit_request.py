"""Requests of participants to be counted for another unit."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commune.models import Unit
from core.db import Base, UtcDateTime
from quiz.contest.models.participant import Participant

LONGEST_REASON = 300


class UnitRequest(Base):
    """A participant's request to be counted for `unit` instead of `old_unit`, with the organiser's decision.

    The reason is sealed under the participant's key, so that an erasure makes it unreadable. One request waits at a
    time.
    """

    __tablename__ = "quiz_unit_request"
    __table_args__ = (
        CheckConstraint("unit_id <> old_unit_id", name="asks_for_another_unit"),
        CheckConstraint("decided_at IS NOT NULL OR NOT is_granted", name="granted_by_a_decision"),
        Index(
            "ix_quiz_unit_request_waiting",
            "participant_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), index=True)
    old_unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"))
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info={"keyed": True})
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_granted: Mapped[bool] = mapped_column(default=False, server_default=false())
    answer: Mapped[str] = mapped_column(String(LONGEST_REASON), default="", server_default="")

    participant: Mapped[Participant] = relationship()
    old_unit: Mapped[Unit] = relationship(foreign_keys=[old_unit_id])
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
