"""The field of a nickname."""

from typing import Any

from wtforms import ValidationError

from core.translation import said
from core.web.forms import TextField
from quiz.contest.rules.nicknames import clean_nickname, why_refused


class NicknameField(TextField):
    """A nickname, cleaned as it is stored; what it may not be is said at once."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([clean_nickname(value) for value in valuelist])

    def pre_validate(self, form: Any) -> None:
        """Require letters that a nickname may have, and no word that it may not."""
        super().pre_validate(form)
        refusal = why_refused(self.data) if self.data else None
        if refusal is not None:
            raise ValidationError(said(refusal))
