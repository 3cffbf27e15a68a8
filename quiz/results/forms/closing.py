"""What an organiser says when a week is closed or published, and when names and numbers are opened."""

from wtforms import BooleanField
from wtforms.validators import InputRequired

from commune.forms import at_most, without_phone
from core.web.forms import StaffForm, TextField


class CloseEmptyForm(StaffForm):
    """That one knows that nobody has handed in: a week of paper entries alone was not brought in yet."""

    sure = BooleanField(
        "Không có bài giấy hay tệp nào để nhập; vẫn chốt tuần này",
        validators=[InputRequired("Tuần này chưa có bài nào. Nếu vẫn chốt, xin đánh dấu rằng không có bài để nhập.")],
    )


class PublishForm(StaffForm):
    """A word to whoever is to agree; none is fine."""

    reason = TextField("Lời nhắn cho người phê duyệt", validators=[at_most(500), without_phone])


class OpeningForm(StaffForm):
    """Why names and numbers are to be seen."""

    reason = TextField(
        "Lý do mở", validators=[InputRequired("Xin ghi lý do mở thông tin liên hệ."), at_most(500), without_phone]
    )

    def about(self, people: str) -> "OpeningForm":
        """This form for some *people*: a page has one for each, and no two fields by one id."""
        self.reason.id = f"ly-do-{people}"
        return self
