"""The blocs of a contest, which are ranked apart, and its prizes."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    SmallInteger,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import as_measure


class Bloc(Base):
    """A bloc of a contest (khối, đối tượng dự thi): its people are ranked among themselves and have their own prizes.

    `position` is its number in the contest, by which participants and standings name it.
    """

    __tablename__ = "quiz_bloc"
    __table_args__ = (UniqueConstraint("contest_id", "name"),)

    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))


class PrizeTier(Base):
    """A tier of prizes: its name, how many there are, and the amount of each in đồng, where one is declared.

    Those of people are given in every round, those of the season once, to people over the whole contest, and the
    collective ones to units for the whole contest.
    """

    __tablename__ = "quiz_prize_tier"
    __table_args__ = (
        CheckConstraint("quantity BETWEEN 1 AND 1000", name="quantity_sensible"),
        CheckConstraint("amount BETWEEN 0 AND 10000000000", name="amount_sensible"),
        CheckConstraint("NOT (is_collective AND is_season)", name="of_people_or_units"),
        ForeignKeyConstraint(["contest_id", "bloc"], ["quiz_bloc.contest_id", "quiz_bloc.position"]),
    )

    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    quantity: Mapped[int] = mapped_column(SmallInteger)
    amount: Mapped[int | None] = mapped_column(BigInteger)
    is_collective: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_season: Mapped[bool] = mapped_column(default=False, server_default=false())
    bloc: Mapped[int | None] = mapped_column(SmallInteger)
    """The bloc whose people it is for; None for every bloc, and where there are none."""
    measure: Mapped[str | None] = mapped_column(String(10))
    """By what the units of this prize are ordered; None for the contest's measure, and for prizes of people."""

    @property
    def value(self) -> Tier:
        """The tier as the rules take it."""
        return Tier(self.name, self.quantity, self.amount, self.bloc, as_measure(self.measure))
