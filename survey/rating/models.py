"""Ratings, and their tally. A rating lies beside no address, no device and no exact time."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, SmallInteger, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from core.values.week import month_of
from survey.counter.models import Counter
from survey.instrument.rules import Level, Reason
from survey.rating.rules.channels import Channel


class Rating(Base):
    """One rating. It knows its week and nothing finer; without row order, nobody can tell who came before whom."""

    __tablename__ = "survey_rating"
    __table_args__ = (
        CheckConstraint("level BETWEEN 1 AND 5", name="level_of_five"),
        CheckConstraint(f"channel IN {tuple(channel.value for channel in Channel)}", name="channel_known"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    counter_id: Mapped[int] = mapped_column(ForeignKey("survey_counter.id"), index=True)
    channel: Mapped[str] = mapped_column(String(8))
    level: Mapped[int] = mapped_column(SmallInteger)
    comment: Mapped[str] = mapped_column(String(1000), default="")
    week: Mapped[date]
    receipt_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, info={"keyed": True})
    is_rehearsal: Mapped[bool] = mapped_column(default=False, server_default=false())

    counter: Mapped[Counter] = relationship()
    reasons: Mapped[list["RatingReason"]] = relationship(cascade="all, delete-orphan")

    @property
    def month(self) -> date:
        """The first day of the month that its week belongs to."""
        return month_of(self.week)


class RatingReason(Base):
    """What a rating was about: one of the reasons on the page."""

    __tablename__ = "survey_rating_reason"
    __table_args__ = (
        CheckConstraint(f"reason IN {tuple(reason.value for reason in Reason)}", name="reason_known"),
        {"sqlite_with_rowid": False},
    )

    rating_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("survey_rating.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(20), primary_key=True)


class Tally(Base):
    """Ratings of a counter in a week by channel and level: all that a figure needs, however many there are."""

    __tablename__ = "survey_tally"

    counter_id: Mapped[int] = mapped_column(ForeignKey("survey_counter.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(8), primary_key=True)
    level_1: Mapped[int] = mapped_column(default=0)
    level_2: Mapped[int] = mapped_column(default=0)
    level_3: Mapped[int] = mapped_column(default=0)
    level_4: Mapped[int] = mapped_column(default=0)
    level_5: Mapped[int] = mapped_column(default=0)

    @property
    def counts(self) -> dict[Level, int]:
        """Ratings per level."""
        return {level: getattr(self, f"level_{level}") for level in Level}
