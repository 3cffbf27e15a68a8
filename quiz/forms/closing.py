"""What an organiser says when a week is published, and when names and numbers are opened."""

from wtforms.validators import InputRequired

from commune.forms import at_most
from core.forms import StaffForm, TextField


class PublishForm(StaffForm):
    """A word to whoever is to agree; none is fine."""

    reason = TextField("Lời nhắn cho người phê duyệt", validators=[at_most(500)])


class OpeningForm(StaffForm):
    """Why names and numbers are to be seen."""

    reason = TextField("Lý do mở", validators=[InputRequired("Xin ghi lý do mở thông tin liên hệ."), at_most(500)])

    def about(self, people: str) -> "OpeningForm":
        """This form for some *people*: a page has one for each, and no two fields by one id."""
        self.reason.id = f"ly-do-{people}"
        return self
