"""The forms of the pages of dossiers."""

from wtforms import RadioField
from wtforms.validators import InputRequired, NumberRange

from core.values.text import N_
from core.web.forms import CountField, StaffForm, options
from survey.dossier.labels import STRATIFIED_BY

_AT_MOST = 9_999_999


class TotalForm(StaffForm):
    """The provincial system's count of returned dossiers in a period."""

    returned = CountField(
        N_("Số hồ sơ hệ thống tỉnh ghi đã trả"),
        validators=[
            InputRequired(N_("Xin ghi số hồ sơ đã trả theo hệ thống tỉnh.")),
            NumberRange(0, _AT_MOST, N_("Xin ghi một số từ 0 đến 9.999.999.")),
        ],
    )


class SampleForm(StaffForm):
    """How a sample is divided."""

    stratified_by = RadioField(
        N_("Chia mẫu theo"),
        choices=options(STRATIFIED_BY.items()),
        default="procedure",
        validators=[InputRequired(N_("Xin chọn cách chia mẫu."))],
    )
