"""The form of the first run: installation, host of the survey, public address, first account."""

from typing import Any
from urllib.parse import urlsplit

from wtforms import BooleanField, PasswordField, RadioField, ValidationError
from wtforms.validators import InputRequired, Optional

from account.forms.password import CHOSEN, NewPasswordForm
from account.rules.address import is_email
from commune.forms import at_most, objection_to_host
from commune.models import Unit
from commune.queries.search import FoundUnit
from core.settings import LOOPBACK, BadSetting, check
from core.translation import gettext
from core.values.text import N_
from core.web.forms import TextField, options


class FirstRunForm(NewPasswordForm):
    """The questions of the first run on one page, from the code to the password."""

    code = TextField(N_("Mã cài đặt"), validators=[InputRequired(N_("Xin nhập mã mà lệnh make setup đã in ra."))])
    place = TextField(
        N_("Tỉnh, thành phố hoặc xã, phường"), validators=[InputRequired(N_("Xin nhập tên đơn vị.")), at_most(100)]
    )
    unit = RadioField(N_("Đơn vị nào?"), coerce=int, validators=[Optional()], validate_choice=False)
    brand = TextField(
        N_("Tên hiển thị ở đầu trang"), validators=[InputRequired(N_("Xin nhập tên hiển thị.")), at_most(60)]
    )
    host = TextField(
        N_("Cơ quan chủ trì khảo sát"), validators=[InputRequired(N_("Xin nhập cơ quan chủ trì.")), at_most(200)]
    )
    is_meant = BooleanField(N_("Vẫn để cơ quan này chủ trì khảo sát"))
    public_url = TextField(
        N_("Địa chỉ công khai"), validators=[InputRequired(N_("Xin nhập địa chỉ công khai.")), at_most(200)]
    )
    mail_url = TextField(N_("Máy chủ gửi thư"), validators=[at_most(300)])
    name = TextField(N_("Họ và tên"), validators=[InputRequired(N_("Xin nhập họ và tên.")), at_most(100)])
    email = TextField(N_("Thư điện tử"), validators=[InputRequired(N_("Xin nhập thư điện tử.")), at_most(254)])
    password = PasswordField(N_("Mật khẩu"), validators=CHOSEN)
    again = PasswordField(N_("Nhập lại mật khẩu"), validators=[InputRequired(N_("Xin nhập lại mật khẩu."))])

    asks_if_meant = False
    over: tuple[str, ...] = ()
    """Units whose committees should not run the survey: `units_rated`."""

    def offer(self, found: list[FoundUnit]) -> None:
        """Offer the units that the typed name may mean."""
        self.unit.choices = options((each.unit.id, with_parents(each)) for each in found)

    @property
    def is_local(self) -> bool:
        """Whether the public address opens on this machine only, so that a phone can't reach it."""
        try:
            return urlsplit(self.public_url.data or "").hostname in LOOPBACK
        except ValueError:
            return False

    def validate_email(self, field: Any) -> None:
        """Check that it looks like an address."""
        if not is_email(field.data or ""):
            raise ValidationError(N_("Chưa phải là địa chỉ thư điện tử, ví dụ ten@xa.gov.vn."))

    def validate_host(self, field: Any) -> None:
        """Ask for confirmation of a committee directly above the rated offices."""
        doubt = objection_to_host(field.data, self.over)
        self.asks_if_meant = doubt is not None
        if doubt is not None and not self.is_meant.data:
            raise ValidationError(gettext("%(doubt)s Vẫn giữ thì đánh dấu ô dưới đây.", doubt=doubt))

    def validate_public_url(self, field: Any) -> None:
        """Check that the address can be printed in QR codes."""
        fault = fault_of_address(field.data or "")
        if fault is not None:
            raise ValidationError(fault)

    def validate_mail_url(self, field: Any) -> None:
        """Check that it is empty or a mail server's address that the settings accept."""
        try:
            check({"MAIL_URL": field.data or ""})
        except BadSetting as error:
            raise ValidationError(N_("Xin nhập dạng smtp://ten:mat-khau@may-chu:587, hoặc để trống.")) from error

    @property
    def settings(self) -> dict[str, str]:
        """The answers about the installation, by the names of the settings."""
        values = {"PUBLIC_URL": self.public_url.data.rstrip("/"), "BRAND": self.brand.data, "HOST": self.host.data}
        return values | ({"MAIL_URL": self.mail_url.data} if self.mail_url.data else {})


def units_rated(unit: Unit | None) -> tuple[str, ...]:
    """Return the name of the unit whose own committee is directly above its rated offices; none for a province."""
    return () if unit is None or unit.kind == "province" else (unit.name,)


def fault_of_address(text: str) -> str | None:
    """Return what is wrong with a public address: it must be https without a path, since printed QR codes can't
    change.
    """
    try:
        parts = urlsplit(text)
        is_whole = bool(parts.hostname) and parts.path in {"", "/"} and not (parts.query or parts.fragment)
        is_whole = is_whole and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        is_whole = False
    if not is_whole or parts.scheme not in {"http", "https"}:
        return N_("Xin nhập địa chỉ dạng https://danhgia.tinh.gov.vn.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        return N_("Địa chỉ phải bắt đầu bằng https:// để không ai đọc trộm trên đường truyền.")
    return None


def with_parents(found: FoundUnit) -> str:
    """Return a unit's name with those of its parents."""
    return ", ".join([found.unit.name, *(parent.name for parent in found.parents)])
