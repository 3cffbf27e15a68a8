"""The organiser's forms: set up, correct and call off a contest."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from commune.forms import HotlineField, at_most, without_phone
from core.values.text import N_
from core.web.forms import CountField, PickField, StaffForm, TextField
from quiz.contest.forms.entering import EnteringForm, TermsForm
from quiz.contest.forms.prizes import PrizesForm
from quiz.contest.forms.schedule import ScheduleForm
from quiz.contest.rules.plan import PlannedRound


class WordsForm(StaffForm):
    """The texts of a contest, which may be corrected at any time."""

    title = TextField(N_("Tên cuộc thi"), validators=[InputRequired(N_("Xin nhập tên cuộc thi.")), at_most(200)])
    organiser = TextField(N_("Ban Tổ chức"), validators=[InputRequired(N_("Xin nhập tên Ban Tổ chức.")), at_most(200)])
    hotline = HotlineField(N_("Số điện thoại hỗ trợ"))
    summary = TextAreaField(
        N_("Giới thiệu ngắn"), filters=[lambda text: (text or "").strip()], validators=[at_most(2000)]
    )

    title_en = TextField(N_("Tên cuộc thi bằng tiếng Anh"), validators=[at_most(200)])
    summary_en = TextAreaField(
        N_("Giới thiệu ngắn bằng tiếng Anh"), filters=[lambda text: (text or "").strip()], validators=[at_most(2000)]
    )

    @property
    def words(self) -> dict[str, str]:
        """The typed values, by the names of the contest's columns."""
        return {name: self[name].data or "" for name in ("title", "organiser", "hotline", "summary")}

    @property
    def english(self) -> dict[str, str]:
        """The typed texts in English, by the names of the contest's columns."""
        return {"title": self.title_en.data or "", "summary": self.summary_en.data or ""}


class ContestForm(WordsForm, EnteringForm, ScheduleForm, TermsForm, PrizesForm):
    """A contest on one page: its unit, participants, rules, rounds, duration and prizes."""

    def expect(
        self, *, today: date, sends_sms: bool = True, kept_from: date | None = None, kept: Sequence[PlannedRound] = ()
    ) -> "ContestForm":
        """Set the present day, whether there is a message gateway, and the first day and the rounds of a contest that
        is being corrected and may already run.
        """
        self.today, self.sends_sms, self.kept_from, self.kept = today, sends_sms, kept_from, kept
        return self


class NamesForm(WordsForm, EnteringForm):
    """The first step of a plan: the texts of a contest, who holds it and who may enter."""


class CallOffForm(StaffForm):
    """The reason for calling off a contest, which its public page shows."""

    reason = TextField(N_("Lý do"), validators=[InputRequired(N_("Xin nhập lý do.")), at_most(500)])


class CardBatchForm(StaffForm):
    """A batch of entry cards: for whom, and how many."""

    unit = PickField(N_("Đơn vị"), missing=N_("Xin chọn đơn vị."))
    place = TextField(N_("Thôn, tổ dân phố"), validators=[at_most(100)])
    quantity = CountField(N_("Số thẻ"), default=80, validators=[InputRequired(N_("Xin nhập số thẻ."))])

    def validate_quantity(self, field: Any) -> None:
        """Require 1 to 400 cards."""
        if field.data is not None and not 1 <= field.data <= 400:
            raise ValidationError(N_("Số thẻ từ 1 đến 400. Cần nhiều hơn thì in thêm lô."))


class VoidBatchForm(StaffForm):
    """The reason for voiding the unused cards of a batch."""

    why = TextField(N_("Lý do"), validators=[InputRequired(N_("Xin nhập lý do.")), at_most(500)])


class EmptyRosterForm(StaffForm):
    """The confirmation that a roster is emptied, and the reason."""

    reason = TextField(N_("Lý do"), validators=[InputRequired(N_("Xin ghi lý do.")), at_most(500), without_phone])

    sure = BooleanField(
        N_("Tôi hiểu rằng xóa rồi không lấy lại được"),
        validators=[InputRequired(N_("Xin đánh dấu rằng đã hiểu: xóa rồi không lấy lại được."))],
    )
