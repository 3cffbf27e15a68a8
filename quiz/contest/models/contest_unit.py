"""The units whose residents may enter a contest, each from a round on."""

from sqlalchemy import ColumnElement, ForeignKey, SmallInteger, exists
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column, relationship

from commune.models import Unit
from core.db import Base


class ContestUnit(Base):
    """A unit whose residents may enter from a round on: the first, but for one that joined later (0111)."""

    __tablename__ = "quiz_contest_unit"

    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True)
    from_round: Mapped[int] = mapped_column(SmallInteger, default=1, server_default="1")

    unit: Mapped[Unit] = relationship()


def joins_after(
    contest_id: InstrumentedAttribute[int], unit_id: InstrumentedAttribute[int], number: ColumnElement[int]
) -> ColumnElement[bool]:
    """Return the condition that a unit enters the contest after the round *number*; a rehearsal is open to all."""
    mine = (ContestUnit.contest_id == contest_id, ContestUnit.unit_id == unit_id)
    return exists().where(*mine, ContestUnit.from_round > number, number > 0)
