"""The rules of a contest: a preset, or each key of its own, and who can take a prize."""

from dataclasses import replace
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, ValidationError
from wtforms.validators import Optional

from commune.forms import at_most, without_phone
from core.translation import gettext
from core.values.text import N_
from core.web.forms import CountField, TextField, options
from quiz.contest.forms.season import SeasonForm
from quiz.contest.labels import ELIGIBILITY, PRESET, rule_sentences
from quiz.contest.labels.rule_choices import BINDS, BUCKET, COUNTS, KEY, TARGET, TIES
from quiz.contest.rules.presets import (
    CUSTOM,
    LONGEST_SOURCE,
    MOST_DECIMALS,
    PRESETS,
    Counts,
    Criterion,
    Eligibility,
    GuessBinds,
    GuessTarget,
    Key,
    Rules,
    Ties,
)

MOST_SHOWN, MOST_TRIES, MOST_ROUNDS, OLDEST, MOST_DIGITS = 200, 1000, 52, 99, 20
YOUNGEST = 14
TIMED = (Criterion.DURATION, Criterion.SUBMITTED)
_STEPS = ("first", "second", "third", "fourth")


def _step(label: str, default: str = "") -> SelectField:
    none = [("", N_("(không xét thêm)"))] if label != _LABELS[0] else []
    return SelectField(label, choices=options([*none, *KEY.items()]), default=default)


def _bucket(label: str) -> SelectField:
    return SelectField(label, choices=options((str(ms), said) for ms, said in BUCKET.items()), default="1000")


_LABELS = (
    N_("Xét trước hết"),
    N_("Bằng nhau thì xét"),
    N_("Vẫn bằng thì xét"),
    N_("Vẫn bằng nữa thì xét"),
)


class RulesForm(SeasonForm):
    """How a contest counts, orders and awards."""

    preset = RadioField(N_("Thể lệ xếp hạng"), choices=options(PRESET.items()), default="lam-binh")
    tries = CountField(N_("Số lượt thi mỗi đợt"), default=1)
    counts = RadioField(N_("Tính lượt nào"), choices=options(COUNTS.items()), default=Counts.FIRST.value)
    first = _step(_LABELS[0], Criterion.CORRECT.value)
    second = _step(_LABELS[1], Criterion.DURATION.value)
    third = _step(_LABELS[2], Criterion.GUESS.value)
    fourth = _step(_LABELS[3])
    duration_bucket = _bucket(N_("Thời gian làm bài so theo"))
    submitted_bucket = _bucket(N_("Thời điểm nộp bài so theo"))
    guess_target = RadioField(N_("Dự đoán"), choices=options(TARGET.items()), default=GuessTarget.PERFECT.value)
    guess_decimals = CountField(N_("Số chữ số sau dấu phẩy của tỷ lệ"), default=1)
    guess_binds = RadioField(N_("Lấy dự đoán nào"), choices=options(BINDS.items()), default=GuessBinds.FIRST.value)
    ties = RadioField(N_("Bằng nhau ở mọi tiêu chí"), choices=options(TIES.items()), default=Ties.SHARE.value)
    eligibility = RadioField(
        N_("Ai được xếp hạng, nhận giải"),
        choices=options((each, ELIGIBILITY[each]) for each in Eligibility),
        default="call",
    )
    all_right_only = BooleanField(N_("Chỉ người đúng tất cả các câu mới được nhận giải"))
    starts_together = BooleanField(N_("Mọi người bắt đầu cùng lúc, đúng giờ mở đợt (thi tập trung)"))
    rest_rounds = CountField(N_("Người vừa đạt giải nghỉ nhận giải mấy đợt"))
    most_prizes = CountField(N_("Mỗi người nhận nhiều nhất mấy giải trong cả cuộc thi"))
    youngest = CountField(N_("Từ bao nhiêu tuổi"), default=YOUNGEST)
    most_sharing = CountField(N_("Bằng nhau hoàn toàn thì nhiều nhất bao nhiêu người cùng nhận một giải"), default=3)
    call_days = CountField(N_("Gọi người đạt giải trong bao nhiêu ngày"), default=3)
    draw_source = TextField(
        N_("Bốc thăm bằng số công khai nào"), validators=[Optional(), at_most(LONGEST_SOURCE), without_phone]
    )
    draw_digits = CountField(N_("Số ấy có mấy chữ số"))
    shuffles = BooleanField(N_("Mỗi lượt thi có thứ tự câu hỏi và phương án riêng"), default=True)
    shown = CountField(N_("Số câu mỗi lượt thi"))
    sends_sms = True

    @property
    def is_custom(self) -> bool:
        """Whether each key of the rules is chosen, rather than a preset."""
        return bool(self.preset.data == CUSTOM)

    @property
    def rules(self) -> Rules:
        """The declared rules of valid answers: the chosen preset or the chosen keys, and who can take a prize."""
        declared = replace(
            self._custom() if self.is_custom else PRESETS[self.preset.data],
            eligibility=Eligibility(self.eligibility.data),
            most_sharing=self.most_sharing.data,
            call_days=self.call_days.data,
            shuffles=self.shuffles.data,
            shown=self.shown.data,
            all_right_only=self.all_right_only.data,
            rest_rounds=self.rest_rounds.data,
            most_prizes=self.most_prizes.data,
            starts_together=bool(self.starts_together.data and self._allows_one_try),
        )
        source = self.draw_source.data or None if declared.may_draw else None
        return replace(declared, draw_source=source, draw_digits=self.draw_digits.data if source else None)

    @property
    def _allows_one_try(self) -> bool:
        tries = self.tries.data if self.is_custom else PRESETS[self.preset.data].tries
        return bool(tries == 1)

    @property
    def sentences(self) -> list[str]:
        """The rules as the public will read them; none while they contradict each other."""
        try:
            return rule_sentences(self.rules.to_dict(), is_weekly=False)
        except (KeyError, TypeError, ValueError):
            return []

    def _custom(self) -> Rules:
        return Rules(
            preset=CUSTOM,
            tries=self.tries.data,
            counts=Counts(self.counts.data),
            order=tuple(self._key(Criterion(each)) for each in self.criteria),
            guess_target=GuessTarget(self.guess_target.data),
            guess_binds=GuessBinds(self.guess_binds.data),
            guess_decimals=self._decimals(),
            ties=Ties(self.ties.data),
            season=self.season_rule,
        )

    def _decimals(self) -> int:
        """Return the decimals of a guessed percentage; other guesses are whole numbers."""
        is_percent = self.guess_target.data == GuessTarget.PERCENT.value
        return (self.guess_decimals.data or 0) if is_percent else 0

    @property
    def criteria(self) -> list[str]:
        """The chosen criteria in order, without those left out."""
        return [self[step].data for step in _STEPS if self[step].data]

    def _key(self, criterion: Criterion) -> Key:
        return Key(criterion, int(self[f"{criterion}_bucket"].data)) if criterion in TIMED else Key(criterion)

    def show_rules(self, rules: Rules) -> None:
        """Put stored *rules* into the fields of single keys, so that a preset can be changed from what it is."""
        self.tries.data, self.counts.data, self.ties.data = rules.tries, rules.counts.value, rules.ties.value
        self.guess_target.data, self.guess_binds.data = rules.guess_target.value, rules.guess_binds.value
        if rules.guess_target is GuessTarget.PERCENT:
            self.guess_decimals.data = rules.guess_decimals
        for at, step in enumerate(_STEPS):
            self[step].data = rules.order[at].criterion.value if at < len(rules.order) else ""
        self.show_season(rules.season)
        for key in rules.order:
            if key.criterion in TIMED and key.bucket_ms in BUCKET:
                self[f"{key.criterion}_bucket"].data = str(key.bucket_ms)

    def validate_preset(self, field: Any) -> None:
        """Require chosen keys that fit together."""
        if not self.is_custom or field.errors:
            return
        if len(set(self.criteria)) != len(self.criteria):
            raise ValidationError(N_("Mỗi tiêu chí chỉ xét một lần. Xin xem lại thứ tự xét."))
        if Criterion.GUESS.value in self.criteria and self.guess_target.data == GuessTarget.NONE.value:
            raise ValidationError(N_("Xếp theo dự đoán thì phải có điều để dự đoán. Xin chọn ở mục Dự đoán."))

    def validate_starts_together(self, field: Any) -> None:
        """Require one try where everybody starts at once: a second one would begin with the paper known."""
        if field.data and not self._allows_one_try:
            raise ValidationError(
                N_("Bắt đầu cùng lúc thì mỗi đợt thi một lượt. Xin chọn luật một lượt, hoặc bỏ ô này.")
            )

    def validate_tries(self, field: Any) -> None:
        """Require 1 to 1000 tries, or nothing for any number."""
        _within(field, 1, MOST_TRIES, N_("Số lượt thi từ %(low)s đến %(high)s, hoặc để trống nếu không giới hạn."))

    def validate_guess_decimals(self, field: Any) -> None:
        """Require 0 to 4 decimals, or nothing for none."""
        _within(field, 0, MOST_DECIMALS, N_("Số chữ số sau dấu phẩy từ %(low)s đến %(high)s."))

    def validate_rest_rounds(self, field: Any) -> None:
        """Require 1 to 52 rounds, or nothing."""
        _within(field, 1, MOST_ROUNDS, N_("Số đợt nghỉ từ %(low)s đến %(high)s, hoặc để trống."))

    def validate_most_prizes(self, field: Any) -> None:
        """Require 1 to 52 prizes, or nothing."""
        _within(field, 1, MOST_ROUNDS, N_("Số giải từ %(low)s đến %(high)s, hoặc để trống."))

    def validate_youngest(self, field: Any) -> None:
        """Require an age of 6 to 99 years."""
        _within(field, 6, OLDEST, N_("Tuổi từ %(low)s đến %(high)s."))

    def validate_eligibility(self, field: Any) -> None:
        """Require a message gateway for phone codes."""
        if field.data == Eligibility.SMS and not self.sends_sms:
            raise ValidationError(
                N_("Chưa có cổng nhắn tin. Xin chọn cách khác, hoặc nhờ người quản trị nối cổng trước.")
            )

    def validate_most_sharing(self, field: Any) -> None:
        """Require 1 to 100 people, or nothing for any number."""
        _within(field, 1, 100, N_("Số người cùng nhận một giải từ %(low)s đến %(high)s, hoặc bỏ trống."))

    def validate_call_days(self, field: Any) -> None:
        """Require 1 to 30 days."""
        _within(field, 1, 30, N_("Số ngày gọi từ %(low)s đến %(high)s, hoặc bỏ trống."))

    def validate_draw_digits(self, field: Any) -> None:
        """Require 2 to 20 digits where a number is named, so that it can be written in one way only."""
        if self.draw_source.data and field.data is None and not field.errors:
            raise ValidationError(N_("Xin ghi số công khai có mấy chữ số, ví dụ 5."))
        _within(field, 2, MOST_DIGITS, N_("Số chữ số từ %(low)s đến %(high)s."))

    def validate_shown(self, field: Any) -> None:
        """Require a number of questions to draw only where each paper has an order of its own."""
        _within(field, 1, MOST_SHOWN, N_("Số câu mỗi lượt thi từ %(low)s đến %(high)s, hoặc để trống."))
        if field.data is not None and not self.shuffles.data:
            raise ValidationError(
                N_("Rút câu hỏi cho từng lượt thì mỗi lượt có thứ tự riêng: chọn ô trên, hoặc để trống.")
            )


def _within(field: Any, low: int, high: int, said: str) -> None:
    if field.data is not None and not low <= field.data <= high:
        raise ValidationError(gettext(said, low=low, high=high))
