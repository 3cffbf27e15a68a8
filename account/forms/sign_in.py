"""The form of the sign-in."""

from wtforms import PasswordField
from wtforms.validators import InputRequired

from commune.forms import at_most
from core.web.forms import StaffForm, TextField


class SignInForm(StaffForm):
    """E-mail address and password."""

    email = TextField("Thư điện tử", validators=[InputRequired("Xin nhập thư điện tử."), at_most(254)])
    password = PasswordField("Mật khẩu", validators=[InputRequired("Xin nhập mật khẩu."), at_most(200)])
