"""The forms of an administrator: invite, give a role, reset."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired, Optional

from account.labels import ROLE
from account.rules.address import LONGEST_ADDRESS, is_email
from account.rules.permissions import Role
from commune.forms import at_most
from commune.models import Unit
from core.values.text import N_
from core.web.forms import StaffForm, TextField, options


class _NewcomerForm(StaffForm):
    """The person to invite. A base class, so that mistakes are listed in the order of the page."""

    email = TextField(
        _("Thư điện tử"), validators=[InputRequired(N_("Xin nhập thư điện tử.")), at_most(LONGEST_ADDRESS)]
    )
    name = TextField(_("Họ và tên"), validators=[InputRequired(N_("Xin nhập họ và tên.")), at_most(100)])

    def validate_email(self, field: Any) -> None:
        """Check that it looks like an address."""
        if not is_email(field.data or ""):
            raise ValidationError(N_("Chưa phải là địa chỉ thư điện tử, ví dụ ten@xa.gov.vn."))


class RoleForm(StaffForm):
    """A role in a unit; the unit is typed by name, then chosen if several match."""

    role = SelectField(
        _("Vai trò"),
        choices=[],
        validators=[InputRequired(N_("Xin chọn vai trò."))],
    )  # fmt: skip
    where = TextField(_("Đơn vị"), validators=[InputRequired(N_("Xin nhập tên đơn vị.")), at_most(100)])
    unit = RadioField(_("Đơn vị nào trong số này?"), choices=[], validators=[Optional()], validate_choice=False)

    picked: Unit | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = options([("", N_("Xin chọn")), *((role, ROLE[role]) for role in Role)])

    def offer(self, found: dict[int, str], units: dict[int, Unit]) -> None:
        """Set the units that match the typed name; a single one is chosen automatically."""
        if len(found) > 1:
            self.unit.choices = options(found.items())
        chosen = int(self.unit.data) if (self.unit.data or "").isdecimal() else None
        only = next(iter(found)) if len(found) == 1 else chosen if chosen in found else None
        self.picked = units[only] if only is not None else None

    def validate_where(self, field: Any) -> None:
        """Require a name that leads to one unit in which the administrator may give roles."""
        if self.picked is None and field.data:
            several = bool(self.unit.choices)
            message = N_("Có nhiều đơn vị tên như vậy. Xin chọn một đơn vị bên dưới.") if several else NOT_FOUND
            raise ValidationError(message)


class GiveForm(RoleForm):
    """Another role; one that resets the account asks for confirmation first."""

    sure = BooleanField()


NOT_FOUND = N_("Không thấy đơn vị này trong phạm vi của ông/bà. Xin gõ tên xã, phường, ví dụ: Lâm Bình.")


class InviteForm(_NewcomerForm, RoleForm):
    """A new person: address, name and first role."""


class ResetForm(StaffForm):
    """A reset of a password, and optionally of a lost second factor."""

    drops_factor = BooleanField(_("Bỏ cả mã xác thực cũ (khi đã mất điện thoại và mã khôi phục)"))
