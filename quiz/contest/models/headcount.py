"""The headcounts by which a contest makes its rates."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class ContestHeadcount(Base):
    """The headcount of a unit that a contest uses from a round on, with its day and source (decision 0104).

    Those from round 1 on are copied at the first registration, later ones come by amendment; none ever changes.
    """

    __tablename__ = "quiz_contest_headcount"
    __table_args__ = (CheckConstraint("people > 0", name="people_there"),)

    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), primary_key=True, index=True)
    from_round: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    people: Mapped[int]
    as_of: Mapped[date]
    source: Mapped[str] = mapped_column(String(200))
