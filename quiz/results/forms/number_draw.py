"""The form of a draw by a public number: the number and the day on which it was published."""

import re
from typing import Any

from wtforms import Field, ValidationError
from wtforms.validators import InputRequired

from commune.forms import at_most, without_phone
from core.values.text import N_
from core.web.forms import DayField, ReasonField, StaffForm, TextField
from quiz.results.models.draw import LONGEST_AGAIN, LONGEST_NUMBER
from quiz.results.rules.number_draws import NumberRecord

_DIGITS = re.compile(rf"[0-9]{{2,{LONGEST_NUMBER}}}", re.ASCII)


class NumberDrawForm(StaffForm):
    """The number that decides a draw; `number_form_of` adds a reason for another recording."""

    first_fields = ("held_on", "number")
    last_fields = ("again", "reason")

    held_on = DayField(
        N_("Ngày số được công bố"), format="%Y-%m-%d", validators=[InputRequired(N_("Xin ghi ngày số được công bố."))]
    )
    number = TextField(N_("Số được công bố"), validators=[InputRequired(N_("Xin ghi số được công bố."))])
    reason = ReasonField(N_("Lời nhắn cho người phê duyệt"), validators=[at_most(500), without_phone])

    def validate_number(self, field: Field) -> None:
        """Require the digits of one number, so that nothing but the number itself decides the order."""
        if not _DIGITS.fullmatch(field.data or ""):
            raise ValidationError(N_("Xin chỉ ghi chữ số của một số, viết liền, từ 2 đến 20 số, giữ cả số 0 ở đầu."))

    @property
    def tickets(self) -> list[Field]:
        """No tickets: the order follows from the number."""
        return []

    def written(self) -> NumberRecord:
        """Return what the valid form says."""
        again = self["again"].data if "again" in self else None
        return NumberRecord(self.held_on.data, self.number.data, again or None)


def number_form_of(*, is_again: bool) -> type[NumberDrawForm]:
    """Return the form, with the reason for another recording where there is one already."""
    more: dict[str, Any] = {}
    if is_again:
        needed = InputRequired(N_("Xin ghi vì sao phải ghi lại kết quả bốc thăm."))
        more["again"] = ReasonField(
            N_("Vì sao ghi lại (được công bố)"), validators=[needed, at_most(LONGEST_AGAIN), without_phone]
        )
    return type("NumberDrawFormOfGroup", (NumberDrawForm,), more)
