"""The picture that is to stand for a unit: looked at and drawn anew before anything is kept."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import ValidationError

from core.images import BadPicture, Drawn, redraw
from core.values.text import N_
from core.web.forms import FileForm

LARGEST = 4 * 1024 * 1024
_HEAVY = N_("Tệp nặng quá 4 MB. Xin thu nhỏ hình rồi chọn lại.")


class LogoForm(FileForm):
    """A picture file; what it came to lies in `drawn`, or `status` says what kind of mistake it was."""

    picture = FileField(N_("Tệp hình"), validators=[FileRequired(N_("Xin chọn tệp hình."))])

    drawn: Drawn | None = None
    status = 422

    def validate_picture(self, field: Any) -> None:
        """It is a picture, whatever it is called."""
        data = field.data.read(LARGEST + 1)
        if len(data) > LARGEST:
            self.status = 413
            raise ValidationError(_HEAVY)
        try:
            self.drawn = redraw(data)
        except BadPicture as error:
            self.status = 415
            raise ValidationError(str(error)) from error
