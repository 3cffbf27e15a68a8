"""The form in which the code of a certificate is typed."""

from wtforms import Form
from wtforms.validators import InputRequired

from core.values.codes import readings
from core.values.text import N_
from core.web.forms import FormMeta, TextField
from quiz.awards.rules.certificate_code import LETTERS


class CertificateForm(Form):  # type: ignore[misc]
    """The code of a certificate, sent in the query: a link of it may be passed on, as the sheet itself may."""

    Meta = FormMeta

    ma = TextField(N_("Mã trên giấy chứng nhận"), validators=[InputRequired(N_("Xin nhập mã trên giấy chứng nhận."))])

    @property
    def readings(self) -> tuple[str, ...]:
        """The codes that were typed, the likeliest first; none for what can't be one."""
        return readings(self.ma.data or "", LETTERS)
