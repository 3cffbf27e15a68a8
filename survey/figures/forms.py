"""The form of a decision on ratings that were set apart."""

from wtforms import BooleanField
from wtforms.validators import InputRequired

from commune.forms import at_most, without_phone
from core.values.text import N_
from core.web.forms import StaffForm, TextField


class BatchDecisionForm(StaffForm):
    """The reason of a decision, and whether it is that the batch stays left out."""

    reason = TextField(
        N_("Lý do, căn cứ"), validators=[InputRequired(N_("Xin ghi lý do, căn cứ.")), at_most(500), without_phone]
    )
    leaves_out = BooleanField()
