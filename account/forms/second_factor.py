"""The code of the second step."""

import re
import unicodedata

from wtforms.validators import InputRequired

from account.forms.password import PresentPasswordForm
from commune.forms import at_most
from core.values.text import N_
from core.web.forms import StaffForm, TextField

SIX_DIGITS = re.compile(r"[0-9]{6}")


class CodeForm(StaffForm):
    """Six digits, however they are spaced; or a recovery code."""

    code = TextField(
        N_("Mã xác thực"), validators=[InputRequired("Xin nhập mã đang hiện trên điện thoại."), at_most(40)]
    )

    @property
    def typed(self) -> str:
        """What was typed, without spaces, full-width digits narrowed."""
        return "".join(unicodedata.normalize("NFKC", self.code.data or "").split())

    @property
    def is_recovery(self) -> bool:
        """Whether it is no six digits, so that it can only be a recovery code."""
        return not SIX_DIGITS.fullmatch(self.typed)


class NewFactorForm(CodeForm, PresentPasswordForm):
    """A code of a telephone that is set up anew, and the password."""
