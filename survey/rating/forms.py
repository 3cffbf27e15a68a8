"""The forms of citizens: rate, add reasons and a comment, look up a receipt."""

from functools import lru_cache
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from core.translation import translate
from core.values.text import clean
from core.web.forms import CitizenForm, RehearsedForm, SignedForm, TextField, options
from survey.instrument.rules.definition import parse_instrument, text_of
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVEL, LONGEST_COMMENT
from survey.rating.operations.additions import Addition
from survey.rating.operations.record import Opinion
from survey.rating.rules.privacy import is_personal


class SaidMore:
    """The fields of reasons and comment, which two forms have."""

    reasons = SelectMultipleField(
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    comment = TextAreaField(
        filters=[lambda text: clean(text or "")],
        validators=[
            Length(
                max=LONGEST_COMMENT,
                message=_("Góp ý dài quá %(longest)s chữ. Xin rút ngắn lại.", longest=LONGEST_COMMENT),
            )
        ],
    )

    def label_with(self, instrument: str, language: str) -> None:
        """Take labels and options from the stored text of *instrument*."""
        self.reasons.label.text, self.reasons.choices = _words(instrument, self.reasons.name, language)
        self.comment.label.text = _words(instrument, self.comment.name, language)[0]

    def validate_comment(self, field: Any) -> None:
        """Refuse telephone and identity numbers and e-mail addresses, so that staff can't learn who rated.

        A comment that is too long is not searched: that takes time in proportion to its length.
        """
        if not field.errors and is_personal(field.data or ""):
            raise ValidationError(
                gettext(
                    "Góp ý có số điện thoại, số căn cước hoặc địa chỉ thư điện tử. "
                    "Xin bỏ đi để không ai biết ông/bà là ai."
                )
            )

    @property
    def says_more(self) -> bool:
        """Whether a reason is ticked or a comment written."""
        return bool(self.reasons.data or self.comment.data)

    @property
    def words(self) -> dict[str, Any]:
        """Return reasons and comment as values by which two submissions are the same answer."""
        return {"reasons": sorted(self.reasons.data or []), "comment": self.comment.data or ""}


class RatingForm(SaidMore, RehearsedForm):
    """The quick rating: its labels and options are those of the instrument that is answered.

    Its page asks for the level alone. Reasons and comment are accepted from pages that were opened before they moved to
    the page of thanks, and given back where such a page is shown again.
    """

    level = RadioField(
        coerce=int,
        validators=[InputRequired(_("Ông/bà chưa chọn mức nào. Xin chọn một trong năm mức."))],
    )

    device = HiddenField()
    """A random mark that the browser keeps for two weeks, if it has scripts."""

    def __init__(self, instrument: str, language: str = "vi") -> None:
        """Take the stored text of the instrument, by which its words are kept."""
        super().__init__()
        self.level.label.text, self.level.choices = _words(instrument, self.level.name, language)
        self.label_with(instrument, language)

    @property
    def opinion(self) -> Opinion:
        """Return the opinion of a valid form."""
        return Opinion(Level(self.level.data), self.reasons.data or [], self.comment.data or "")

    def body(self, code: str) -> dict[str, Any]:
        """Return the values by which two submissions are the same answer."""
        return {"counter": code, "level": self.level.data, **self.words}


class AdditionForm(SaidMore, SignedForm):
    """Reasons and a comment for a rating that is recorded; its ticket says for which, and is its idempotency key."""

    ticket = HiddenField()

    def __init__(self, instrument: str, language: str = "vi", **more: Any) -> None:
        """Take the stored text of the instrument."""
        super().__init__(**more)
        self.label_with(instrument, language)

    def validate(self, *args: Any, **more: Any) -> bool:
        """Refuse a form in which nothing is said."""
        is_valid: bool = super().validate(*args, **more)
        if is_valid and not self.says_more:
            self.form_errors.append(
                gettext("Ông/bà chưa chọn và chưa viết gì. Không muốn nói thêm thì cứ đóng trang này.")
            )
            return False
        return is_valid

    @property
    def mistakes(self) -> list[str]:
        """Return the errors that stand above the form; those of the comment stand beside it."""
        return [*self.form_errors, *self.form_token.errors, *self.reasons.errors]

    @property
    def addition(self) -> Addition:
        """Return what a valid form adds."""
        return Addition(self.reasons.data or [], self.comment.data or "")


def level_words(instrument: str, language: str) -> dict[Level, str]:
    """Return the words of each level in the stored text of *instrument*."""
    return {Level(int(choice.value)): str(choice.label) for choice in _words(instrument, LEVEL, language)[1]}


@lru_cache(maxsize=64)
def _words(instrument: str, code: str, language: str) -> tuple[str, list[SelectChoice]]:
    """Return the label and the options of an item, made once a process: they took longer than checking the answers."""
    item = parse_instrument(instrument).item(code)
    return translate(text_of(item.label, language)), options(
        (each.code, text_of(each.label, language)) for each in item.options
    )


class RatingReceiptForm(CitizenForm):
    """A receipt code, as typed from paper, and whether to erase the comment of its rating."""

    code = TextField(_("Mã tra cứu"), validators=[InputRequired(_("Xin nhập mã tra cứu."))])
    act = HiddenField()
