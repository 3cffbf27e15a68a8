"""The form of a round's questions."""

from collections.abc import Sequence
from typing import Any

from wtforms import TextAreaField, ValidationError
from wtforms.validators import InputRequired

from commune.forms import at_most
from core.values.text import N_
from core.web.forms import StaffForm
from quiz.bank.forms import DraftQuestion, read_english, read_questions


class QuestionsForm(StaffForm):
    """The questions of a round as one text: a blank line between questions, * before the right choice; and the same in
    English, which a round may do without.
    """

    text = TextAreaField(N_("Câu hỏi của tuần"), validators=[InputRequired(N_("Xin dán câu hỏi.")), at_most(60_000)])
    english = TextAreaField(N_("Câu hỏi của tuần bằng tiếng Anh"), validators=[at_most(60_000)])
    questions: Sequence[DraftQuestion] = ()

    def validate_text(self, field: Any) -> None:
        """Require that each block is a question with at least two choices and a right one."""
        try:
            self.questions = read_questions(field.data)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def validate_english(self, field: Any) -> None:
        """Require a text in English for each question, with the same choices, or none at all."""
        if not self.questions:
            return
        try:
            self.questions = read_english(field.data or "", self.questions)
        except ValueError as error:
            raise ValidationError(str(error)) from error
