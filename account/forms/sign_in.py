"""Signing in."""

from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

from core.forms import StaffForm, TextField


class SignInForm(StaffForm):
    """E-mail address and password."""

    email = TextField("Thư điện tử", validators=[InputRequired("Xin nhập thư điện tử."), Length(max=254)])
    password = PasswordField("Mật khẩu", validators=[InputRequired("Xin nhập mật khẩu."), Length(max=200)])
