"""The form to answer a request for approval."""

from wtforms.widgets import TextArea

from commune.forms import at_most
from core.values.text import N_
from core.web.forms import StaffForm, TextField


class AnswerForm(StaffForm):
    """Approve or refuse, with a note to the requester, which a refusal requires."""

    note = TextField(N_("Lời nhắn cho người yêu cầu"), validators=[at_most(500)], widget=TextArea())

    def is_explained(self) -> bool:
        """Whether there is a note; else adds a message to the field."""
        if not self.note.data:
            self.note.errors = [N_("Xin ghi vì sao chưa đồng ý, để người yêu cầu biết cần sửa gì.")]
        return bool(self.note.data)
