"""The forms of correcting a wrong key."""

from typing import Any

from flask import request
from wtforms import BooleanField, HiddenField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from core.values.text import N_
from core.web.forms import StaffForm, options
from quiz.contest.models import RoundQuestion
from quiz.results.forms.exclusion import RestoreForm
from quiz.results.queries.remark import VOID, key_of, takes_as_many

_ONE_CHOSEN = N_(
    "Câu này chỉ cho chọn một phương án, nên không bài nào đúng với đáp án nhiều phương án. Nếu nhiều phương án đều "
    "đúng, xin chọn bỏ câu này: ai cũng được tính đúng."
)


class KeyForm(StaffForm):
    """The right choices of a question, or that it is void; a GET form, since it changes nothing."""

    class Meta(StaffForm.Meta):
        csrf = False

    right = SelectMultipleField(
        N_("Phương án đúng"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )  # fmt: skip
    void = BooleanField(N_("Bỏ câu này: ai cũng được tính đúng"))

    @classmethod
    def about(cls, question: RoundQuestion) -> "KeyForm":
        """Return the form filled from the query, by default with the present key."""
        form = cls(request.args or None)
        form.right.choices = options((each.letter, f"{each.letter}. {each.words}") for each in question.choices)
        if not request.args:
            fix = request.form.get("fix", key_of(question))
            form.right.data, form.void.data = sorted(question.key if fix == VOID else fix), fix == VOID
        return form

    def read_fix(self, question: RoundQuestion) -> str | None:
        """Return the valid fix, else None with a message at the field."""
        if not self.validate():
            return None
        fix = VOID if self.void.data else "".join(sorted(self.right.data or ()))
        problem = "" if fix else N_("Xin chọn phương án đúng, hoặc chọn bỏ câu này.")
        if fix == key_of(question):
            problem = N_("Đáp án này đang được dùng, không có gì để chấm lại. Xin chọn đáp án khác.")
        elif not takes_as_many(question, fix):
            problem = _ONE_CHOSEN
        if problem:
            errors: Any = [problem]
            self.right.errors = errors
            return None
        return fix


class RemarkForm(RestoreForm):
    """The reason for a re-mark; `fix` is the key that the page showed."""

    fix = HiddenField()
