"""The forms for questions: a round's questions as one text, a file or a pasted text, and what to do with it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from core.translation import gettext, said
from core.values.text import N_, Sentence, clean
from core.web.forms import CountField, FileForm, StaffForm, TextField, options
from quiz.bank.forms.pictures import OWN as OF_QUESTION
from quiz.bank.forms.pictures import PictureForm, add_picture_fields
from quiz.bank.labels import LEVELS
from quiz.bank.rules.checks import check_questions
from quiz.bank.rules.english import read_english
from quiz.bank.rules.parsed import Parsed, ParsedQuestion, Problem, lettered
from quiz.bank.rules.pictures import KnownPictures
from quiz.bank.rules.text_form import read_text

MOST_MISTAKES = 5
"""The most mistakes that a field reports at once."""
LONGEST_TEXT = 400_000
"""Letters of a pasted text: 1.000 long questions."""
MOST_EACH = 200
"""The most questions of a round that a plan spreads."""
APPEND, REPLACE = "them", "thay"
OWN, SHARED = "cuoc-thi", "don-vi"
BY_WEEK, EVENLY = "theo-tuan", "chia-deu"
OFFERED = "ABCDEF"
"""The letters of the choices that the form of one question offers."""
_UNWRITTEN = "…"
"""Stands for a missing text while the choices are checked."""


def _one_line(text: str | None) -> str:
    return clean(text or "")


def _level(value: str | int | None) -> int | None:
    return int(value) if value else None


def _not_longer(_form: Any, field: Any) -> None:
    if len(field.data or "") > LONGEST_TEXT:
        raise ValidationError(gettext("Văn bản dài quá %(most)s chữ. Xin chia làm nhiều lần.", most=LONGEST_TEXT))


class QuestionsForm(StaffForm):
    """The questions of a round as one text: a blank line between questions, * before the right choice; and the same in
    English, which a round may do without.
    """

    text = TextAreaField(N_("Câu hỏi của đợt"), validators=[InputRequired(N_("Xin dán câu hỏi.")), _not_longer])
    english = TextAreaField(N_("Câu hỏi của đợt bằng tiếng Anh"), validators=[_not_longer])
    questions: Sequence[ParsedQuestion] = ()
    known: KnownPictures = KnownPictures()
    """The pictures of the bank, which the text may name."""

    def validate_text(self, field: Any) -> None:
        """Require that each block is a question with at least two choices and a right one."""
        parsed = read_text(field.data, self.known)
        if parsed.errors:
            raise ValidationError(" ".join(said(problem.reason) for problem in parsed.errors[:MOST_MISTAKES]))
        self.questions = parsed.questions

    def validate_english(self, field: Any) -> None:
        """Require a text in English for each question, with the same choices, or none at all."""
        if not self.questions:
            return
        self.questions, mistakes = read_english(field.data or "", self.questions)
        if mistakes:
            raise ValidationError(" ".join(said(reason) for reason in mistakes[:MOST_MISTAKES]))


class QuestionFileForm(FileForm):
    """A file of questions, or a text pasted from Word or Excel."""

    sheet = FileField(N_("Tệp câu hỏi"))
    text = TextAreaField(N_("Hoặc dán câu hỏi"), validators=[Optional(), _not_longer])

    def validate_sheet(self, field: Any) -> None:
        """Require a file or a text."""
        if not field.data and not (self.text.data or "").strip():
            raise ValidationError(N_("Xin chọn tệp, hoặc dán câu hỏi vào ô bên dưới."))


class QuestionImportForm(StaffForm):
    """The decision about questions that were read: store them, read an edited text, or drop them."""

    mode = RadioField(N_("Đợt này đã có câu hỏi"), choices=options([(APPEND, ""), (REPLACE, "")]), default=APPEND)
    way = RadioField(
        N_("Cách chia"),
        choices=options([(BY_WEEK, N_("Theo các tuần ghi trong tệp")), (EVENLY, N_("Chia đều theo thứ tự trong tệp"))]),
        default=BY_WEEK,
    )
    each = CountField(N_("Mỗi đợt mấy câu"), validators=[Optional()])
    text = TextAreaField(N_("Câu hỏi dưới dạng văn bản"), validators=[Optional(), _not_longer])
    bring_in = SubmitField(N_("Đưa vào"))
    read_again = SubmitField(N_("Đọc lại"))
    drop = SubmitField(N_("Hủy, không đưa vào"))

    share = SubmitField(N_("Xem cách chia"))

    def offer_bank(self) -> "QuestionImportForm":
        """Offer the bank of the contest and that of the unit."""
        del self.each, self.way
        self.mode.label.text = gettext("Ai dùng được các câu này")
        words = (gettext("Chỉ cuộc thi này"), gettext("Mọi cuộc thi của đơn vị"))
        self.mode.choices = options(zip((OWN, SHARED), words, strict=True))
        self.mode.data = self.mode.data if self.mode.data in {OWN, SHARED} else OWN
        return self

    def offer(self, *, asked: int) -> "QuestionImportForm":
        """Offer to add to the *asked* questions of the round or to replace them; a target without any has no choice."""
        words = (gettext("Thêm vào sau %(n)s câu đang có", n=asked), gettext("Thay %(n)s câu đang có", n=asked))
        self.mode.choices = options(zip((APPEND, REPLACE), words, strict=True))
        if not asked:
            del self.mode
        del self.each, self.way
        return self

    def offer_plan(self, *, rounds: int, blank: int, is_headed: bool) -> "QuestionImportForm":
        """Offer to fill the *blank* ones of the *rounds* of a plan, or to replace the questions of all; a file that
        *is_headed* by weeks can be shared by them.
        """
        fill = gettext("Chia cho %(n)s đợt chưa có câu hỏi", n=blank)
        keep = gettext("Cất vào ngân hàng, không đợt nào thay đổi")
        words = (fill if blank else keep, gettext("Chia lại cho mọi đợt, thay câu hỏi đang có"))
        self.mode.label.text = gettext("Đã có đợt có câu hỏi")
        self.mode.choices = options(zip((APPEND, REPLACE), words, strict=True))
        if blank == rounds:
            del self.mode
        if not is_headed:
            del self.way
        return self

    def validate_each(self, field: Any) -> None:
        """Require at least one question for each round, or nothing for an even share."""
        if field.data is not None and not 1 <= field.data <= MOST_EACH:
            raise ValidationError(gettext("Số câu mỗi đợt từ 1 đến %(most)s, hoặc để trống.", most=MOST_EACH))

    @property
    def replaces(self) -> bool:
        """Whether the questions replace those that are there."""
        return self.mode is not None and self.mode.data == REPLACE

    @property
    def by_week(self) -> bool:
        """Whether the weeks that the file names decide which round gets which questions."""
        return self.way is not None and self.way.data == BY_WEEK

    @property
    def is_shared(self) -> bool:
        """Whether the questions go into the bank of the unit."""
        return self.mode is not None and self.mode.data == SHARED


class BankQuestionForm(PictureForm):
    """A question of the bank: its text, up to six choices, which of them are right, and what is read afterwards."""

    text = TextAreaField(N_("Lời câu hỏi"), filters=[_one_line], validators=[InputRequired(N_("Xin ghi câu hỏi."))])
    choice_a = TextAreaField(N_("Phương án A"), filters=[_one_line])
    choice_b = TextAreaField(N_("Phương án B"), filters=[_one_line])
    choice_c = TextAreaField(N_("Phương án C"), filters=[_one_line])
    choice_d = TextAreaField(N_("Phương án D"), filters=[_one_line])
    choice_e = TextAreaField(N_("Phương án E"), filters=[_one_line])
    choice_f = TextAreaField(N_("Phương án F"), filters=[_one_line])
    right = SelectMultipleField(
        N_("Phương án đúng"),
        choices=options((letter, letter) for letter in OFFERED),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    explanation = TextAreaField(N_("Giải thích"), filters=[_one_line])
    source = TextField(N_("Căn cứ"))
    topic = TextField(N_("Chủ đề"))
    difficulty = SelectField(
        N_("Mức độ"), coerce=_level, choices=options([("", N_("Chưa xếp")), *enumerate(LEVELS, start=1)])
    )
    is_shared = BooleanField(N_("Dùng chung cho mọi cuộc thi của đơn vị"))

    @property
    def rows(self) -> list[tuple[Any, str]]:
        """The fields of the choices with their letters."""
        return [(self[f"choice_{letter.lower()}"], letter) for letter in OFFERED]

    def fill(self, question: ParsedQuestion, *, is_shared: bool) -> "BankQuestionForm":
        """Show a question for editing."""
        for name in ("text", "explanation", "source", "topic", "difficulty"):
            self[name].data = getattr(question, name)
        for choice in question.choices:
            if choice.letter in OFFERED:
                self[f"choice_{choice.letter.lower()}"].data = choice.text
                self.hold(choice.letter.lower(), choice.image)
        self.hold(OF_QUESTION, question.image)
        self.right.data, self.is_shared.data = sorted(question.key), is_shared
        return self

    @property
    def typed(self) -> ParsedQuestion:
        """The question as typed, without the blank choices at its end."""
        texts = [field.data or "" for field, _ in self.rows]
        pictures = [self.picture(letter.lower()) for letter in OFFERED]
        while texts and not texts[-1] and not pictures[len(texts) - 1]:
            texts.pop()
        right = {OFFERED.index(letter) for letter in self.right.data or ()}
        choices = lettered(texts, right)
        return ParsedQuestion(
            self.text.data or "",
            tuple(replace(choice, image=image) for choice, image in zip(choices, pictures, strict=False)),
            self.explanation.data or "",
            self.source.data or "",
            self.topic.data or "",
            self.difficulty.data,
            image=self.picture(OF_QUESTION),
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the question as one that was read from a file."""
        is_valid = super().validate(extra_validators)
        if not self.take_pictures() or (not is_valid and set(self.errors) != {"text"}):
            return False
        typed = self.typed if is_valid else replace(self.typed, text=_UNWRITTEN)
        errors = check_questions(Parsed([typed])).errors
        blank = [letter for letter in self.right.data or () if OFFERED.index(letter) >= len(typed.choices)]
        if blank:
            self.right.errors = [gettext("Phương án %(letters)s đúng mà để trống.", letters=", ".join(blank))]
        elif errors:
            words = "; ".join(said(_reason(each)) for each in errors)
            self.form_errors.append(words[:1].upper() + words[1:])
            if not self.right.data and len(typed.choices) < 2:
                self.right.errors = [gettext("Xin đánh dấu phương án đúng.")]
        return is_valid and not blank and not errors


add_picture_fields(BankQuestionForm, OF_QUESTION, *OFFERED.lower())


def _reason(problem: Problem) -> Sentence | str:
    """Return a reason without the number of the question, which is alone in its form."""
    reason = getattr(problem.reason, "values", {}).get("reason", problem.reason)
    return reason if isinstance(reason, (Sentence, str)) else str(reason)


class BankActionForm(StaffForm):
    """The action on the ticked questions of a bank."""

    chosen = SelectMultipleField(N_("Câu hỏi"), coerce=int, validate_choice=False)
    round = SelectField(N_("Đưa vào đợt"), coerce=_level, choices=[])
    ask = SubmitField(N_("Đưa vào đợt"))
    review = SubmitField(N_("Đã rà soát"))

    def offer(self, rounds: Sequence[tuple[int, str]]) -> "BankActionForm":
        """Offer the rounds that have not opened."""
        self.round.choices = options(rounds)
        return self


class MendForm(StaffForm):
    """The words of a question without a typing error."""

    text = TextAreaField(N_("Lời câu hỏi"), filters=[_one_line], validators=[InputRequired(N_("Xin ghi câu hỏi."))])
