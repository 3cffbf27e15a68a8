"""The staff's forms of paper sheets: how many to print, and what a sheet says."""

from collections.abc import Collection
from typing import Any, Self

from flask_babel import gettext
from wtforms import BooleanField, HiddenField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from core.values.text import N_
from core.web.forms import CountField, PickField, StaffForm, TextField
from quiz.attempt.forms.entry import read_typed
from quiz.attempt.forms.guess import guess_field
from quiz.attempt.forms.more import further
from quiz.attempt.forms.registration import PersonFields
from quiz.attempt.queries.paper import AskedQuestion, Paper
from quiz.attempt.rules.keying import KeyedPaper, read_letters
from quiz.contest.models import Bloc
from quiz.contest.rules.fields import RegistrationField
from quiz.contest.rules.presets import GuessTarget, Rules

MOST_PRINTED = 300
INSISTS, DISCARDS = "dung-phieu", "bo-lan-mot"
"""The buttons of the second person who has looked at the sheet again, and of one who discards the first reading."""
AGREED: dict[str, str] = {
    "consent": N_("Đồng ý cho giữ thông tin để dự thi"),
    "guardian": N_("Cha, mẹ hoặc người giám hộ đồng ý"),
    "named": N_("Cho nêu tên khi đạt giải"),
    "reached": N_("Cho gọi, nhắn tin về cuộc thi"),
}
"""The boxes of a sheet, in the words of the official who keys them in; the sheet itself has the participant's."""


class PrintSheetsForm(StaffForm):
    """How many sheets to print."""

    quantity = CountField(N_("In bao nhiêu phiếu"), validators=[InputRequired(N_("Xin ghi in bao nhiêu phiếu."))])
    is_checked = BooleanField(
        N_("Đã soát đề: in rồi mà đổi câu hỏi thì phiếu in trước không nhập được nữa"),
        validators=[InputRequired(N_("Xin soát đề rồi đánh dấu ô này."))],
    )

    def validate_quantity(self, field: Any) -> None:
        """Require 1 to 300 sheets at a time."""
        if field.data is not None and not 1 <= field.data <= MOST_PRINTED:
            raise ValidationError(gettext("Mỗi lần in từ 1 đến %(most)s phiếu.", most=MOST_PRINTED))


class ReprintForm(StaffForm):
    """From which number to which sheets are printed again."""

    first = CountField(N_("Từ phiếu số"), validators=[InputRequired(N_("Xin ghi số phiếu."))])
    last = CountField(N_("đến số"), validators=[InputRequired(N_("Xin ghi số phiếu."))])

    def validate_last(self, field: Any) -> None:
        """Require 1 to 300 sheets at a time."""
        if self.first.data is None or field.data is None:
            return
        if not 1 <= field.data - self.first.data + 1 <= MOST_PRINTED:
            raise ValidationError(gettext("Mỗi lần in từ 1 đến %(most)s phiếu.", most=MOST_PRINTED))


class PrintNamedForm(StaffForm):
    """The unit for whose participants sheets are printed, and why."""

    unit = PickField(N_("Đơn vị"), missing=N_("Xin chọn đơn vị."))
    reason = TextField(N_("Lý do"), validators=[InputRequired(N_("Xin ghi lý do.")), Length(max=500)])
    again = BooleanField(N_("In lại cả phiếu đã in trước (mất, hỏng): vẫn là tờ ấy, mã ấy"))
    is_checked = BooleanField(
        N_("Đã soát đề: in rồi mà đổi câu hỏi thì phiếu in trước không nhập được nữa"),
        validators=[InputRequired(N_("Xin soát đề rồi đánh dấu ô này."))],
    )


class SheetAnswersForm(StaffForm):
    """The answers on a sheet, and the button; `keyed_form` adds questions and guess."""

    deed = StringField()

    def answers(self, paper: Paper) -> dict[str, str]:
        """Return the letters by place."""
        places = [question.position for question in paper.questions]
        return {str(place): self[f"q{place}"].letters for place in places if self[f"q{place}"].letters}

    @property
    def guessed(self) -> int | None:
        """The guess, None without one."""
        guess: int | None = self["guess"].data if "guess" in self else None
        return guess


class NamedPaperForm(SheetAnswersForm):
    """A sheet that was printed for one participant: its code stands for the person."""

    ma = HiddenField()

    def keyed(self, paper: Paper) -> KeyedPaper:
        """Return what was keyed in, once the form is valid."""
        return KeyedPaper("", "", 0, 0, (), self.answers(paper), self.guessed)


class KeyedPaperForm(PersonFields, SheetAnswersForm):
    """The facts that a sheet for anybody gives of its participant, with the personal code of one who has registered."""

    consent = BooleanField(
        AGREED["consent"], validators=[InputRequired(N_("Phiếu không đánh dấu đồng ý dự thi thì không nhập được."))]
    )
    guardian = BooleanField(AGREED["guardian"])
    named = BooleanField(AGREED["named"])
    reached = BooleanField(AGREED["reached"])
    code = TextField(N_("Mã cá nhân ghi trên phiếu"), validators=[Optional()])
    readings: tuple[str, ...] = ()

    def offer_blocs(self, blocs: Collection[Bloc], *, asks_more: bool = False) -> Self:
        """Set the blocs to choose from; the words of the boxes stay those of the official who keys in."""
        super().offer_blocs(blocs, asks_more=asks_more)
        words = AGREED["consent"]
        self.consent.label.text = gettext(words)
        return self

    def validate_code(self, field: Any) -> None:
        """Require a whole code where there is one."""
        self.readings = read_typed(field.data)

    def keyed(self, paper: Paper) -> KeyedPaper:
        """Return what was keyed in, once the form is valid and its code was found to be that of the person."""
        identity = self.identity
        return KeyedPaper(
            name=identity.name,
            phone=self.canonical_phone,
            birth_year=self.birth_year.data or 0,
            unit_id=self.unit.data or 0,
            agreed=sorted(self.agreed),
            bloc=self.chosen_bloc,
            more=self.more,
            has_code=bool(self.readings),
            answers=self.answers(paper),
            guess=self.guessed,
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
    fields = _answer_fields(paper, rules) | further(asked)
    form: KeyedPaperForm = type("KeyedPaperForm", (KeyedPaperForm,), fields)()
    form.asked_more = tuple(each.name for each in asked)
    _name_guess(form)
    return form


def named_form(paper: Paper, rules: Rules) -> NamedPaperForm:
    """Return the form for keying in *paper* of a sheet that was printed for one participant."""
    form: NamedPaperForm = type("NamedPaperForm", (NamedPaperForm,), _answer_fields(paper, rules))()
    _name_guess(form)
    return form


def _name_guess(form: SheetAnswersForm) -> None:
    """Ask for the guess in the words of the official, who copies it."""
    if "guess" in form:
        form["guess"].label.text = gettext("Dự đoán ghi trên phiếu")


def _answer_fields(paper: Paper, rules: Rules) -> dict[str, Any]:
    fields: dict[str, Any] = {
        f"q{each.position}": LettersField(gettext("Câu %(place)s", place=each.position), question=each)
        for each in paper.questions
    }
    if rules.guess_target is not GuessTarget.NONE:
        fields["guess"] = guess_field(rules, required=False)
    return fields
