"""Passwords: a new one, typed twice, and the present one before anything about it changes."""

from collections.abc import Sequence
from typing import Any

from wtforms import PasswordField, ValidationError
from wtforms.validators import InputRequired, Length

from account.operations.password import WeakPassword, check_guessable
from account.rules.password import LONGEST, SHORTEST
from commune.forms import at_most
from core.values.text import N_
from core.web.forms import StaffForm, TextField

CHOSEN = (
    InputRequired("Xin nhập mật khẩu mới."),
    Length(min=SHORTEST, message=f"Mật khẩu cần ít nhất {SHORTEST} ký tự."),
    at_most(LONGEST),
)


class NewPasswordForm(StaffForm):
    """A password that is chosen: long, no guesser's first try, and typed twice; nothing else is asked."""

    password = PasswordField(N_("Mật khẩu mới"), validators=CHOSEN)
    again = PasswordField(N_("Nhập lại mật khẩu mới"), validators=[InputRequired("Xin nhập lại mật khẩu mới.")])

    about: Sequence[str] = ()
    """Texts about the account that the password must not be made of."""

    def validate_password(self, field: Any) -> None:
        """Long alone is not enough: twelve times the same letter is long."""
        try:
            check_guessable(field.data, self.about)
        except WeakPassword as error:
            raise ValidationError(str(error)) from error

    def validate_again(self, field: Any) -> None:
        """Both are the same."""
        if field.data != self.password.data:
            raise ValidationError("Hai lần nhập chưa giống nhau.")


class FirstPasswordForm(NewPasswordForm):
    """An invited person's name, as they write it, and their password."""

    name = TextField(N_("Họ và tên"), validators=[InputRequired("Xin nhập họ và tên."), at_most(100)])


class PresentPasswordForm(StaffForm):
    """The password that holds now."""

    present = PasswordField(
        N_("Mật khẩu hiện nay"), validators=[InputRequired("Xin nhập mật khẩu hiện nay."), at_most(LONGEST)]
    )


class ChangePasswordForm(NewPasswordForm, PresentPasswordForm):
    """The present password and a new one."""
