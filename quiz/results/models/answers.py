"""How the people of a closed round answered, counted at its close."""

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base


class RoundAnswers(Base):
    """The chosen letters, guesses and marks of the counted entries of a round, without who chose them.

    `people` have answers: a sheet may have brought an entry without any. `answers` is question → letters → people,
    `guesses` is guess → people, `marks` is right answers → people; JSON keys are text. `typical_ms` is the median time,
    None without any.
    """

    __tablename__ = "quiz_round_answers"

    round_id: Mapped[int] = mapped_column(ForeignKey("quiz_round.id"), primary_key=True)
    people: Mapped[int]
    answers: Mapped[dict[str, dict[str, int]]] = mapped_column(JSON)
    choices: Mapped[dict[str, dict[str, list[int]]] | None] = mapped_column(JSON)
    """Question → letters → people by their right answers, from 0 on; no letters where it was not answered. None in
    figures of an older program.
    """
    guesses: Mapped[dict[str, int]] = mapped_column(JSON)
    marks: Mapped[dict[str, int]] = mapped_column(JSON)
    typical_ms: Mapped[int | None]
