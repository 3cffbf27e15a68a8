"""A participant's form: what is wrong with a question."""

from flask_babel import lazy_gettext as _
from wtforms import TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length

from core.values.phone import holds_mobile
from core.values.text import clean
from core.web.forms import CountField
from quiz.attempt.forms.entry import AttemptReceiptForm
from quiz.contest.models.question_report import LONGEST_REPORT


class QuestionReportForm(AttemptReceiptForm):
    """The receipt code of a paper, the number of a question on it, and what is wrong."""

    place = CountField(_("Câu số mấy trên bài của bạn"), validators=[InputRequired(_("Xin ghi số của câu."))])
    text = TextAreaField(
        _("Sai ở đâu"),
        filters=[lambda text: clean(text or "")],
        validators=[
            InputRequired(_("Xin ghi câu hỏi sai ở đâu.")),
            Length(max=LONGEST_REPORT, message=_("Dài quá %(n)s chữ. Xin rút ngắn lại.", n=LONGEST_REPORT)),
        ],
    )

    def validate_text(self, field: TextAreaField) -> None:
        """Refuse telephone numbers: a report says nothing of its sender."""
        if holds_mobile(field.data or ""):
            raise ValidationError(_("Xin bỏ số điện thoại: báo lỗi không cần biết bạn là ai."))
