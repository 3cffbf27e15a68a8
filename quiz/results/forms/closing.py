"""The forms of closing, publishing and opening contacts."""

import uuid

from wtforms import BooleanField
from wtforms.validators import InputRequired

from commune.forms import at_most, without_phone
from core.translation import gettext
from core.values.numbers import thousands
from core.values.text import N_
from core.web.forms import ReasonField, StaffForm


class CloseEmptyForm(StaffForm):
    """Confirmation that a round without entries is to be closed, since paper entries may still have to be imported."""

    sure = BooleanField(
        N_("Không có bài giấy hay tệp nào để nhập; vẫn chốt đợt này"),
        validators=[
            InputRequired(N_("Đợt này chưa có bài nào. Nếu vẫn chốt, xin đánh dấu rằng không có bài để nhập."))
        ],
    )


class CloseUnfinishedForm(StaffForm):
    """Confirmation that a round is to be closed although the second account has not keyed in every sheet."""

    leaves = BooleanField(
        N_("Vẫn chốt; phiếu chưa nhập xong không được tính"),
        validators=[InputRequired(N_("Còn phiếu giấy chờ người thứ hai nhập. Nếu vẫn chốt, xin đánh dấu ô này."))],
    )

    def about(self, sheets: int) -> "CloseUnfinishedForm":
        """Return this form with the number of *sheets* that are lost in the words of its box."""
        lost = thousands(sheets)
        self.leaves.label.text = gettext("Vẫn chốt; %(n)s phiếu chưa nhập xong này không được tính", n=lost)
        return self


class PublishForm(StaffForm):
    """An optional message to the second approver."""

    reason = ReasonField(N_("Lời nhắn cho người phê duyệt"), validators=[at_most(500), without_phone])


class PassForm(StaffForm):
    """The reason for passing one person over, or everybody whose days of calling are over."""

    why = ReasonField(
        N_("Lý do"),
        validators=[InputRequired(N_("Xin ghi lý do.")), at_most(500), without_phone],
    )

    def about(self, participant_id: uuid.UUID) -> "PassForm":
        """Return this form for one person; a page has one for each, and field ids must differ."""
        self.why.id = f"ly-do-{participant_id}"
        return self


class OpeningForm(StaffForm):
    """The reason for seeing names and numbers."""

    reason = ReasonField(
        N_("Lý do mở"),
        validators=[InputRequired(N_("Xin ghi lý do mở thông tin liên hệ.")), at_most(500), without_phone],
    )

    def about(self, people: str) -> "OpeningForm":
        """Return this form for *people*; a page has one for each group, and field ids must differ."""
        self.reason.id = f"ly-do-{people}"
        return self
