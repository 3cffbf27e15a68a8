"""Public draws among people, or units, who are equal in every criterion across the line of a prize."""

import uuid
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models import Approval
from core.db import Base, UtcDateTime
from quiz.contest.rules.presets import LONGEST_SOURCE
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.results.rules.draws import DrawOrder

OF_SEASON = "season"
"""In place of the measure of a draw of units: a draw of people over the whole contest."""
MEASURES = (*(measure.value for measure in CollectiveMeasure), OF_SEASON)
LONGEST_PLACE = 200
LONGEST_WITNESS = 120
LONGEST_AGAIN = 500
LONGEST_NUMBER = 20
LONGEST_SEEDED = 500


class Draw(Base):
    """A public draw as it was recorded; rows are added only. Of people in a round or over the whole
    contest, or of units by a measure.

    `members` are the refs of the whole group in the order of their ticket numbers, `drawn` those that were drawn, the
    first one first, for `prizes`. `version` is that of the results in which they were equal. A draw with a reason to
    be recorded `again` replaces the earlier ones of the same people.

    A draw by a public number (decision 0121) has no place and no witnesses, but the *number* that *source* published on
    the day, the text that it is *seeded* with, and the public *codes* of the members, in their order.
    """

    __tablename__ = "quiz_draw"
    __table_args__ = (
        CheckConstraint("(round_id IS NULL) <> (measure IS NULL)", name="of_people_or_units"),
        CheckConstraint("(round_id IS NULL) = (version IS NULL)", name="version_of_a_round"),
        CheckConstraint(
            "(source IS NULL) = (number IS NULL) AND (source IS NULL) = (seeded IS NULL)", name="number_with_its_source"
        ),
        CheckConstraint(f"measure IN {MEASURES}", name="measure_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("quiz_round.id"), index=True)
    version: Mapped[int | None] = mapped_column(SmallInteger)
    measure: Mapped[str | None] = mapped_column(String(10))
    bloc: Mapped[int] = mapped_column(SmallInteger)
    rank: Mapped[int]
    prizes: Mapped[list[str]] = mapped_column(JSON)
    members: Mapped[list[str]] = mapped_column(JSON)
    drawn: Mapped[list[str]] = mapped_column(JSON)
    held_on: Mapped[date] = mapped_column(Date)
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE))
    witnesses: Mapped[list[str]] = mapped_column(JSON)
    source: Mapped[str | None] = mapped_column(String(LONGEST_SOURCE))
    number: Mapped[str | None] = mapped_column(String(LONGEST_NUMBER))
    seeded: Mapped[str | None] = mapped_column(String(LONGEST_SEEDED))
    codes: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    again: Mapped[str | None] = mapped_column(String(LONGEST_AGAIN))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approval_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account_approval.id"), index=True)

    approval: Mapped[Approval | None] = relationship()

    @property
    def value(self) -> DrawOrder:
        """The draw as the rules of the prizes read it."""
        return DrawOrder(self.id, frozenset(self.members), tuple(self.drawn), self.again is not None)
