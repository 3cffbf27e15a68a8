"""The forms of passwords: a new one, typed twice, and the present one for any change."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext
from flask_babel import lazy_gettext as _
from wtforms import PasswordField, ValidationError
from wtforms.validators import InputRequired, Length

from account.operations.password import WeakPassword, check_guessable
from account.rules.password import LONGEST, SHORTEST
from commune.forms import at_most
from core.values.text import N_
from core.web.forms import StaffForm, TextField

CHOSEN = (
    InputRequired(N_("Xin nhập mật khẩu mới.")),
    Length(min=SHORTEST, message=lazy_gettext("Mật khẩu cần ít nhất %(shortest)s ký tự.", shortest=SHORTEST)),
    at_most(LONGEST),
)


class NewPasswordForm(StaffForm):
    """A new password: long, not guessable, typed twice; there are no other requirements."""

    password = PasswordField(_("Mật khẩu mới"), validators=CHOSEN)
    again = PasswordField(_("Nhập lại mật khẩu mới"), validators=[InputRequired(N_("Xin nhập lại mật khẩu mới."))])

    about: Sequence[str] = ()
    """Texts about the account that the password must not be made of."""

    def validate_password(self, field: Any) -> None:
        """Refuse a guessable password, such as twelve times the same letter."""
        try:
            check_guessable(field.data, self.about)
        except WeakPassword as error:
            raise ValidationError(str(error)) from error

    def validate_again(self, field: Any) -> None:
        """Require both to be equal."""
        if field.data != self.password.data:
            raise ValidationError(N_("Hai lần nhập chưa giống nhau."))


class FirstPasswordForm(NewPasswordForm):
    """The first password of an invited person, who also confirms their name."""

    name = TextField(_("Họ và tên"), validators=[InputRequired(N_("Xin nhập họ và tên.")), at_most(100)])


class PresentPasswordForm(StaffForm):
    """The present password."""

    present = PasswordField(
        _("Mật khẩu hiện nay"), validators=[InputRequired(N_("Xin nhập mật khẩu hiện nay.")), at_most(LONGEST)]
    )


class ChangePasswordForm(NewPasswordForm, PresentPasswordForm):
    """The present password and a new one."""

    first_fields = ("present",)
