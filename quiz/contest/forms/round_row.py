"""A row of the table of rounds: the name of a round and its three moments."""

from datetime import date, datetime, time, timedelta
from typing import Any

from wtforms import BooleanField, Form, TimeField, ValidationError

from commune.forms import at_most
from core.translation import translate
from core.values.text import N_
from core.values.week import VIETNAM, day_start
from core.web.forms import DayField, FormMeta, TextField
from quiz.contest.rules.plan import PlannedRound
from quiz.contest.rules.schedule import Span

LONGEST_NAME = 40


class OptionalDayField(DayField):
    """A day that may be left out."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read a day; nothing typed is no day."""
        if any(valuelist):
            super().process_formdata(valuelist)


class WallTimeField(TimeField):  # type: ignore[misc]
    """An hour of the day; a wrong one is explained in Vietnamese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read an hour as 7:00, 07:00 or 7 giờ 30."""
        typed = "".join(valuelist).strip().lower().replace("giờ", ":").replace("h", ":").replace(" ", "")
        self.data = None
        if not typed:
            return
        try:
            hour, _, minute = typed.partition(":")
            self.data = time(int(hour), int(minute or 0))
        except ValueError as error:
            raise ValueError(translate(N_("Xin nhập giờ, ví dụ 07:00."))) from error


class RoundRow(Form):  # type: ignore[misc]
    """A round of the table: its name and its three moments; hours may be left out."""

    class Meta(FormMeta, Form.Meta):  # type: ignore[misc]
        """Vietnamese messages."""

        def wrap_formdata(self, _form: Any, formdata: Any) -> Any:
            """Read what the whole form read."""
            return formdata

    name = TextField(N_("Tên"), validators=[at_most(LONGEST_NAME)])
    opens_day = OptionalDayField(N_("Mở ngày"), format="%Y-%m-%d")
    opens_time = WallTimeField(N_("lúc"))
    closes_day = OptionalDayField(N_("Đóng ngày"), format="%Y-%m-%d")
    closes_time = WallTimeField(N_("lúc"))
    results_day = OptionalDayField(N_("Kết quả ngày"), format="%Y-%m-%d")
    results_time = WallTimeField(N_("lúc"))
    same_week = BooleanField(N_("Thêm một đề cho cùng tuần với đợt trên"))

    @property
    def is_blank(self) -> bool:
        """Whether no day, hour or name was typed."""
        return not any(field.raw_data and any(field.raw_data) for field in self if field.short_name != "same_week")

    def validate_opens_day(self, field: Any) -> None:
        """Require each day of a row in which anything was typed."""
        self._require(field)

    validate_closes_day = validate_results_day = validate_opens_day

    def _require(self, field: Any) -> None:
        if field.data is None and not field.errors and not self.is_blank:
            raise ValidationError(N_("Xin chọn ngày."))

    @property
    def planned(self) -> PlannedRound:
        """The round of a valid row: it opens at 0:00, closes at the end of the day, has results at noon by default."""
        opens = _moment(self.opens_day.data, self.opens_time.data or time())
        closes = (
            _moment(self.closes_day.data, self.closes_time.data)
            if self.closes_time.data is not None
            else day_start(self.closes_day.data + timedelta(days=1))
        )
        results = _moment(self.results_day.data, self.results_time.data or time(12))
        return PlannedRound(Span(opens, closes, results), self.name.data or "", bool(self.same_week.data))


def _moment(given: date, at: time) -> datetime:
    return day_start(given) + timedelta(hours=at.hour, minutes=at.minute)


def typed_round(planned: PlannedRound) -> dict[str, object]:
    """Return *planned* as the values of a row; a close at midnight is the end of the day before."""
    opens, closes, results = (each.astimezone(VIETNAM) for each in planned.span_moments)
    at_end = closes.time() == time()
    return {
        "name": planned.name,
        "same_week": planned.same_week,
        "opens_day": opens.date(),
        "opens_time": opens.time(),
        "closes_day": closes.date() - timedelta(days=at_end),
        "closes_time": None if at_end else closes.time(),
        "results_day": results.date(),
        "results_time": results.time(),
    }
