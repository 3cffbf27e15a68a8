"""How the rounds of a contest add up, as an organiser chooses it."""

from typing import Any

from wtforms import RadioField, SelectField, ValidationError

from core.values.text import N_
from core.web.forms import CountField, StaffForm, TextField, options
from quiz.contest.labels.season import SEASON_MEASURE, SEASON_TIE
from quiz.contest.rules.season import SeasonMeasure, SeasonRule, SeasonTie

MOST_COUNTED = 52
_NONE = ("", N_("(không xét thêm)"))


def _tie(label: str, default: str) -> SelectField:
    return SelectField(label, choices=options([_NONE, *SEASON_TIE.items()]), default=default)


class SeasonForm(StaffForm):
    """The standings of the whole contest."""

    season = RadioField(
        N_("Xếp hạng cả cuộc thi"), choices=options(SEASON_MEASURE.items()), default=SeasonMeasure.CORRECT.value
    )
    season_points = TextField(N_("Điểm của hạng 1, hạng 2, hạng 3…"), default="")
    season_best = CountField(N_("Chỉ tính mấy đợt cao nhất của mỗi người"))
    season_tie = _tie(N_("Cả cuộc thi bằng nhau thì xét"), SeasonTie.DURATION.value)
    season_next_tie = _tie(N_("Vẫn bằng thì xét tiếp"), "")

    @property
    def season_rule(self) -> SeasonRule:
        """The rule of valid answers; points are left out where right answers are added."""
        measure = SeasonMeasure(self.season.data)
        points = self._points() if measure is SeasonMeasure.POINTS else ()
        ties = dict.fromkeys(each for each in (self.season_tie.data, self.season_next_tie.data) if each)
        return SeasonRule(measure, self.season_best.data, points, tuple(map(SeasonTie, ties)))

    def _points(self) -> tuple[int, ...]:
        """Return the typed points; ValueError on anything but whole numbers."""
        return tuple(int(each) for each in (self.season_points.data or "").replace(",", " ").replace(";", " ").split())

    def show_season(self, rule: SeasonRule) -> None:
        """Put a stored *rule* into the fields."""
        self.season.data, self.season_best.data = rule.measure.value, rule.best
        self.season_points.data = " ".join(map(str, rule.points))
        first, second = (*(each.value for each in rule.ties), "", "")[:2]
        self.season_tie.data, self.season_next_tie.data = first, second

    def validate_season_points(self, _field: Any) -> None:
        """Require points of 1 to 20 places, none higher than that of a better place."""
        if self.season.data != SeasonMeasure.POINTS.value:
            return
        try:
            SeasonRule(SeasonMeasure.POINTS, points=self._points())
        except ValueError as error:
            raise ValidationError(
                N_("Xin ghi điểm từ hạng 1 trở đi, cách nhau bằng dấu cách, hạng sau không hơn hạng trước: 10 8 6 5.")
            ) from error

    def validate_season_best(self, field: Any) -> None:
        """Require 1 to 52 rounds, or nothing for all."""
        if field.data is not None and not 1 <= field.data <= MOST_COUNTED:
            raise ValidationError(N_("Số đợt được tính từ 1 đến 52, hoặc để trống để tính mọi đợt."))
