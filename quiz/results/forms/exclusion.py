"""What an organiser says when a paper is not to be recognised, or is recognised again."""

from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from commune.forms import at_most, without_phone
from core.web.forms import StaffForm, TextField, options
from quiz.results.labels import EXCLUSION_REASON
from quiz.results.rules.corrections import ExclusionReason


def _reason() -> TextField:
    return TextField("Lý do, căn cứ", validators=[InputRequired("Xin ghi lý do, căn cứ."), at_most(500), without_phone])


class RestoreForm(StaffForm):
    """Why; `seen` is the digest of what the page showed."""

    reason = _reason()
    seen = HiddenField()

    @property
    def read_ground(self) -> ExclusionReason | None:
        """The ground of an exclusion; None where a paper is recognised again."""
        return None


class ExcludeForm(RestoreForm):
    """On which ground, which is published, and why, which is not."""

    ground = RadioField(
        "Trường hợp (được công bố, không nêu tên)", choices=options(EXCLUSION_REASON.items()),
        validators=[InputRequired("Xin chọn một trường hợp.")],
    )  # fmt: skip
    reason = _reason()

    @property
    def read_ground(self) -> ExclusionReason | None:
        """The ground that was picked."""
        return ExclusionReason(self.ground.data)
