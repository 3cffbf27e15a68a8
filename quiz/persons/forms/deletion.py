"""The form that asks to erase all participants of a finished contest early."""

from wtforms import BooleanField
from wtforms.validators import InputRequired

from commune.forms import at_most, without_phone
from core.web.forms import StaffForm, TextField


class DeleteForm(StaffForm):
    """The reason, and a confirmation that it cannot be undone."""

    reason = TextField(
        "Lý do, căn cứ", validators=[InputRequired("Xin ghi lý do, căn cứ."), at_most(500), without_phone]
    )
    sure = BooleanField(
        "Tôi hiểu rằng xóa rồi không lấy lại được",
        validators=[InputRequired("Xin đánh dấu rằng đã hiểu: xóa rồi không lấy lại được.")],
    )
