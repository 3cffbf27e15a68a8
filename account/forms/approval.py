"""Answering a request for a second person."""

from commune.forms import at_most
from core.web.forms import StaffForm, TextField


class AnswerForm(StaffForm):
    """Yes or no, and a note for whoever asked; whoever says no says why."""

    note = TextField("Lời nhắn cho người yêu cầu", validators=[at_most(500)])

    def is_explained(self) -> bool:
        """Whether something was said; else asks for it at the field."""
        if not self.note.data:
            self.note.errors = ["Xin ghi vì sao chưa đồng ý, để người yêu cầu biết cần sửa gì."]
        return bool(self.note.data)
