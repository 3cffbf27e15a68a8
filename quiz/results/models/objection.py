"""Objections of participants to the published results of a round, with their answers."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, UtcDateTime
from quiz.contest.models import Participant, Round
from quiz.results.rules.objections import OUTCOMES

LONGEST_OBJECTION = 1000


class Objection(Base):
    """An objection to one version of a round's results; one of each participant.

    Its text and its answer are sealed under the participant's own key, so that an erasure takes both away; that it was
    made, and answered, stays.
    """

    __tablename__ = "quiz_objection"
    __table_args__ = (
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome_known"),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="answered_at_some_time"),
        CheckConstraint("(answered_at IS NULL) = (answered_by_id IS NULL)", name="answered_by_an_account"),
        UniqueConstraint("participant_id", "round_id", "version"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"), primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    """Its number in the round, from 1, which staff and the public count by."""
    version: Mapped[int] = mapped_column(SmallInteger)
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"))
    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_attempt.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, info={"keyed": True})
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(10))
    answer: Mapped[bytes | None] = mapped_column(LargeBinary, info={"keyed": True})
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account_account.id"))

    participant: Mapped[Participant] = relationship()
    round: Mapped[Round] = relationship()
