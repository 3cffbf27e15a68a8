"""What corrections keep: papers that are not recognised, and answer keys, by the versions that they hold for."""

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from quiz.bank.models import Question
from quiz.results.rules.corrections import ExclusionReason

GROUNDS = tuple(ground.value for ground in ExclusionReason)


class Exclusion(Base):
    """A participant's entry in a round is not ranked from the version `since_version` on, until it is again."""

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
    """A question's key as the results were marked by it from a version on; the first row is the key of the close."""

    __tablename__ = "quiz_key_version"

    question_id: Mapped[int] = mapped_column(ForeignKey("quiz_question.id"), primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    letters: Mapped[str] = mapped_column(String(26))
    is_void: Mapped[bool]

    question: Mapped[Question] = relationship()
