"""The results of a closed round in versions: a correction adds a version and never changes an old one."""

import uuid
from datetime import datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    SmallInteger,
    String,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from account.models import Approval
from core.db import Base, UtcDateTime
from quiz.attempt.models import Attempt
from quiz.contest.models.participant import Participant
from quiz.results.models.draw import Draw
from quiz.results.rules.blocs import BlocPart
from quiz.results.rules.corrections import Cause

CAUSES = tuple(cause.value for cause in Cause)
STATES = ("pending", "confirmed", "passed")


class Result(Base):
    """A version of a round's results: `target` is A, the number that the guesses were measured against; where a
    percentage was guessed, of `target_people`.

    `differences` lists the differences between the recount at the close and the tally: normally none. `approval` is
    None for a close, which needs no approval.
    """

    __tablename__ = "quiz_result"
    __table_args__ = (CheckConstraint(f"cause IN {CAUSES}", name="cause_known"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    target: Mapped[int | None]
    target_people: Mapped[int | None]
    blocs: Mapped[list[list[int]] | None] = mapped_column(JSON(none_as_null=True))
    """The lines of each bloc, as `rules.blocs.BlocPart`; None without blocs."""
    turns: Mapped[int]
    people: Mapped[int]
    perfect: Mapped[int]
    differences: Mapped[list[str]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    limits_sheets: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether papers from sheets ranked as if they had used the whole time: the contest was held online."""
    cause: Mapped[str] = mapped_column(String(10), default=Cause.CLOSE.value, server_default=Cause.CLOSE.value)
    approval_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account_approval.id"), index=True)

    approval: Mapped[Approval | None] = relationship()

    @property
    def parts(self) -> list[BlocPart]:
        """The lines of each bloc; none without blocs."""
        return [BlocPart(*each) for each in self.blocs or ()]


class StandingRow(Base):
    """One line of the standings; `position` orders the page, and `rank` is shared in a tie. Each bloc has ranks of its
    own, and its lines follow one another.

    The lines of a version are stored before its result, which makes them valid (decision 0064), so that there is no
    foreign key to it. Nor is there one to the attempt, which would need an index of a million random ids.
    """

    __tablename__ = "quiz_standing"
    __table_args__ = (
        UniqueConstraint("round_id", "version", "participant_id"),
        CheckConstraint("rank >= 1 AND rank <= position", name="rank_within_position"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    rank: Mapped[int]
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"))
    attempt_id: Mapped[uuid.UUID] = mapped_column()
    correct: Mapped[int] = mapped_column(SmallInteger)
    duration_ms: Mapped[int | None]
    guess: Mapped[int | None]
    distance: Mapped[int | None] = mapped_column(BigInteger)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(10))
    bloc: Mapped[int | None] = mapped_column(SmallInteger)

    attempt: Mapped[Attempt] = relationship(
        primaryjoin=lambda: foreign(StandingRow.attempt_id) == Attempt.id, viewonly=True
    )
    participant: Mapped[Participant] = relationship()


class Winner(Base):
    """A person in line for a prize in a version: pending, confirmed by a call, or passed because not reached.

    `seated_at` is when they came into line, from which the days of calling count; None in results of an older program,
    where they count from the version.
    """

    __tablename__ = "quiz_winner"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "version"], ["quiz_result.round_id", "quiz_result.version"]),
        CheckConstraint(f"state IN {STATES}", name="state_known"),
    )

    round_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), primary_key=True)
    position: Mapped[int]
    rank: Mapped[int]
    tier: Mapped[str | None] = mapped_column(String(60))
    needs_draw: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(10), default="pending")
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """The call in this round; None for somebody who was confirmed in another one and needed none."""
    seated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    draw_id: Mapped[int | None] = mapped_column(ForeignKey("quiz_draw.id"), index=True)
    """The public draw by which the prize was given; None where none was needed."""

    @property
    def awaits_call(self) -> bool:
        """Whether the prize depends on a call that is still to be made."""
        return self.state == "pending" and not self.needs_draw

    @property
    def prize(self) -> str:
        """The prize with its bloc, where the contest has blocs; empty where it waits for a draw."""
        return self.participant.contest.prize_words(self.tier, self.participant.bloc)

    participant: Mapped[Participant] = relationship()
    draw: Mapped[Draw | None] = relationship()
