"""The field of a guess: a number of people, or a percentage with the declared decimals."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, ValidationError
from wtforms.validators import InputRequired
from wtforms.widgets import TextInput

from core.values.numbers import decimal
from core.values.text import clean
from core.web.forms import CountField
from quiz.attempt.rules.percent import PercentIssue, read_percent
from quiz.contest.labels.guesses import GuessWords
from quiz.contest.rules.presets import GuessTarget, Rules

LARGEST_GUESS = 10_000_000


class PercentField(IntegerField):  # type: ignore[misc]
    """A percentage, whose data is a whole number of its last decimal; unreadable input is shown again as typed."""

    widget = TextInput()

    def __init__(self, label: str, *, decimals: int, **more: Any) -> None:
        super().__init__(label, **more)
        self.decimals: int = decimals

    @property
    def example(self) -> str:
        """A percentage as it may be typed."""
        return decimal(33.5 if self.decimals else 33, self.decimals)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; a blank is missing."""
        typed = clean(valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            self.raw_data = valuelist[:0]
            return
        found = read_percent(typed, self.decimals)
        if isinstance(found, PercentIssue):
            raise ValueError(self._said(found))
        self.data = found

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else decimal(GuessWords(self.decimals).value(self.data), self.decimals)

    def _said(self, issue: PercentIssue) -> str:
        if issue is PercentIssue.TOO_FINE and not self.decimals:
            return str(gettext("Ghi số nguyên, không có phần lẻ, ví dụ %(example)s.", example=self.example))
        words = {
            PercentIssue.UNREADABLE: gettext("Xin nhập một số phần trăm, ví dụ %(example)s.", example=self.example),
            PercentIssue.TOO_LARGE: gettext("Số phần trăm từ 0 đến 100, ví dụ %(example)s.", example=self.example),
            PercentIssue.TOO_FINE: gettext(
                "Ghi nhiều nhất %(n)s chữ số sau dấu phẩy, ví dụ %(example)s.", n=self.decimals, example=self.example
            ),
        }
        return str(words[issue])


def guess_field(rules: Rules, *, required: bool) -> Any:
    """Return the field of the guess that *rules* ask for."""
    words = {
        GuessTarget.PERFECT: _("Theo bạn, bao nhiêu người đúng tất cả các câu?"),
        GuessTarget.PEOPLE: _("Theo bạn, bao nhiêu người dự thi?"),
        GuessTarget.PERCENT: _("Theo bạn, bao nhiêu phần trăm người dự thi đúng tất cả các câu?"),
    }
    needed = [InputRequired(_("Bạn chưa dự đoán. Xin nhập một số."))] if required else []
    label = words[rules.guess_target]
    if rules.guess_target is GuessTarget.PERCENT:
        return PercentField(label, decimals=rules.guess_decimals, validators=needed)
    return CountField(label, validators=[*needed, _guess_in_bounds])


def _guess_in_bounds(_form: Any, field: Any) -> None:
    if field.data is not None and not 0 <= field.data <= LARGEST_GUESS:
        raise ValidationError(gettext("Dự đoán là một số từ 0 đến 10.000.000."))
