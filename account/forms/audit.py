"""The search of the audit trail: a GET form, since it changes nothing."""

from typing import Any

from wtforms import SelectField, ValidationError
from wtforms.validators import Optional

from account.labels import ACTOR
from core.values.text import N_
from core.web.forms import DayField, StaffForm, TextField

EVERYTHING = ("", N_("Tất cả"))
WITHOUT_ACCOUNT = {"dong-lenh": ACTOR["terminal"], "he-thong": ACTOR["system"]}
"""The words for actors without an account in the addresses of links, and their labels."""


class ActorField(TextField):
    """The actor of an entry; the word of a link is shown as a label."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        self.data = WITHOUT_ACCOUNT.get(self.data, self.data)


class SearchForm(StaffForm):
    """Filters by account, action, unit and days, all optional."""

    class Meta(StaffForm.Meta):
        csrf = False

    ai = ActorField(N_("Người làm"))
    viec = SelectField(N_("Việc"), default="")
    don_vi = SelectField(N_("Đơn vị"), default="")
    tu = DayField(N_("Từ ngày"), format="%Y-%m-%d", validators=[Optional()])
    den = DayField(N_("Đến ngày"), format="%Y-%m-%d", validators=[Optional()])

    def validate_den(self, field: Any) -> None:
        """Refuse a last day before the first: the empty result would look like an empty trail."""
        if field.data and self.tu.data and field.data < self.tu.data:
            raise ValidationError(N_("Ngày này trước “Từ ngày”. Xin xem lại hai ngày."))
