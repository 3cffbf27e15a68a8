"""The schedule of a contest: a pattern from a day on, or a table in which each round has its own days and hours."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import request
from wtforms import BooleanField, FieldList, FormField, RadioField, ValidationError

from core.translation import gettext
from core.values.dates import WEEKDAYS, day
from core.values.text import N_
from core.values.week import local_date
from core.web.forms import CountField, StaffForm, options
from quiz.contest.forms.round_row import OptionalDayField, RoundRow, typed_round
from quiz.contest.labels.schedule import MISTAKE, PATTERN
from quiz.contest.rules.plan import Mistake, Pattern, PlannedRound, mistakes, spans, weekday_of

AHEAD = timedelta(days=731)
"""Two years; a later date is taken for a typing error."""
BEHIND = timedelta(days=3653)
"""Ten years; older contests are not imported."""
WEEK = timedelta(weeks=1)
MOST_ROUNDS, SPARE_ROWS, MOST_PAPERS = 52, 2, 4
_PLACE: dict[Mistake, str] = {
    Mistake.CLOSES_FIRST: "closes_day",
    Mistake.RESULTS_FIRST: "results_day",
    Mistake.TOO_LONG: "closes_day",
}
"""The field beside which a mistake of a row is shown, where it is not that of the opening."""


def pattern_of(rounds: Sequence[PlannedRound]) -> Pattern:
    """Return the pattern whose rounds these are, a table where there is none."""
    if not rounds:
        return Pattern.WEEKLY
    first = local_date(rounds[0].span.opens_at)
    found = (each for each in Pattern if each is not Pattern.TABLE and planned_by(each, first, len(rounds)) == rounds)
    return next(found, Pattern.TABLE)


def planned_by(pattern: Pattern, first: date, count: int, papers: int = 1) -> list[PlannedRound]:
    """Return the rounds of *pattern*, each with so many *papers*: those that are no weeks have names of their own."""
    rounds = _rounds_of(pattern, first, count)
    if papers == 1:
        return rounds
    return [
        PlannedRound(each.span, f"{each.name or f'Tuần {number}'}, đề {paper}", same_week=paper > 1)
        for number, each in enumerate(rounds, start=1)
        for paper in range(1, papers + 1)
    ]


def _rounds_of(pattern: Pattern, first: date, count: int) -> list[PlannedRound]:
    found = spans(pattern, first, count)
    if pattern not in (Pattern.FORTNIGHT, Pattern.HALF_YEAR):
        return [PlannedRound(span) for span in found]
    if count == 1:
        return [PlannedRound(found[0], "Đợt thi")]
    return [PlannedRound(span, f"Đợt {number}") for number, span in enumerate(found, start=1)]


class ScheduleForm(StaffForm):
    """When the rounds of a contest are open, and when their results are due."""

    schedule = RadioField(N_("Lịch thi"), choices=options(PATTERN.items()), default=Pattern.WEEKLY.value)
    first_day = OptionalDayField(N_("Đợt đầu bắt đầu từ"), format="%Y-%m-%d")
    is_held = BooleanField(N_("Cuộc thi đã tổ chức trên giấy hoặc nơi khác; bài dự thi sẽ nhập từ bảng tính"))
    weeks = CountField(N_("Số đợt"), default=4)
    papers = CountField(N_("Số đề mỗi đợt"), default=1)
    drops = BooleanField(N_("Bỏ các tuần ấy cùng câu hỏi đã soạn"))
    rounds = FieldList(FormField(RoundRow), max_entries=MOST_ROUNDS + SPARE_ROWS)
    kept_from: date | None = None
    kept: Sequence[PlannedRound] = ()
    today: date

    @property
    def pattern(self) -> Pattern:
        """The chosen pattern, the weekly one where none was sent."""
        known = {each.value for each in Pattern}
        return Pattern(self.schedule.data) if self.schedule.data in known else Pattern.WEEKLY

    @property
    def fills_table(self) -> bool:
        """Whether the pattern is to be written into the table, so that single rounds can be changed."""
        return bool(self.is_submitted()) and "fill" in request.form

    def fill_table(self) -> bool:
        """Write the rounds of the chosen pattern into the table, with spare rows; False, with the mistakes shown, when
        they do not follow from the answers.
        """
        if self.pattern is Pattern.TABLE:
            self._add_rows()
            return True
        has_day = self.first_day.validate(self, [ScheduleForm.validate_first_day])
        has_papers = self.papers.validate(self, [ScheduleForm.validate_papers])
        if not (self.weeks.validate(self, [ScheduleForm.validate_weeks]) and has_day and has_papers):
            return False
        self.show_table(self.planned)
        self.schedule.data = Pattern.TABLE.value
        return True

    def _add_rows(self) -> None:
        """Add spare rows below what was typed."""
        for _ in range(min(SPARE_ROWS, MOST_ROUNDS + SPARE_ROWS - len(self.rounds.entries))):
            self.rounds.append_entry({})

    def show_table(self, planned: Sequence[PlannedRound]) -> None:
        """Put *planned* into the table, and spare rows."""
        while self.rounds.entries:
            self.rounds.pop_entry()
        for values in [*map(typed_round, planned), *([{}] * SPARE_ROWS)][: MOST_ROUNDS + SPARE_ROWS]:
            self.rounds.append_entry(values)

    @property
    def filled_rows(self) -> list[Any]:
        """The rows of the table in which something was typed."""
        return [row for row in self.rounds.entries if not row.form.is_blank]

    @property
    def planned(self) -> list[PlannedRound]:
        """The rounds of valid answers."""
        if self.pattern is Pattern.TABLE:
            return [row.form.planned for row in self.filled_rows]
        return planned_by(self.pattern, self.first_day.data, self.weeks.data or 1, self.papers.data or 1)

    @property
    def planned_weeks(self) -> list[PlannedRound]:
        """The rounds that follow from the answers, for confirmation; none while there is an error."""
        if self.pattern is Pattern.TABLE or self.first_day.errors or self.weeks.errors or self.papers.errors:
            return []
        return self.planned if self.first_day.data is not None and self.weeks.data else []

    @property
    def earliest(self) -> date:
        """The next day on which the chosen pattern may begin."""
        weekday = weekday_of(self.pattern)
        tomorrow = self.today + timedelta(days=1)
        return tomorrow if weekday is None else tomorrow + timedelta(days=(weekday - tomorrow.weekday()) % 7)

    def validate_first_day(self, field: Any) -> None:
        """Require the weekday of the pattern, still to come unless the contest was held elsewhere; the message names
        the nearest ones.
        """
        if self.pattern is Pattern.TABLE or field.data == self.kept_from is not None:
            return None
        if field.data is None:
            return _unless_wrong(field, N_("Xin chọn ngày bắt đầu."))
        first = _begin(field.data, weekday_of(self.pattern))
        if self.is_held.data:
            if not self.today - BEHIND <= first <= self.today:
                raise ValidationError(N_("Cuộc thi đã tổ chức thì tuần đầu nằm trong mười năm qua."))
            return self._require_weekday(field.data)
        if first > self.today + AHEAD:
            raise ValidationError(N_("Ngày này xa quá hai năm. Xin xem lại năm."))
        if first > self.today:
            return self._require_weekday(field.data)
        if self.today < field.data:
            raise ValidationError(self._not_weekday(field.data, day(self.earliest)))
        has_begun = first == _begin(self.today, weekday_of(self.pattern)) and weekday_of(self.pattern) is not None
        said = N_("Tuần này đã bắt đầu.") if has_begun else N_("Ngày này đã qua.")
        earliest = {"weekday": WEEKDAYS[self.earliest.weekday()], "earliest": day(self.earliest)}
        raise ValidationError(gettext("%(said)s Chọn một ngày từ %(weekday)s %(earliest)s.", said=said, **earliest))

    def _require_weekday(self, given: date) -> None:
        first = _begin(given, weekday_of(self.pattern))
        if given != first:
            nearest = gettext("%(monday)s hoặc %(monday2)s", monday=day(first), monday2=day(first + WEEK))
            raise ValidationError(self._not_weekday(given, nearest))

    def _not_weekday(self, given: date, nearest: str) -> str:
        begins = WEEKDAYS[weekday_of(self.pattern) or 0]
        words = {"weekday": WEEKDAYS[given.weekday()], "begins": begins, "nearest": nearest}
        return gettext("Ngày này là %(weekday)s. Tuần thi bắt đầu từ %(begins)s: chọn %(nearest)s.", **words)

    def validate_weeks(self, field: Any) -> None:
        """Require 1 to 52 rounds, unless the table has them."""
        if self.pattern is Pattern.TABLE:
            field.errors = []
        elif field.data is None:
            _unless_wrong(field, N_("Xin nhập số đợt."))
        elif not 1 <= field.data <= MOST_ROUNDS:
            raise ValidationError(N_("Số đợt từ 1 đến 52."))

    def validate_papers(self, field: Any) -> None:
        """Require 1 to 4 papers, and no more rounds with them than a contest may have; a blank is one."""
        if self.pattern is Pattern.TABLE:
            field.errors = []
        elif field.data is not None and not 1 <= field.data <= MOST_PAPERS:
            raise ValidationError(N_("Mỗi đợt có từ 1 đến 4 đề."))
        elif (field.data or 1) * (self.weeks.data or 1) > MOST_ROUNDS:
            raise ValidationError(N_("Cả cuộc thi nhiều nhất 52 đề."))

    def validate_rounds(self, field: Any) -> None:
        """Require rounds in order, without an overlap between weeks, still to open unless held elsewhere."""
        if self.pattern is not Pattern.TABLE or any(row.errors for row in field.entries):
            return
        rows = self.filled_rows
        if not rows:
            raise ValidationError(N_("Bảng chưa có đợt thi nào. Xin điền ít nhất một dòng."))
        if len(rows) > MOST_ROUNDS:
            raise ValidationError(N_("Nhiều nhất 52 đợt thi."))
        if self._note_gaps(field.entries, rows) or self._note_mistakes(rows) or self._note_past(rows):
            raise ValidationError(N_("Xin xem lại các dòng được đánh dấu."))

    @staticmethod
    def _note_gaps(entries: Sequence[Any], rows: Sequence[Any]) -> bool:
        gaps = [row for row in entries[: entries.index(rows[-1])] if row not in rows]
        for row in gaps:
            row.form.opens_day.errors = [
                N_("Dòng này trống mà bên dưới còn đợt nữa. Xin điền, hoặc chuyển các đợt dưới lên.")
            ]
        return bool(gaps)

    @staticmethod
    def _note_mistakes(rows: Sequence[Any]) -> bool:
        found = mistakes([row.form.planned for row in rows])
        for at, mistake in found:
            rows[at].form[_PLACE.get(mistake, "opens_day")].errors = [MISTAKE[mistake]]
        return bool(found)

    def _note_past(self, rows: Sequence[Any]) -> bool:
        there = {each.span for each in self.kept}
        wrong = [row for row in rows if row.form.planned.span not in there and not self._is_in_time(row.form.planned)]
        said = (
            N_("Cuộc thi đã tổ chức thì đợt này mở trong mười năm qua.")
            if self.is_held.data
            else N_("Giờ mở phải từ ngày mai trở đi, và trong hai năm tới.")
        )
        for row in wrong:
            row.form.opens_day.errors = [said]
        return bool(wrong)

    def _is_in_time(self, planned: PlannedRound) -> bool:
        opens = local_date(planned.span.opens_at)
        if self.is_held.data:
            return self.today - BEHIND <= opens <= self.today
        return self.today < opens <= self.today + AHEAD


def _begin(given: date, weekday: int | None) -> date:
    """Return the last day before or on *given* on which a round may begin."""
    return given if weekday is None else given - timedelta(days=(given.weekday() - weekday) % 7)


def _unless_wrong(field: Any, said: str) -> None:
    if not field.errors:
        raise ValidationError(said)
