"""What an organiser says when everybody in a finished contest is to be forgotten before its time."""

from wtforms import BooleanField
from wtforms.validators import InputRequired

from commune.forms import at_most, without_phone
from core.web.forms import StaffForm, TextField


class DeleteForm(StaffForm):
    """Why, and that one knows that it can't be undone."""

    reason = TextField(
        "Lý do, căn cứ", validators=[InputRequired("Xin ghi lý do, căn cứ."), at_most(500), without_phone]
    )
    sure = BooleanField(
        "Tôi hiểu rằng xóa rồi không lấy lại được",
        validators=[InputRequired("Xin đánh dấu rằng đã hiểu: xóa rồi không lấy lại được.")],
    )
