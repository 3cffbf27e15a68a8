"""The form of the second factor."""

import re
import unicodedata

from flask_babel import lazy_gettext as _
from wtforms.validators import InputRequired

from account.forms.password import PresentPasswordForm
from commune.forms import at_most
from core.values.text import N_
from core.web.forms import StaffForm, TextField

SIX_DIGITS = re.compile(r"[0-9]{6}")


class CodeForm(StaffForm):
    """Six digits in any spacing, or a recovery code."""

    code = TextField(
        _("Mã xác thực"), validators=[InputRequired(N_("Xin nhập mã đang hiện trên điện thoại.")), at_most(40)]
    )

    @property
    def typed(self) -> str:
        """The typed code without spaces, full-width digits narrowed."""
        return "".join(unicodedata.normalize("NFKC", self.code.data or "").split())

    @property
    def is_recovery(self) -> bool:
        """Whether it can only be a recovery code, since it is not six digits."""
        return not SIX_DIGITS.fullmatch(self.typed)


class NewFactorForm(CodeForm, PresentPasswordForm):
    """A code of a newly set up telephone, and the password."""
