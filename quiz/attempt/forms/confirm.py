"""The forms of confirming one's phone by a code."""

from typing import Any

from wtforms import HiddenField, ValidationError
from wtforms.validators import InputRequired

from core.values.text import N_, clean
from core.web.forms import TextField
from quiz.attempt.forms.entry import EnterForm, TypedCodeForm
from quiz.contest.rules.phone_code import DIGITS


class DigitsField(TextField):
    """A code of six digits; spaces and fullwidth digits are accepted."""

    read: str = ""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - WTForms' signature
        """Require six digits."""
        self.read = "".join(clean(self.data or "").split())
        if not (self.read.isascii() and self.read.isdigit() and len(self.read) == DIGITS):
            raise ValidationError(N_("Mã gồm 6 chữ số trong tin nhắn."))


class SendCodeForm(EnterForm):
    """The personal code of the participant whose phone gets a message."""

    code = TextField(N_("Mã cá nhân"), validators=[InputRequired(N_("Xin nhập mã cá nhân."))])


class PhoneCodeForm(TypedCodeForm):
    """The digits in the message; the personal code is in the page."""

    code = HiddenField()
    digits = DigitsField(N_("Mã trong tin nhắn"), validators=[InputRequired(N_("Xin nhập mã trong tin nhắn."))])
