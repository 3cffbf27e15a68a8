"""The form by which an organiser gives a participant a new personal code."""

from typing import Any

from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from commune.forms import at_most, without_phone
from core.values.phone import PhoneError, canonical
from core.values.text import N_
from core.web.forms import CountField, ReasonField, StaffForm, TextField
from quiz.contest.operations.registration import Identity

BY_TEXT = "tin-nhan"
"""The button that sends the code to the registered phone."""


class RenewalForm(StaffForm):
    """The facts that the participant gives, the reason, the way, and that the registered phone was called."""

    name = TextField(
        N_("Họ và tên khi đăng ký"), validators=[InputRequired(N_("Xin nhập họ và tên.")), Length(max=100)]
    )
    phone = TextField(N_("Số điện thoại khi đăng ký"), validators=[InputRequired(N_("Xin nhập số điện thoại."))])
    birth_year = CountField(N_("Năm sinh khi đăng ký"), validators=[InputRequired(N_("Xin nhập năm sinh."))])
    reason = ReasonField(N_("Lý do"), validators=[InputRequired(N_("Xin ghi lý do.")), at_most(500), without_phone])
    called = BooleanField(
        N_("Tôi đã gọi vào số điện thoại này, người nghe máy đúng là người dự thi"),
    )
    way = StringField()
    """The button that was pressed."""

    def validate_called(self, field: Any) -> None:
        """Require the call, unless the code goes to the registered phone anyway."""
        if not field.data and self.way.data != BY_TEXT:
            raise ValidationError(N_("Xin gọi vào số đã đăng ký rồi đánh dấu."))

    def validate_phone(self, field: Any) -> None:
        """Require a Vietnamese number in any form."""
        try:
            self.canonical_phone = canonical(field.data)
        except PhoneError as error:
            raise ValidationError(str(error)) from error

    @property
    def identity(self) -> Identity:
        """The identity, once the form is valid."""
        return Identity(name=self.name.data or "", phone=self.canonical_phone, birth_year=self.birth_year.data or 0)
