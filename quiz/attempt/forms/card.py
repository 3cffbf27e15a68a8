"""The field of an entry card's code."""

from typing import Any

from flask_babel import gettext
from wtforms import ValidationError

from core.values.codes import read
from core.web.forms import TextField
from quiz.contest.operations.cards import CARD_LETTERS


class CardField(TextField):
    """The code of an entry card, as typed from paper or read from its QR code; `read` is None for a blank one."""

    read: str | None = None

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - WTForms' signature
        """Require ten letters; look-alikes are accepted."""
        self.read = read(self.data or "", CARD_LETTERS)
        if self.data and self.read is None:
            raise ValidationError(gettext("Mã thẻ gồm 10 chữ và số. Xin xem lại trên thẻ."))
