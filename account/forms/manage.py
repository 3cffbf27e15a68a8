"""What an administrator types: whom to invite, and which role where."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, ValidationError
from wtforms.validators import InputRequired, Optional

from account.labels import DUTY, ROLE
from account.rules.address import LONGEST_ADDRESS, is_email
from account.rules.permissions import Role
from commune.forms import at_most
from commune.models import Unit
from core.values.text import N_
from core.web.forms import StaffForm, TextField, options


class _NewcomerForm(StaffForm):
    """Whom to invite; before the role, so that mistakes are told in the page's order."""

    email = TextField(N_("Thư điện tử"), validators=[InputRequired("Xin nhập thư điện tử."), at_most(LONGEST_ADDRESS)])
    name = TextField(N_("Họ và tên"), validators=[InputRequired("Xin nhập họ và tên."), at_most(100)])

    def validate_email(self, field: Any) -> None:
        """It looks like an address."""
        if not is_email(field.data or ""):
            raise ValidationError("Chưa phải là địa chỉ thư điện tử, ví dụ ten@xa.gov.vn.")


class RoleForm(StaffForm):
    """A role in a unit, which is found by its name: typed, then picked if several are called so."""

    role = SelectField(
        N_("Vai trò"),
        choices=options([("", N_("Xin chọn")), *((role, f"{ROLE[role]}: {DUTY[role]}") for role in Role)]),
        validators=[InputRequired("Xin chọn vai trò.")],
    )  # fmt: skip
    where = TextField(N_("Đơn vị"), validators=[InputRequired("Xin nhập tên đơn vị."), at_most(100)])
    unit = RadioField(N_("Đơn vị nào trong số này?"), choices=[], validators=[Optional()], validate_choice=False)

    picked: Unit | None = None

    def offer(self, found: dict[int, str], units: dict[int, Unit]) -> None:
        """The units that are called as typed; one alone is picked, of several one has to be."""
        if len(found) > 1:
            self.unit.choices = options(found.items())
        chosen = int(self.unit.data) if (self.unit.data or "").isdecimal() else None
        only = next(iter(found)) if len(found) == 1 else chosen if chosen in found else None
        self.picked = units[only] if only is not None else None

    def validate_where(self, field: Any) -> None:
        """The name leads to one unit that the administrator may give roles in."""
        if self.picked is None and field.data:
            several = bool(self.unit.choices)
            told = "Có nhiều đơn vị tên như vậy. Xin chọn một đơn vị bên dưới." if several else NOT_FOUND
            raise ValidationError(told)


class GiveForm(RoleForm):
    """Another role; one that makes its owner begin anew is asked about first."""

    sure = BooleanField()


NOT_FOUND = "Không thấy đơn vị này trong phạm vi của ông/bà. Xin gõ tên xã, phường, ví dụ: Lâm Bình."


class InviteForm(_NewcomerForm, RoleForm):
    """Somebody new: an address, a name, and a first role."""


class ResetForm(StaffForm):
    """A way back in for somebody who forgot the password, and perhaps lost the telephone."""

    drops_factor = BooleanField(N_("Bỏ cả mã xác thực cũ (khi đã mất điện thoại và mã khôi phục)"))
