"""Decisions on the prizes of units, in versions: a later decision never changes an earlier one."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models import Approval
from commune.models import Unit
from core.db import Base, UtcDateTime
from quiz.contest.rules.terms import CollectiveMeasure


class CollectiveDecision(Base):
    """A decision on the prizes of a contest's units, by the measure of that time; `digest` is that of its figures.

    A prize with a measure of its own carries it.
    """

    __tablename__ = "quiz_collective_decision"

    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    measure: Mapped[str] = mapped_column(String(10))
    cap: Mapped[int | None] = mapped_column(SmallInteger)
    digest: Mapped[str] = mapped_column(String(32))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approval_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account_approval.id"), index=True)

    approval: Mapped[Approval | None] = relationship()
    awards: Mapped[list["CollectiveAward"]] = relationship(order_by="CollectiveAward.position")

    def measure_of(self, award: "CollectiveAward") -> CollectiveMeasure:
        """Return by what the units of an award's prize were ordered."""
        return CollectiveMeasure(award.measure or self.measure)

    @property
    def measures(self) -> list[CollectiveMeasure]:
        """The measures of its awards, in their order; its own one without awards."""
        return list(dict.fromkeys(map(self.measure_of, self.awards))) or [CollectiveMeasure(self.measure)]

    def cap_of(self, measure: CollectiveMeasure) -> int | None:
        """Return how many turns of a person count by *measure*; None for all."""
        return self.cap if measure is CollectiveMeasure.CAPPED else None


class CollectiveAward(Base):
    """A unit's prize in a decision, and what gave it: `figure` by the measure, for a rate of `headcount`."""

    __tablename__ = "quiz_collective_award"
    __table_args__ = (
        ForeignKeyConstraint(
            ["contest_id", "version"], ["quiz_collective_decision.contest_id", "quiz_collective_decision.version"]
        ),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("commune_unit.id"), index=True)
    rank: Mapped[int] = mapped_column(SmallInteger)
    tier: Mapped[str] = mapped_column(String(60))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    figure: Mapped[int]
    headcount: Mapped[int | None]
    measure: Mapped[str | None] = mapped_column(String(10))
    """The measure of its prize; None for that of the decision."""

    unit: Mapped[Unit] = relationship()
