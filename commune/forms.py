"""What more than one room's forms ask of a name and of an office's telephone."""

import re
from typing import Any

from wtforms import ValidationError
from wtforms.validators import Length

from core.forms import TextField

NUMBER = re.compile(r"[0-9 .]+")
FEWEST_DIGITS = 6


def at_most(letters: int) -> Length:
    """No longer than that, and told so in Vietnamese."""
    return Length(max=letters, message=f"Dài quá {letters} chữ. Xin rút ngắn lại.")


class HotlineField(TextField):
    """A telephone number that is printed as it was typed; none is fine."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, validators=[at_most(40)], **more)

    def pre_validate(self, form: Any) -> None:
        """Digits, spaces and dots, with six digits at least."""
        super().pre_validate(form)
        typed = self.data or ""
        if typed and (not NUMBER.fullmatch(typed) or sum(letter.isdigit() for letter in typed) < FEWEST_DIGITS):
            raise ValidationError("Xin nhập số điện thoại bằng chữ số, ví dụ 0207 3830 123.")
