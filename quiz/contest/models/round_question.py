"""A question of a round: its revision, position and key."""

from datetime import datetime

from sqlalchemy import ForeignKey, SmallInteger, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, UtcDateTime
from quiz.bank.models import Choice, QuestionRevision


class RoundQuestion(Base):
    """A revision that a round asks, at its position in the round; answers are stored under its id.

    `letters` is the key of the newest results where a re-mark has changed it, None while the revision's own key holds.
    One that `is_void` is right for everybody. Earlier keys are kept as `KeyVersion`.
    """

    __tablename__ = "quiz_round_question"
    __table_args__ = (
        UniqueConstraint("round_id", "position"),
        UniqueConstraint("round_id", "revision_id"),
        {"sqlite_autoincrement": True},  # ids of deleted round questions are not reused
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    revision_id: Mapped[int] = mapped_column(ForeignKey("quiz_question_revision.id"), index=True)
    is_void: Mapped[bool] = mapped_column(default=False, server_default=false())
    letters: Mapped[str | None] = mapped_column(String(26))
    topic: Mapped[str] = mapped_column(String(80), default="", server_default="")
    """The topic by which papers draw it, frozen with the round."""
    keeps_choices: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether its choices stay in their order on every paper, since they refer to one another."""

    mended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When a typing error in its words was mended after the round had opened, which participants can read."""

    revision: Mapped[QuestionRevision] = relationship(lazy="joined", innerjoin=True)

    @property
    def ref(self) -> str:
        """The key under which answers to this question are stored."""
        return str(self.id)

    @property
    def text(self) -> str:
        """The text of the question."""
        return self.revision.text

    @property
    def explanation(self) -> str:
        """The explanation of the right choices."""
        return self.revision.explanation

    @property
    def source(self) -> str:
        """The source of law."""
        return self.revision.source

    @property
    def choices(self) -> list[Choice]:
        """Its choices in the order of their letters."""
        return self.revision.choices

    @property
    def key(self) -> frozenset[str]:
        """Letters of the right choices, as the newest results mark them."""
        return self.revision.key if self.letters is None else frozenset(self.letters)
