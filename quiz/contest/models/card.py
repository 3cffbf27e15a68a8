"""Entry cards: one-time codes that are printed for a village, stored as keyed hashes alone."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from commune.models import Unit
from core.db import Base, UtcDateTime
from quiz.contest.models.contest import Contest


class CardBatch(Base):
    """A batch of entry cards (thẻ dự thi) for a place of a unit; unused ones of a voided batch are void."""

    __tablename__ = "quiz_card_batch"
    __table_args__ = (
        CheckConstraint("quantity BETWEEN 1 AND 400", name="quantity_sensible"),
        CheckConstraint("voided_at IS NULL OR voided_why <> ''", name="voided_for_a_reason"),
        {"sqlite_autoincrement": True},  # ids of deleted batches are not reused
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"))
    place: Mapped[str] = mapped_column(String(100))
    quantity: Mapped[int] = mapped_column(SmallInteger)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voided_why: Mapped[str] = mapped_column(String(500), default="", server_default="")

    contest: Mapped[Contest] = relationship()
    unit: Mapped[Unit] = relationship()


class EntryCard(Base):
    """A card by the keyed hash of its code, and when it was used; by whom is not stored."""

    __tablename__ = "quiz_entry_card"
    __table_args__ = {"sqlite_with_rowid": False}  # no row order: it would reveal which cards were printed together

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, info={"keyed": True})
    batch_id: Mapped[int] = mapped_column(ForeignKey("quiz_card_batch.id"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
