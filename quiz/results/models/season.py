"""The prizes of people for the whole contest: calls to those in line, and decisions in versions."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from account.models import Approval
from core.db import Base, UtcDateTime
from quiz.contest.models.participant import Participant
from quiz.results.models.draw import Draw

CALLED = ("missed", "confirmed", "passed")
LONGEST_PASS = 500


class SeasonCall(Base):
    """The calls to a person in line for a prize of the whole contest: how many were not answered since `first_missed`,
    and the result. Somebody who was passed over has the reason in `why`.
    """

    __tablename__ = "quiz_season_call"
    __table_args__ = (
        CheckConstraint(f"state IN {CALLED}", name="state_known"),
        CheckConstraint("(state = 'passed') = (why IS NOT NULL)", name="passed_for_a_reason"),
    )

    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"), primary_key=True)
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    missed: Mapped[int] = mapped_column(SmallInteger, default=0)
    first_missed: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_at: Mapped[datetime] = mapped_column(UtcDateTime)
    why: Mapped[str | None] = mapped_column(String(LONGEST_PASS))


class SeasonDecision(Base):
    """A decision on the prizes of a contest's people for the whole contest; a later one never changes an earlier one.

    `digest` is that of the people, prizes and sums that were approved.
    """

    __tablename__ = "quiz_season_decision"

    contest_id: Mapped[int] = mapped_column(ForeignKey("quiz_contest.id"), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    digest: Mapped[str] = mapped_column(String(32))
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approval_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account_approval.id"), index=True)

    approval: Mapped[Approval | None] = relationship()
    awards: Mapped[list["SeasonAward"]] = relationship(order_by="SeasonAward.position")


class SeasonAward(Base):
    """A person's prize in a decision, with their rank over the whole contest and the sums that gave it.

    `bloc` is 0 in a contest without blocs; `draw` is the public draw that put them there, if one did.
    """

    __tablename__ = "quiz_season_award"
    __table_args__ = (
        ForeignKeyConstraint(
            ["contest_id", "version"], ["quiz_season_decision.contest_id", "quiz_season_decision.version"]
        ),
    )

    contest_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), index=True)
    bloc: Mapped[int] = mapped_column(SmallInteger)
    rank: Mapped[int]
    tier: Mapped[str] = mapped_column(String(60))
    amount: Mapped[int | None] = mapped_column(BigInteger)
    score: Mapped[int]
    correct: Mapped[int]
    duration_ms: Mapped[int | None] = mapped_column(BigInteger)
    rounds: Mapped[int] = mapped_column(SmallInteger)
    firsts: Mapped[int] = mapped_column(SmallInteger)
    draw_id: Mapped[int | None] = mapped_column(ForeignKey("quiz_draw.id"), index=True)

    participant: Mapped[Participant] = relationship()
    draw: Mapped[Draw | None] = relationship()

    @property
    def prize(self) -> str:
        """The prize with its bloc, where the contest has blocs."""
        return self.participant.contest.prize_words(self.tier, self.bloc or None)

    @property
    def place(self) -> int:
        """The place of the prize among those of its bloc, from 1; the last where an amendment took it away."""
        own = [each.name for each in self.participant.contest.season_tiers if each.bloc in (None, self.bloc or None)]
        return own.index(self.tier) + 1 if self.tier in own else len(own)

    @property
    def state(self) -> str:
        """Decided prizes are those of confirmed people."""
        return "confirmed"

    @property
    def needs_draw(self) -> bool:
        """Decided prizes wait for no draw."""
        return False
