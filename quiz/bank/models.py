"""A question and its choices."""

from sqlalchemy import ForeignKey, SmallInteger, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base


class Question(Base):
    """A question of a round, with the reason and the law that a participant reads afterwards.

    One that `is_void` is right for everybody; both it and the key are those of the newest results (`KeyVersion`).
    """

    __tablename__ = "quiz_question"
    __table_args__ = (UniqueConstraint("round_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"))
    position: Mapped[int] = mapped_column(SmallInteger)
    text: Mapped[str] = mapped_column(Text)
    explanation: Mapped[str] = mapped_column(Text, default="")
    is_void: Mapped[bool] = mapped_column(default=False, server_default=false())

    choices: Mapped[list["Choice"]] = relationship(order_by="Choice.letter", cascade="all, delete-orphan")

    @property
    def key(self) -> frozenset[str]:
        """Letters of the right choices."""
        return frozenset(choice.letter for choice in self.choices if choice.is_right)


class Choice(Base):
    """One of a question's choices."""

    __tablename__ = "quiz_choice"

    question_id: Mapped[int] = mapped_column(ForeignKey("quiz_question.id"), primary_key=True)
    letter: Mapped[str] = mapped_column(String(1), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    is_right: Mapped[bool] = mapped_column(default=False)
