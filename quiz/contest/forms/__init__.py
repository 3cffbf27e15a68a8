"""The organiser's forms: set up, correct and call off a contest."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from wtforms import BooleanField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from commune.forms import HotlineField, at_most, without_phone
from core.translation import said
from core.values.text import N_, search_key
from core.web.forms import CountField, PickField, ReasonField, StaffForm, TextField
from quiz.contest.forms.entering import EnteringForm, TermsForm
from quiz.contest.forms.prizes import PrizesForm
from quiz.contest.forms.schedule import ScheduleForm
from quiz.contest.models import Contest
from quiz.contest.rules.names import read_names, written_pairs
from quiz.contest.rules.plan import PlannedRound


def _names(field: Any, known: Collection[str] | None) -> Mapping[str, str]:
    """Return the English names that a field holds for *known* ones, None while these are wrong themselves; raises
    ValidationError with all mistakes.
    """
    if known is None:
        return {}
    names, mistakes = read_names(field.data or "", known)
    if mistakes:
        raise ValidationError(" ".join(map(said, mistakes)))
    return names


NAMES = ("title", "organiser", "hotline", "summary", "unit", "title_en", "organiser_en", "summary_en")
"""The fields of a contest's texts, in the order of the page."""


_LIKE_A_TRIAL = "tongduyet"


class WordsForm(StaffForm):
    """The texts of a contest, which may be corrected at any time."""

    title = TextField(N_("Tên cuộc thi"), validators=[InputRequired(N_("Xin nhập tên cuộc thi.")), at_most(200)])
    organiser = TextField(N_("Ban Tổ chức"), validators=[InputRequired(N_("Xin nhập tên Ban Tổ chức.")), at_most(200)])
    hotline = HotlineField(N_("Số điện thoại hỗ trợ"))
    summary = TextAreaField(
        N_("Giới thiệu ngắn"), filters=[lambda text: (text or "").strip()], validators=[at_most(2000)]
    )

    title_en = TextField(N_("Tên cuộc thi bằng tiếng Anh"), validators=[at_most(200)])
    organiser_en = TextField(N_("Ban Tổ chức bằng tiếng Anh"), validators=[at_most(200)])
    summary_en = TextAreaField(
        N_("Giới thiệu ngắn bằng tiếng Anh"), filters=[lambda text: (text or "").strip()], validators=[at_most(2000)]
    )
    prizes_en = TextAreaField(N_("Tên các giải bằng tiếng Anh"))
    rounds_en = TextAreaField(N_("Tên các đợt thi bằng tiếng Anh"))
    read_prize_names: Mapping[str, str] = MappingProxyType({})
    read_round_names: Mapping[str, str] = MappingProxyType({})
    contest: Contest | None = None

    def of(self, contest: Contest) -> "WordsForm":
        """Set the contest whose texts are corrected, whose prizes and rounds stay."""
        self.contest = contest
        return self

    def validate_title(self, field: Any) -> None:
        """Refuse a new title by which an approver would take a real contest for a trial; a trial keeps its own."""
        letters = "".join(filter(str.isalpha, search_key(field.data or "")))
        if field.data != field.object_data and _LIKE_A_TRIAL in letters:
            raise ValidationError(N_("Tên có chữ “Tổng duyệt” dành cho bản tổng duyệt. Xin đặt tên khác."))

    def validate_prizes_en(self, field: Any) -> None:
        """Read an English name of one prize per line."""
        self.read_prize_names = _names(field, self.prize_names)

    def validate_rounds_en(self, field: Any) -> None:
        """Read an English name of one round per line."""
        self.read_round_names = _names(field, self.round_names)

    @property
    def prize_names(self) -> list[str] | None:
        """The Vietnamese names of the contest's prizes."""
        contest = self.contest
        tiers = (*contest.tiers, *contest.season_tiers, *contest.collective_tiers) if contest else ()
        return [tier.name for tier in tiers]

    @property
    def round_names(self) -> list[str] | None:
        """The Vietnamese names of those of its rounds that are no weeks."""
        return [round.name for round in self.contest.rounds if round.name] if self.contest else []

    @property
    def words(self) -> dict[str, str]:
        """The typed values, by the names of the contest's columns."""
        return {name: self[name].data or "" for name in ("title", "organiser", "hotline", "summary")}

    @property
    def english(self) -> dict[str, str]:
        """The typed texts in English, by the names of the contest's columns."""
        typed = {field: self[f"{field}_en"].data or "" for field in ("title", "organiser", "summary")}
        return {**typed, "prizes": written_pairs(self.read_prize_names)}


class ContestForm(WordsForm, EnteringForm, ScheduleForm, TermsForm, PrizesForm):
    """A contest on one page: its unit, participants, rules, rounds, duration and prizes."""

    first_fields = (*NAMES, "schedule", "first_day", "weeks", "is_held", "drops", "rounds", "rounds_en")
    last_fields = ("tiers", "collective", "measure", "cap", "prizes_en", "reach", "units")

    @property
    def prize_names(self) -> list[str] | None:
        """The typed names of the prizes; None while there is an error."""
        if self.tiers.errors or self.collective.errors:
            return None
        return [tier.name for tier in [*self.read_tiers, *self.read_season, *self.read_collective]]

    @property
    def round_names(self) -> list[str] | None:
        """The names of the typed rounds that are no weeks; None while there is an error."""
        if self.first_day.errors or self.weeks.errors or self.rounds.errors:
            return None
        return [planned.name for planned in self.planned if planned.name]

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

    first_fields = NAMES
    prizes_en = rounds_en = None


class CallOffForm(StaffForm):
    """The reason for calling off a contest, which its public page shows."""

    reason = ReasonField(N_("Lý do"), validators=[InputRequired(N_("Xin nhập lý do.")), at_most(500)])


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

    why = ReasonField(N_("Lý do"), validators=[InputRequired(N_("Xin nhập lý do.")), at_most(500)])


class EmptyRosterForm(StaffForm):
    """The confirmation that a roster is emptied, and the reason."""

    reason = ReasonField(N_("Lý do"), validators=[InputRequired(N_("Xin ghi lý do.")), at_most(500), without_phone])

    sure = BooleanField(
        N_("Tôi hiểu rằng xóa rồi không lấy lại được"),
        validators=[InputRequired(N_("Xin đánh dấu rằng đã hiểu: xóa rồi không lấy lại được."))],
    )
