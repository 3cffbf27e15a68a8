"""Corrections: excluded entries and answer keys, each with the versions for which they hold."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from quiz.contest.models import RoundQuestion
from quiz.results.rules.corrections import ExclusionReason

GROUNDS = tuple(ground.value for ground in ExclusionReason)


class Exclusion(Base):
    """The exclusion of a participant's entry from the ranking of a round, from `since_version` until before
    `until_version`.
    """

    __tablename__ = "quiz_exclusion"
    __table_args__ = (
        ForeignKeyConstraint(["round_id", "since_version"], ["quiz_result.round_id", "quiz_result.version"]),
        CheckConstraint(f"ground IN {GROUNDS}", name="ground_known"),
        CheckConstraint("until_version IS NULL OR until_version > since_version", name="until_after_since"),
        Index(
            "uq_quiz_exclusion_standing", "round_id", "participant_id", unique=True,
            sqlite_where=text("until_version IS NULL"), postgresql_where=text("until_version IS NULL"),
        ),
    )  # fmt: skip

    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"), primary_key=True)
    participant_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("quiz_participant.id"), primary_key=True)
    since_version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    until_version: Mapped[int | None] = mapped_column(SmallInteger)
    ground: Mapped[str] = mapped_column(String(10))


class KeyVersion(Base):
    """A question's key from a version of the results on; the first row is the key at the close."""

    __tablename__ = "quiz_key_version"

    round_question_id: Mapped[int] = mapped_column(ForeignKey("quiz_round_question.id"), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    letters: Mapped[str] = mapped_column(String(26))
    is_void: Mapped[bool]

    question: Mapped[RoundQuestion] = relationship()
