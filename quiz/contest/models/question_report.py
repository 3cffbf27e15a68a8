"""Reports of participants about questions."""

import uuid
from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base
from quiz.contest.models.round_question import RoundQuestion

LONGEST_REPORT = 500


class QuestionReport(Base):
    """A participant's report that a question is wrong: its words and its day, nothing of the sender."""

    __tablename__ = "quiz_question_report"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    round_question_id: Mapped[int] = mapped_column(ForeignKey("quiz_round_question.id"), index=True)
    text: Mapped[str] = mapped_column(String(LONGEST_REPORT))
    reported_on: Mapped[date]
    settled_on: Mapped[date | None]

    question: Mapped[RoundQuestion] = relationship()
