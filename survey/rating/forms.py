"""The forms of citizens: rate, and look up a receipt."""

from functools import lru_cache
from typing import Any

from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from core.translation import translate
from core.values.text import clean
from core.web.forms import CitizenForm, RehearsedForm, TextField, options
from survey.instrument.rules.definition import parse_instrument, text_of
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LONGEST_COMMENT
from survey.rating.operations.record import Opinion
from survey.rating.rules.privacy import is_personal


class RatingForm(RehearsedForm):
    """The quick rating: its labels and options are those of the instrument that is answered."""

    level = RadioField(
        coerce=int,
        validators=[InputRequired("Ông/bà chưa chọn mức nào. Xin chọn một trong năm mức.")],
    )
    reasons = SelectMultipleField(
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    comment = TextAreaField(
        filters=[lambda text: clean(text or "")],
        validators=[Length(max=LONGEST_COMMENT, message=f"Góp ý dài quá {LONGEST_COMMENT} chữ. Xin rút ngắn lại.")],
    )

    device = HiddenField()
    """A random mark that the browser keeps for two weeks, if it has scripts."""

    def __init__(self, instrument: str, language: str = "vi") -> None:
        """Take the stored text of the instrument, by which its words are kept."""
        super().__init__()
        for field in (self.level, self.reasons):
            field.label.text, field.choices = _words(instrument, field.name, language)
        self.comment.label.text = _words(instrument, self.comment.name, language)[0]

    def validate_comment(self, field: Any) -> None:
        """Refuse telephone and identity numbers and e-mail addresses, so that staff can't learn who rated."""
        if is_personal(field.data or ""):
            raise ValidationError(
                "Góp ý có số điện thoại, số căn cước hoặc địa chỉ thư điện tử. Xin bỏ đi để không ai biết ông/bà là ai."
            )

    @property
    def opinion(self) -> Opinion:
        """Return the opinion of a valid form."""
        return Opinion(Level(self.level.data), self.reasons.data or [], self.comment.data or "")

    def body(self, code: str) -> dict[str, Any]:
        """Return the values by which two submissions are the same answer."""
        return {
            "counter": code,
            "level": self.level.data,
            "reasons": sorted(self.reasons.data or []),
            "comment": self.comment.data or "",
        }


@lru_cache(maxsize=64)
def _words(instrument: str, code: str, language: str) -> tuple[str, list[SelectChoice]]:
    """Return the label and the options of an item, made once a process: they took longer than checking the answers."""
    item = parse_instrument(instrument).item(code)
    return translate(text_of(item.label, language)), options(
        (each.code, text_of(each.label, language)) for each in item.options
    )


class RatingReceiptForm(CitizenForm):
    """A receipt code, as typed from paper, and whether to erase the comment of its rating."""

    code = TextField("Mã tra cứu", validators=[InputRequired("Xin nhập mã tra cứu.")])
    act = HiddenField()
