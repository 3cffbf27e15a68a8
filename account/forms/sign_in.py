"""The form of the sign-in."""

from wtforms import PasswordField
from wtforms.validators import InputRequired

from commune.forms import at_most
from core.values.text import N_
from core.web.forms import StaffForm, TextField


class SignInForm(StaffForm):
    """E-mail address and password."""

    email = TextField(N_("Thư điện tử"), validators=[InputRequired(N_("Xin nhập thư điện tử.")), at_most(254)])
    password = PasswordField(N_("Mật khẩu"), validators=[InputRequired(N_("Xin nhập mật khẩu.")), at_most(200)])
