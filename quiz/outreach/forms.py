"""The forms of announcements: the organiser's words, and the phone of who wants no more of them."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from commune.forms import at_most
from core.translation import gettext
from core.values.phone import PhoneError, canonical, holds_mobile
from core.values.text import N_, clean
from core.web.forms import CitizenForm, StaffForm, TextField, options
from quiz.attempt.forms.confirm import DigitsField
from quiz.outreach.rules.text_message import LONGEST, foreign_addresses, holds_dear_number

EVERYBODY, ABSENT = "tat-ca", "chua-thi"


class AnnouncementForm(StaffForm):
    """The words of a message, and to whom it goes."""

    text = TextAreaField(
        N_("Lời nhắn"),
        filters=[lambda text: clean(text or "")],
        validators=[InputRequired(N_("Xin ghi lời nhắn.")), at_most(LONGEST)],
    )
    recipients = RadioField(
        N_("Gửi cho ai"),
        choices=options(
            [
                (EVERYBODY, N_("Mọi người đã đồng ý nhận tin")),
                (ABSENT, N_("Chỉ người đã đồng ý mà chưa thi đợt này")),
            ]
        ),
        default=EVERYBODY,
        validators=[InputRequired(N_("Xin chọn gửi cho ai."))],
    )
    has_link = BooleanField(N_("Kèm đường dẫn vào thi"), default=True)
    is_plain = BooleanField(N_("Bỏ dấu tiếng Việt để ngắn hơn"))
    send = HiddenField()
    """Set by the button of the preview."""

    def validate_text(self, field: Any) -> None:
        """Refuse addresses and phones: a message in the name of an office must not lead anywhere else."""
        if found := foreign_addresses(field.data or ""):
            raise ValidationError(
                gettext(
                    "Xin bỏ “%(address)s”: tin chỉ kèm đường dẫn của cuộc thi. Nếu là hai câu, xin thêm dấu cách sau "
                    "dấu chấm.",
                    address=found[0],
                )
            )
        if holds_mobile(field.data or "") or holds_dear_number(field.data or ""):
            raise ValidationError(N_("Xin bỏ số điện thoại: số hỏi đáp đã có ở trang cuộc thi."))


class StopForm(CitizenForm):
    """The phone that gets no more messages, and the digits that came with one."""

    phone = TextField(_("Số điện thoại nhận tin"), validators=[InputRequired(_("Xin nhập số điện thoại."))])
    digits = DigitsField(_("6 số ở cuối tin nhắn"), validators=[InputRequired(_("Xin nhập 6 số ở cuối tin nhắn."))])
    canonical_phone: str = ""

    def validate_phone(self, field: Any) -> None:
        """Read the number as people write it."""
        try:
            self.canonical_phone = canonical(field.data or "")
        except PhoneError as error:
            raise ValidationError(str(error)) from error
