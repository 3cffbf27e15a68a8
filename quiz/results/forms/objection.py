"""A participant's objection to a result, and the organiser's answer."""

from collections.abc import Sequence
from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length

from commune.forms import at_most, without_phone
from core.values.text import N_, clean
from core.web.forms import StaffForm, options
from quiz.attempt.forms.entry import EnterForm
from quiz.results.labels.objections import OUTCOME_CHOICE
from quiz.results.models.objection import LONGEST_OBJECTION


class ObjectionForm(EnterForm):
    """The personal code, which alone lets a participant act, and what is wrong."""

    text = TextAreaField(
        _("Bạn thấy sai ở đâu"),
        filters=[lambda text: clean(text or "")],
        validators=[
            InputRequired(_("Xin ghi bạn thấy sai ở đâu.")),
            Length(max=LONGEST_OBJECTION, message=_("Dài quá %(n)s chữ. Xin rút ngắn lại.", n=LONGEST_OBJECTION)),
        ],
    )


class ObjectionAnswerForm(StaffForm):
    """The answer to an objection."""

    outcome = RadioField(
        N_("Ban Tổ chức quyết định"),
        choices=options(OUTCOME_CHOICE.items()),
        validators=[InputRequired(N_("Xin chọn chấp nhận hay không."))],
    )
    answer = TextAreaField(
        N_("Giải thích cho người khiếu nại"),
        filters=[lambda text: (text or "").strip()],
        validators=[InputRequired(N_("Xin ghi giải thích.")), at_most(LONGEST_OBJECTION), without_phone],
    )


class SeveralAnswersForm(ObjectionAnswerForm):
    """One answer to several objections, which are ticked by their numbers."""

    numbers = SelectMultipleField(
        N_("Khiếu nại được trả lời"),
        coerce=int,
        validators=[InputRequired(N_("Xin chọn ít nhất một khiếu nại."))],
    )

    def offer(self, numbers: Sequence[int]) -> Self:
        """Set the numbers to choose from; those that were answered meanwhile may be sent too."""
        self.numbers.choices = [(number, str(number)) for number in numbers]
        self.numbers.validate_choice = False
        return self


class FinaliseForm(StaffForm):
    """A message to the approver; `version` is the version of the results that the page showed."""

    reason = TextAreaField(
        N_("Lời nhắn cho người phê duyệt"),
        filters=[lambda text: (text or "").strip()],
        validators=[at_most(500), without_phone],
    )
