"""Units with their dates (codes were re-used in 2025, so a code alone names nothing), and the offices in them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base

KINDS = ("province", "district", "commune", "ward", "township", "special")


class Unit(Base):
    """An administrative unit as it was called from `valid_from` until (not including) `valid_to`."""

    __tablename__ = "commune_unit"
    __table_args__ = (
        UniqueConstraint("code", "valid_from"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="ends_after_it_begins"),
        CheckConstraint(f"kind IN {KINDS}", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(100))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("commune_unit.id"), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    search_key: Mapped[str] = mapped_column(String(100), index=True)
    sort_key: Mapped[str] = mapped_column(String(200))

    parent: Mapped["Unit | None"] = relationship(remote_side=[id])


class Office(Base):
    """A one-stop centre: what citizens rate, and in whose name somebody else runs the survey."""

    __tablename__ = "commune_office"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), index=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    host: Mapped[str] = mapped_column(String(200))
    hotline: Mapped[str] = mapped_column(String(40), default="")

    unit: Mapped[Unit] = relationship()
