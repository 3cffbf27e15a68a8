"""What is looked for in the audit trail: it changes nothing, so it is asked for by its address."""

from typing import Any

from wtforms import DateField, SelectField, ValidationError
from wtforms.validators import Optional

from account.labels import ACTION
from core.web.forms import StaffForm, TextField, options

EVERYTHING = ("", "Tất cả")


class SearchForm(StaffForm):
    """Who, what, where, between which days; all of it may be left out."""

    class Meta(StaffForm.Meta):
        csrf = False

    ai = TextField("Người làm")
    viec = SelectField("Việc", choices=options([EVERYTHING, *ACTION.items()]), default="")
    don_vi = SelectField("Đơn vị", default="")
    tu = DateField("Từ ngày", format="%Y-%m-%d", validators=[Optional()])
    den = DateField("Đến ngày", format="%Y-%m-%d", validators=[Optional()])

    def validate_den(self, field: Any) -> None:
        """Not before the first day: that would find nothing and look like an empty trail."""
        if field.data and self.tu.data and field.data < self.tu.data:
            raise ValidationError("Ngày này trước “Từ ngày”. Xin xem lại hai ngày.")
