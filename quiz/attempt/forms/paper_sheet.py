"""The staff's forms of paper sheets: how many to print, and what a sheet says."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext
from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import InputRequired

from core.values.text import N_
from core.web.forms import CountField, StaffForm, TextField
from quiz.attempt.forms.guess import guess_field
from quiz.attempt.forms.more import further
from quiz.attempt.forms.registration import PersonFields
from quiz.attempt.queries.paper import AskedQuestion, Paper
from quiz.attempt.rules.keying import KeyedPaper, read_letters
from quiz.contest.rules.fields import RegistrationField
from quiz.contest.rules.presets import GuessTarget, Rules

MOST_PRINTED = 300
INSISTS = "dung-phieu"
"""The button of the second person who has looked at the sheet again."""


class PrintSheetsForm(StaffForm):
    """How many sheets to print."""

    quantity = CountField(N_("Số phiếu"), validators=[InputRequired(N_("Xin ghi số phiếu."))])
    is_checked = BooleanField(
        N_("Đã soát đề: in rồi mà đổi câu hỏi thì phiếu in trước không nhập được nữa"),
        validators=[InputRequired(N_("Xin soát đề rồi đánh dấu ô này."))],
    )

    def validate_quantity(self, field: Any) -> None:
        """Require 1 to 300 sheets at a time."""
        if field.data is not None and not 1 <= field.data <= MOST_PRINTED:
            raise ValidationError(gettext("Mỗi lần in từ 1 đến %(most)s phiếu.", most=MOST_PRINTED))


class KeyedPaperForm(PersonFields, StaffForm):
    """The facts that a sheet gives of its participant, and the button; `keyed_form` adds questions and guess."""

    deed = StringField()

    def keyed(self, paper: Paper) -> KeyedPaper:
        """Return what was keyed in, once the form is valid."""
        identity = self.identity
        places = [question.position for question in paper.questions]
        return KeyedPaper(
            name=identity.name,
            phone=self.canonical_phone,
            birth_year=self.birth_year.data or 0,
            unit_id=self.unit.data or 0,
            agreed=sorted(self.agreed),
            bloc=self.chosen_bloc,
            more=self.more,
            answers={str(place): self[f"q{place}"].letters for place in places if self[f"q{place}"].letters},
            guess=self["guess"].data if "guess" in self else None,
        )


class LettersField(TextField):
    """The letters of an answer on paper; blank where nothing, or nothing clear, is ticked."""

    letters = ""

    def __init__(self, label: str, *, question: AskedQuestion, **more: Any) -> None:
        super().__init__(label, **more)
        self._question = question

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - WTForms' signature
        """Require letters that the question offers; one, unless it asks for several."""
        offered = "".join(letter for letter, _text in self._question.choices)
        found = read_letters(self.data or "", offered, several=self._question.asks_several)
        if found is None:
            place = self._question.position
            said = gettext("Câu %(n)s: ghi một chữ trong %(letters)s, hoặc để trống.", n=place, letters=offered)
            raise ValidationError(said)
        self.letters = found


def keyed_form(paper: Paper, rules: Rules, asked: Collection[RegistrationField] = ()) -> KeyedPaperForm:
    """Return the form for keying in *paper* of a round with *rules*, of a contest that asks for *asked* besides."""
    fields: dict[str, Any] = {
        f"q{each.position}": LettersField(gettext("Câu %(place)s", place=each.position), question=each)
        for each in paper.questions
    }
    if rules.guess_target is not GuessTarget.NONE:
        fields["guess"] = guess_field(rules, required=False)
    form: KeyedPaperForm = type("KeyedPaperForm", (KeyedPaperForm,), fields | further(asked))()
    form.asked_more = tuple(each.name for each in asked)
    return form
