"""A participant's forms: registration, coming back, and the paper itself."""

import re
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, ValidationError
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from core.crypto import read_codes
from core.values.codes import read
from core.values.dates import moment
from core.values.phone import PhoneError, canonical
from core.web.forms import CitizenForm, PickField, RehearsedForm, TextField, options
from core.web.person_fields import BirthYearField, PersonNameField
from privacy.rules.age import OLDEST, may_be_child
from quiz.attempt.forms.guess import guess_field
from quiz.attempt.queries.paper import AskedQuestion, Paper
from quiz.contest.labels.consent import CONSENT
from quiz.contest.models import Bloc
from quiz.contest.operations.cards import CARD_LETTERS
from quiz.contest.operations.registration import Identity
from quiz.contest.rules.consent import WORDING, Purpose, wording_of
from quiz.contest.rules.presets import GuessTarget, Rules

ANSWER = re.compile(r"q[0-9]{1,4}")
"""The name of a question's field, of this paper or another."""


class CardField(TextField):
    """The code of an entry card, as typed from paper or read from its QR code; `read` is None for a blank one."""

    read: str | None = None

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - WTForms' signature
        """Require ten letters; look-alikes are accepted."""
        self.read = read(self.data or "", CARD_LETTERS)
        if self.data and self.read is None:
            raise ValidationError(gettext("Mã thẻ gồm 10 chữ và số. Xin xem lại trên thẻ."))


class RegistrationForm(RehearsedForm):
    """Registration: name, phone, birth year, the unit to enter for, and a separate consent box per purpose."""

    name = PersonNameField(_("Họ và tên"), validators=[InputRequired(_("Xin nhập họ và tên.")), Length(max=100)])
    phone = TextField(_("Số điện thoại"), validators=[InputRequired(_("Xin nhập số điện thoại."))])
    birth_year = BirthYearField(_("Năm sinh"), validators=[InputRequired(_("Xin nhập năm sinh."))])
    unit = PickField(_("Đơn vị dự thi"), missing=_("Xin chọn đơn vị dự thi."))
    bloc = RadioField(_("Đối tượng dự thi"), coerce=int, validators=[InputRequired(_("Xin chọn đối tượng dự thi."))])
    card = CardField(_("Mã thẻ dự thi"))
    consent = BooleanField(
        CONSENT[WORDING][Purpose.TAKING_PART],
        validators=[InputRequired(_("Cần bạn đồng ý thì Ban Tổ chức mới được giữ thông tin."))],
    )
    guardian = BooleanField(CONSENT[WORDING][Purpose.GUARDIAN])
    named = BooleanField(CONSENT[WORDING][Purpose.NAMED])
    reached = BooleanField(CONSENT[WORDING][Purpose.REACHED])

    def expect(self, *, today: date, youngest: int) -> "RegistrationForm":
        """Set the present day and the lowest age."""
        self.today, self.youngest = today, youngest
        return self

    asked_more: tuple[str, ...] = ()
    """The names of the fields that the contest asks besides; the fields are `more1`, `more2`, …"""

    @property
    def more_fields(self) -> list[Any]:
        """The fields that the contest asks besides."""
        return [self[f"more{at}"] for at in range(1, len(self.asked_more) + 1)]

    @property
    def more(self) -> dict[str, str]:
        """The answers to them, by their names; blanks are left out."""
        pairs = zip(self.asked_more, self.more_fields, strict=True)
        return {name: field.data for name, field in pairs if field.data}

    def offer_blocs(self, blocs: Collection[Bloc]) -> "RegistrationForm":
        """Set the blocs of the contest to choose from; without blocs nothing is asked."""
        if blocs or self.asked_more:
            self.consent.label.text = CONSENT[wording_of(asks_more=True)][Purpose.TAKING_PART]
        if blocs:
            self.bloc.choices = options((bloc.position, bloc.name) for bloc in blocs)
        else:
            del self.bloc
        return self

    @property
    def chosen_bloc(self) -> int | None:
        """The chosen bloc; None in a contest without blocs."""
        return self.bloc.data if "bloc" in self else None

    def validate_phone(self, field: Any) -> None:
        """Require a Vietnamese number in any form; the typed text is kept for showing it again."""
        try:
            self.canonical_phone = canonical(field.data)
        except PhoneError as error:
            raise ValidationError(str(error)) from error

    def validate_birth_year(self, field: Any) -> None:
        """Require a credible year of somebody old enough for the contest."""
        if field.data is None:
            return
        latest = self.today.year - self.youngest
        if not self.today.year - OLDEST <= field.data <= self.today.year:
            raise ValidationError(
                gettext("Năm sinh từ %(first)s đến %(last)s.", first=self.today.year - OLDEST, last=latest)
            )
        if field.data > latest:
            raise ValidationError(
                gettext(
                    "Cuộc thi dành cho người từ %(age)s tuổi (sinh năm %(year)s trở về trước).",
                    age=self.youngest,
                    year=latest,
                )
            )

    def validate_guardian(self, field: Any) -> None:
        """Require a guardian's consent for a person who may be under 16."""
        year = self.birth_year.data
        if year is not None and not self.birth_year.errors and may_be_child(year, self.today.year) and not field.data:
            raise ValidationError(gettext("Người có thể chưa đủ 16 tuổi cần cha, mẹ hoặc người giám hộ cho phép."))

    @property
    def agreed(self) -> frozenset[Purpose]:
        """The purposes whose boxes are ticked; the guardian's box counts only where it is required."""
        boxes = {Purpose.TAKING_PART: self.consent, Purpose.NAMED: self.named, Purpose.REACHED: self.reached}
        if may_be_child(self.birth_year.data, self.today.year):
            boxes[Purpose.GUARDIAN] = self.guardian
        return frozenset(purpose for purpose, box in boxes.items() if box.data)

    @property
    def identity(self) -> Identity:
        """The identity, once the form is valid."""
        return Identity(name=self.name.data or "", phone=self.canonical_phone, birth_year=self.birth_year.data or 0)

    def body(self) -> dict[str, Any]:
        """Return the values by which two submissions are the same registration."""
        identity = self.identity
        return {
            "name": identity.name,
            "phone": identity.phone,
            "year": identity.birth_year,
            "unit": self.unit.data,
            "card": self.card.read,
            "agreed": sorted(self.agreed),
            **({"bloc": self.chosen_bloc} if "bloc" in self else {}),
            **({"more": self.more} if self.asked_more else {}),
        }


class TypedCodeForm(CitizenForm):
    """A code as typed from paper; the form of each kind declares the field `code`."""

    readings: tuple[str, ...] = ()
    """The codes that may be meant, the likeliest first; one, unless a Vietnamese keyboard changed some letters."""

    def validate_code(self, field: Any) -> None:
        """Require sixteen letters; look-alikes and diacritics of a keyboard are accepted."""
        self.readings = read_codes(field.data)
        if not self.readings and not field.data.isascii():
            raise ValidationError(
                gettext("Chưa đọc được mã: xin tắt bộ gõ tiếng Việt (Telex, VNI) rồi gõ lại 16 chữ và số.")
            )
        if not self.readings:
            typed = sum(letter.isalnum() for letter in field.data)
            raise ValidationError(gettext("Mã gồm 16 chữ và số, ở đây có %(n)s. Xin xem lại.", n=typed))


class EnterForm(TypedCodeForm):
    """A personal code."""

    code = TextField(_("Mã cá nhân"), validators=[InputRequired(_("Xin nhập mã của bạn."))])


class ConfirmForm(EnterForm):
    """A personal code with the code of an entry card."""

    card = CardField(_("Mã thẻ dự thi"), validators=[InputRequired(_("Xin nhập mã trên thẻ."))])


class AttemptReceiptForm(TypedCodeForm):
    """A receipt code."""

    code = TextField(_("Mã tra cứu"), validators=[InputRequired(_("Xin nhập mã tra cứu."))])


class PaperForm(CitizenForm):
    """The fields of a paper that don't depend on its questions; `paper_form` adds those."""

    start = HiddenField()
    blanks_seen = HiddenField()

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
        if not left or self.blanks_seen.data:
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
    shown: dict[str, Any] = {"choices": options(question.choices), "description": _mended(question.mended_at)}
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
