"""The form that strikes a nickname."""

from wtforms.validators import InputRequired

from commune.forms import at_most, without_phone
from core.values.text import N_
from core.web.forms import ReasonField, StaffForm
from quiz.contest.models.nickname import LONGEST_REASON


class StrikeForm(StaffForm):
    """Why a nickname is struck, which its owner and the audit trail get."""

    reason = ReasonField(
        N_("Vì sao bỏ biệt danh này"),
        validators=[InputRequired(N_("Xin ghi vì sao bỏ.")), at_most(LONGEST_REASON), without_phone],
    )
