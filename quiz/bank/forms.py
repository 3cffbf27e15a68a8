"""The forms for questions: a round's questions as one text, a file or a pasted text, and what to do with it."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import RadioField, SubmitField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Optional

from core.translation import gettext, said
from core.values.text import N_
from core.web.forms import FileForm, StaffForm, options
from quiz.bank.rules.parsed import ParsedQuestion
from quiz.bank.rules.text_form import read_text

MOST_MISTAKES = 5
"""The most mistakes that a field reports at once."""
LONGEST_TEXT = 400_000
"""Letters of a pasted text: 1.000 long questions."""
APPEND, REPLACE = "them", "thay"


def _not_longer(_form: Any, field: Any) -> None:
    if len(field.data or "") > LONGEST_TEXT:
        raise ValidationError(gettext("Văn bản dài quá %(most)s chữ. Xin chia làm nhiều lần.", most=LONGEST_TEXT))


class QuestionsForm(StaffForm):
    """The questions of a round as one text: a blank line between questions, * before the right choice."""

    text = TextAreaField(N_("Câu hỏi của tuần"), validators=[InputRequired(N_("Xin dán câu hỏi.")), _not_longer])

    def validate_text(self, field: Any) -> None:
        """Require that each block is a question with at least two choices and a right one."""
        parsed = read_text(field.data)
        if parsed.errors:
            raise ValidationError(" ".join(said(problem.reason) for problem in parsed.errors[:MOST_MISTAKES]))
        self.questions: list[ParsedQuestion] = parsed.questions


class QuestionFileForm(FileForm):
    """A file of questions, or a text pasted from Word or Excel."""

    sheet = FileField(N_("Tệp câu hỏi"), validators=[Optional()])
    text = TextAreaField(N_("Hoặc dán câu hỏi"), validators=[Optional(), _not_longer])

    def validate_sheet(self, field: Any) -> None:
        """Require a file or a text."""
        if not field.data and not (self.text.data or "").strip():
            raise ValidationError(N_("Xin chọn tệp, hoặc dán câu hỏi vào ô bên dưới."))


class QuestionImportForm(StaffForm):
    """What to do with questions that were read: store them, read an edited text, or drop them."""

    mode = RadioField(N_("Tuần này đã có câu hỏi"), choices=options([(APPEND, ""), (REPLACE, "")]), default=APPEND)
    text = TextAreaField(N_("Câu hỏi dưới dạng văn bản"), validators=[Optional(), _not_longer])
    bring_in = SubmitField(N_("Đưa vào"))
    read_again = SubmitField(N_("Đọc lại"))
    drop = SubmitField(N_("Hủy, không đưa vào"))

    def offer(self, *, asked: int) -> "QuestionImportForm":
        """Offer to add to the *asked* questions of the round or to replace them; a target without any has no choice."""
        words = (gettext("Thêm vào sau %(n)s câu đang có", n=asked), gettext("Thay %(n)s câu đang có", n=asked))
        self.mode.choices = options(zip((APPEND, REPLACE), words, strict=True))
        if not asked:
            del self.mode
        return self

    @property
    def replaces(self) -> bool:
        """Whether the questions replace those that are there."""
        return self.mode is not None and self.mode.data == REPLACE
