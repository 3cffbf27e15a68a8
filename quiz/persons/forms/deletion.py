"""The form that asks to erase all participants of a finished contest early."""

from wtforms import BooleanField
from wtforms.validators import InputRequired

from commune.forms import at_most, without_phone
from core.values.text import N_
from core.web.forms import ReasonField, StaffForm


class DeleteForm(StaffForm):
    """The reason, and a confirmation that it cannot be undone."""

    reason = ReasonField(
        N_("Lý do, căn cứ"), validators=[InputRequired(N_("Xin ghi lý do, căn cứ.")), at_most(500), without_phone]
    )
    sure = BooleanField(
        N_("Tôi hiểu rằng xóa rồi không lấy lại được"),
        validators=[InputRequired(N_("Xin đánh dấu rằng đã hiểu: xóa rồi không lấy lại được."))],
    )
