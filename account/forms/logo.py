"""The form of a unit's logo, which is checked and re-encoded before it is stored."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import ValidationError

from core.images import BadPicture, Drawn, redraw
from core.web.forms import FileForm

LARGEST = 4 * 1024 * 1024
_HEAVY = _("Tệp nặng quá 4 MB. Xin thu nhỏ hình rồi chọn lại.")


class LogoForm(FileForm):
    """A picture file; the result is in `drawn`, or `status` is that of the error."""

    picture = FileField(_("Tệp hình"), validators=[FileRequired(_("Xin chọn tệp hình."))])

    drawn: Drawn | None = None
    status = 422

    def validate_picture(self, field: Any) -> None:
        """Check that it is a picture, independent of its name."""
        data = field.data.read(LARGEST + 1)
        if len(data) > LARGEST:
            self.status = 413
            raise ValidationError(_HEAVY)
        try:
            self.drawn = redraw(data)
        except BadPicture as error:
            self.status = 415
            raise ValidationError(str(error)) from error
