"""Ratings and their tally. No rating is stored with an address, a device or an exact time.

The counts of senders are apart: no row leads from a rating to a device.
"""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from core.values.week import month_of
from survey.counter.models import Counter
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVEL, REASONS
from survey.rating.rules.answers import read_answers
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import RatingClass


class Rating(Base):
    """A rating with its week and nothing finer; without row order its place among the others is unknown."""

    __tablename__ = "survey_rating"
    __table_args__ = (
        CheckConstraint(f"channel IN {tuple(channel.value for channel in Channel)}", name="channel_known"),
        CheckConstraint(f"rating_class IN {tuple(each.value for each in RatingClass)}", name="rating_class_known"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    counter_id: Mapped[int] = mapped_column(ForeignKey("survey_counter.id"), index=True)
    instrument_id: Mapped[int] = mapped_column(ForeignKey("survey_instrument_version.id"))
    """The version of the questionnaire that was answered."""
    channel: Mapped[str] = mapped_column(String(8))
    comment: Mapped[str] = mapped_column(String(1000), default="")
    week: Mapped[date]
    receipt_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, info={"keyed": True})
    is_rehearsal: Mapped[bool] = mapped_column(default=False, server_default=false())
    rating_class: Mapped[str] = mapped_column(
        String(8), default=RatingClass.FIRST.value, server_default=RatingClass.FIRST.value
    )
    """All that is kept about its sender: whether the device had rated the counter lately (`RatingClass`)."""

    answers: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    """The chosen options by item, as JSON: `survey.rating.rules.answers`. Figures read the tally, never this."""

    counter: Mapped[Counter] = relationship()

    @property
    def is_counted(self) -> bool:
        """Whether the headline counts it."""
        return RatingClass(self.rating_class).is_counted

    @property
    def month(self) -> date:
        """The first day of the month that its week belongs to."""
        return month_of(self.week)

    @property
    def level(self) -> Level:
        """The level of satisfaction that was chosen."""
        return Level(int(read_answers(self.answers)[LEVEL][0]))

    @property
    def reasons(self) -> list[str]:
        """The codes of the reasons that were ticked, in the order of the alphabet."""
        return list(read_answers(self.answers).get(REASONS, ()))


WRITTEN = text("survey_rating.comment != '' AND NOT survey_rating.is_rehearsal")
REHEARSED = text("survey_rating.is_rehearsal")
"""Conditions of the partial indexes; as text, since SQLite does not match a bound value with an index."""
_PLACE = (Rating.counter_id, Rating.week, Rating.channel, Rating.id)
_IS_WRITTEN, _IS_REHEARSED = text("comment != '' AND NOT is_rehearsal"), text("is_rehearsal")
Index("ix_survey_rating_written", *_PLACE, sqlite_where=_IS_WRITTEN, postgresql_where=_IS_WRITTEN)
Index("ix_survey_rating_rehearsed", Rating.counter_id, sqlite_where=_IS_REHEARSED, postgresql_where=_IS_REHEARSED)


class SenderCount(Base):
    """How many ratings of a counter bear one mark of their sender on a day, for 14 days.

    A mark is a hash under a key of that day, of the counter and one of: the copy of the page, the device (the address
    with the browser's name where it has no mark), the network, the ten minutes. One more is of the device under a key
    of the week, and lies at its Monday. Without row order, and with nothing of the rating.
    """

    __tablename__ = "survey_sender_count"
    __table_args__ = {"sqlite_with_rowid": False}

    day: Mapped[date] = mapped_column(primary_key=True)
    counter_id: Mapped[int] = mapped_column(ForeignKey("survey_counter.id"), primary_key=True)
    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, info={"keyed": True})
    count: Mapped[int] = mapped_column(default=0)


class OptionTally(Base):
    """How often an option was chosen at a counter in a week, by channel and class; figures read nothing else.

    A comment counts as the option "written" of its item.
    """

    __tablename__ = "survey_option_tally"

    counter_id: Mapped[int] = mapped_column(ForeignKey("survey_counter.id"), primary_key=True)
    week: Mapped[date] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(8), primary_key=True)
    rating_class: Mapped[str] = mapped_column(
        String(8), primary_key=True, default=RatingClass.FIRST.value, server_default=RatingClass.FIRST.value
    )
    item: Mapped[str] = mapped_column(String(20), primary_key=True)
    option: Mapped[str] = mapped_column(String(20), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
