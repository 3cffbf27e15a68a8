"""The forms of a request for another unit: the participant's, and the organiser's decision."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from commune.forms import at_most, without_phone
from core.values.text import N_, clean
from core.web.forms import PickField, StaffForm, TextField
from quiz.attempt.forms.entry import EnterForm
from quiz.contest.models.unit_request import LONGEST_REASON

LOOK = "xem"
"""The button of a participant who only reads the answers."""
GRANT, REFUSE = "doi", "giu"
"""The buttons of the organiser."""


class UnitRequestForm(EnterForm):
    """A personal code, the unit that is right, and why the other was chosen."""

    unit = PickField(_("Đơn vị đúng của bạn"), missing=_("Xin chọn đơn vị đúng."))
    reason = TextAreaField(
        _("Vì sao cần đổi"),
        filters=[lambda text: clean(text or "")],
        validators=[
            InputRequired(_("Xin ghi vì sao cần đổi.")),
            Length(max=LONGEST_REASON, message=_("Dài quá %(n)s chữ. Xin rút ngắn lại.", n=LONGEST_REASON)),
        ],
    )

    @property
    def only_looks(self) -> bool:
        """Whether a code was typed and nothing else: to read the answers."""
        return not self.unit.data and not self.reason.data

    def cleared(self) -> "UnitRequestForm":
        """Return the form without reproaches for the fields that were left blank."""
        for field in (self.unit, self.reason):
            field.errors = []
        self.renew()
        return self

    def body(self) -> dict[str, Any]:
        """Return the content by which a request sent twice is recognised."""
        return {"code": self.readings[0], "unit": self.unit.data, "reason": self.reason.data}


class UnitAnswersForm(EnterForm):
    """A personal code, to read the answers to one's requests; it stands on the page of `UnitRequestForm`."""

    code = TextField(_("Mã cá nhân"), id="look-code", validators=[InputRequired(_("Xin nhập mã của bạn."))])


class UnitDecisionForm(StaffForm):
    """The organiser's answer, which the participant and the audit trail get, and the button that was pressed."""

    answer = TextField(
        N_("Căn cứ, lời trả lời"),
        validators=[InputRequired(N_("Xin ghi căn cứ, lời trả lời.")), at_most(LONGEST_REASON), without_phone],
    )
    deed = StringField()
