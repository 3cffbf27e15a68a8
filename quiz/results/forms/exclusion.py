"""The forms of excluding an entry and recognising it again."""

from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from commune.forms import at_most, without_phone
from core.values.text import N_
from core.web.forms import ReasonField, StaffForm, options
from quiz.results.labels import EXCLUSION_REASON
from quiz.results.rules.corrections import ExclusionReason


def _reason() -> ReasonField:
    return ReasonField(
        N_("Lý do, căn cứ"), validators=[InputRequired(N_("Xin ghi lý do, căn cứ.")), at_most(500), without_phone]
    )


class RestoreForm(StaffForm):
    """The reason; `seen` is the digest of the preview on the page."""

    reason = _reason()
    seen = HiddenField()

    @property
    def chosen_ground(self) -> ExclusionReason | None:
        """The ground of an exclusion; None when an entry is recognised again."""
        return None


class ExcludeForm(RestoreForm):
    """The ground, which is published, and the reason, which is not."""

    ground = RadioField(
        N_("Trường hợp (được công bố, không nêu tên)"), choices=options(EXCLUSION_REASON.items()),
        validators=[InputRequired(N_("Xin chọn một trường hợp."))],
    )  # fmt: skip
    reason = _reason()

    @property
    def chosen_ground(self) -> ExclusionReason | None:
        """The chosen ground."""
        return ExclusionReason(self.ground.data)
