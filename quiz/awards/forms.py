"""The forms of a certificate's code, and of the decision on the prizes of units."""

from wtforms import BooleanField, Form
from wtforms.validators import InputRequired

from core.values.codes import readings
from core.values.text import N_
from core.web.forms import FormMeta, TextField
from quiz.awards.rules.certificate_code import LETTERS
from quiz.results.forms.closing import PublishForm


class CertificateForm(Form):  # type: ignore[misc]
    """The code of a certificate, sent in the query: a link of it may be passed on, as the sheet itself may."""

    Meta = FormMeta

    ma = TextField(N_("Mã trên giấy chứng nhận"), validators=[InputRequired(N_("Xin nhập mã trên giấy chứng nhận."))])

    @property
    def readings(self) -> tuple[str, ...]:
        """The codes that were typed, the likeliest first; none for what can't be one."""
        return readings(self.ma.data or "", LETTERS)


class DecideUnitsForm(PublishForm):
    """A message to the second approver, and that units with more people than inhabitants have been looked at."""

    leaves_over = BooleanField(
        N_("Đã xem lại bài và số dân của các đơn vị này; quyết định mà không xếp các đơn vị này theo tỷ lệ")
    )
