"""A participant's forms: registration, coming back, and the paper itself."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, IntegerField, RadioField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import AnyOf, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from core.crypto import new_key, read_codes
from core.values.dates import moment
from core.web.forms import CitizenForm, TextField, options
from core.web.language import is_read_on
from core.web.person_fields import PersonNameField
from quiz.attempt.forms.card import CardField
from quiz.attempt.forms.guess import guess_field
from quiz.attempt.queries.paper import AskedQuestion, Paper
from quiz.contest.rules.presets import GuessTarget, Rules

ANSWER = re.compile(r"q[0-9]{1,4}")
"""The name of a question's field, of this paper or another."""


class TypedCodeForm(CitizenForm):
    """A code as typed from paper; the form of each kind declares the field `code`."""

    readings: tuple[str, ...] = ()
    """The codes that may be meant, the likeliest first; one, unless a Vietnamese keyboard changed some letters."""

    def validate_code(self, field: Any) -> None:
        """Require sixteen letters; look-alikes and diacritics of a keyboard are accepted."""
        self.readings = read_typed(field.data)


def read_typed(typed: str) -> tuple[str, ...]:
    """Return the codes that may be meant by *typed*; raises ValidationError for none."""
    found = read_codes(typed)
    if not found and not typed.isascii():
        raise ValidationError(
            gettext("Chưa đọc được mã: xin tắt bộ gõ tiếng Việt (Telex, VNI) rồi gõ lại 16 chữ và số.")
        )
    if not found:
        letters = sum(letter.isalnum() for letter in typed)
        raise ValidationError(gettext("Mã gồm 16 chữ và số, ở đây có %(n)s. Xin xem lại.", n=letters))
    return found


class EnterForm(TypedCodeForm):
    """A personal code."""

    code = TextField(_("Mã cá nhân"), validators=[InputRequired(_("Xin nhập mã của bạn."))])


class BeginForm(EnterForm):
    """A personal code, and the name of a person who helps the participant on their phone."""

    helper = PersonNameField(_("Họ tên người giúp"), validators=[Optional(), Length(max=100)])


MINE, NOT_MINE = "cua-toi", "khong-phai"
"""The buttons under the question whether a paper sheet is theirs."""


class SheetAnswerForm(EnterForm):
    """A participant's answer whether the paper sheet of a number is theirs."""

    number = IntegerField(validators=[InputRequired()])
    deed = StringField(validators=[AnyOf((MINE, NOT_MINE))])


class ConfirmForm(EnterForm):
    """A personal code with the code of an entry card."""

    card = CardField(_("Mã thẻ dự thi"), validators=[InputRequired(_("Xin nhập mã trên thẻ."))])


class AttemptReceiptForm(TypedCodeForm):
    """A receipt code."""

    code = TextField(_("Mã tra cứu"), validators=[InputRequired(_("Xin nhập mã tra cứu."))])


class PaperForm(CitizenForm):
    """The fields of a paper that don't depend on its questions; `paper_form` adds those."""

    reads_on_in_head = False
    start = HiddenField()
    blanks_seen = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the answers; on a paper that is only read on, what is still blank is no mistake."""
        return not is_read_on() and super().validate(extra_validators)

    def fill_in(self, kept: Mapping[str, list[str]], start: str) -> None:
        """Fill in what was kept of an attempt, with its *start* token; what the paper does not ask is left out."""
        known: dict[str, list[str]] = {name: values for name, values in kept.items() if name in self._fields}
        self.process(formdata=MultiDict[str, str](known | {"key": [new_key()]}), start=start)

    def answers(self, paper: Paper) -> dict[str, frozenset[str]]:
        """Return the chosen letters of the round by its questions; a blank question is absent.

        On a drawn paper a blank one has no letters, so that the sheet itself says which questions were asked.
        """
        chosen = ((each.ref, each.stored_letters(self._chosen(each))) for each in paper.questions)
        return {ref: letters for ref, letters in chosen if letters or paper.is_drawn}

    def _chosen(self, question: AskedQuestion) -> frozenset[str]:
        data = self[f"q{question.position}"].data
        return frozenset(data if isinstance(data, list) else [data] if data else [])

    @property
    def guessed(self) -> int | None:
        """The guess; None where the rules have none."""
        return self.guess.data if "guess" in self else None

    def refuse_strange_answers(self, names: dict[str, int]) -> bool:
        """Whether *names* (field → times sent) contain a question of another paper or a repeated answer."""
        many = {name for name, field in self._fields.items() if isinstance(field, SelectMultipleField)}
        strange = [
            name
            for name, times in names.items()
            if ANSWER.fullmatch(name) and (name not in self._fields or (times > 1 and name not in many))
        ]
        if strange:
            self.form_errors.append(gettext("Có câu trả lời không thuộc đề này. Xin xem lại rồi nộp."))
        return bool(strange)

    left: tuple[int, ...] = ()
    """The places of the blank questions that the person is asked about."""

    def asks_about_blanks(self, paper: Paper) -> bool:
        """Return whether questions are blank and the person has not been warned; keeps their places in `left`, and the
        next tap confirms.
        """
        left = tuple(question.position for question in paper.questions if not self._chosen(question))
        if not left or self.blanks_seen.data or is_read_on():
            return False
        self.left, self.blanks_seen.data = left, "1"
        return True

    @property
    def lacks_guess(self) -> bool:
        """Whether the guess is refused because it is missing."""
        return (
            "guess" in self
            and bool(self.guess.errors)
            and self.guess.data is None
            and not any(self.guess.raw_data or ())
        )

    @property
    def has_other_mistakes(self) -> bool:
        """Whether anything is wrong besides blanks and a missing guess."""
        return bool(self.form_errors) or any(
            field.errors for field in self if field.name != "guess" or not self.lacks_guess
        )

    def body(self, paper: Paper) -> dict[str, Any]:
        """Return the values by which two submissions are the same paper."""
        chosen = ((str(question.position), sorted(self._chosen(question))) for question in paper.questions)
        answers = {position: letters for position, letters in chosen if letters}
        return {"start": self.start.data, "answers": answers, "guess": self.guessed}


def paper_form(paper: Paper, rules: Rules, *, guess_required: bool = True) -> PaperForm:
    """Return the form of a paper: a field per question, and the guess if the rules have one."""
    fields: dict[str, Any] = {f"q{question.position}": _answer_field(question) for question in paper.questions}
    if rules.guess_target is not GuessTarget.NONE:
        fields["guess"] = guess_field(rules, required=guess_required)
    form: PaperForm = type("PaperForm", (PaperForm,), fields)()
    return form


def question_form(question: AskedQuestion, place: object) -> PaperForm:
    """Return the form of one question alone, at *place* on its paper."""
    form: PaperForm = type("PaperForm", (PaperForm,), {f"q{place}": _answer_field(question)})()
    return form


def _answer_field(question: AskedQuestion) -> Any:
    labels = [(letter, text or " ") for letter, text in question.choices]  # a picture alone; "" would show its letter
    shown: dict[str, Any] = {"choices": options(labels), "description": _mended(question.mended_at)}
    if question.asks_several:
        return SelectMultipleField(
            question.text, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), **shown
        )
    return RadioField(question.text, validators=[_known_letter], validate_choice=False, **shown)


def _mended(at: datetime | None) -> str:
    """Return the note on a question whose typing error was mended after the round had opened."""
    return gettext("Ban Tổ chức đã sửa lỗi chính tả câu này lúc %(moment)s.", moment=moment(at)) if at else ""


def _known_letter(_form: Any, field: Any) -> None:
    """Refuse a letter that the question does not offer; a blank is allowed."""
    if field.data and field.data not in {choice.value for choice in field.choices}:
        raise ValidationError(gettext("Xin chọn một trong các phương án của câu này."))
