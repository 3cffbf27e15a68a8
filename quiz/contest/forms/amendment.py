"""An amendment of a contest: rules and prizes from a round on, dates of rounds that are not over, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, FieldList, FormField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from commune.forms import at_most
from core.values.text import N_
from core.web.forms import ReasonField, options
from quiz.contest.forms.own_rules import RulesForm
from quiz.contest.forms.prizes import read_collective, read_people_prizes
from quiz.contest.forms.round_row import RoundRow, typed_round
from quiz.contest.labels import PRESET
from quiz.contest.labels.rounds import round_name
from quiz.contest.models import Contest, Round
from quiz.contest.queries import span_of
from quiz.contest.rules.amendments import DeclaredPlan, moments
from quiz.contest.rules.bloc_text import prizes_text
from quiz.contest.rules.plan import PlannedRound
from quiz.contest.rules.presets import CUSTOM, Rules
from quiz.contest.rules.prizes import Tier, written
from quiz.contest.rules.schedule import Span
from quiz.contest.rules.terms import CollectiveMeasure


class AmendmentForm(RulesForm):
    """The rules and prizes from a round on, the dates, and the reason that the public reads."""

    from_round = SelectField(N_("Thể lệ và giải áp dụng từ"))
    reason = ReasonField(
        N_("Lý do, mọi người đều đọc được"), validators=[InputRequired(N_("Xin ghi lý do.")), at_most(500)]
    )
    rounds = FieldList(FormField(RoundRow))
    tiers = TextAreaField(N_("Giải cá nhân"), default="")
    collective = TextAreaField(N_("Giải tập thể của cả cuộc thi"), default="")
    says_losses = BooleanField(N_("Tôi biết sửa đổi này bất lợi cho người đã dự thi và vẫn đề nghị"))
    blocs: Sequence[str] = ()
    movable: Sequence[Round] = ()
    read_tiers: Sequence[Tier] = ()
    read_season: Sequence[Tier] = ()
    read_collective: Sequence[Tier] = ()
    before: Sequence[Tier] = ()
    main_measure: CollectiveMeasure | None = None
    in_force: str = ""
    """The words of the preset that holds at present."""

    def offer(self, contest: Contest, amendable: Sequence[Round], movable: Sequence[Round]) -> "AmendmentForm":
        """Set the rounds to choose from; who can take a prize stays as in the rules of *contest*."""
        rules = Rules.from_dict(contest.rules)
        self.eligibility.data, self.in_force = rules.eligibility.value, PRESET[rules.preset]
        self.from_round.choices = options((round.number, round_name(round)) for round in amendable)
        if not amendable:
            self.from_round.choices = options([(0, N_("không còn đợt nào chưa mở"))])
        self.before, self.main_measure = [each.value for each in contest.collective_tiers], contest.prize_terms.measure
        self.blocs, self.movable = [bloc.name for bloc in contest.blocs], movable
        return self

    def show(self, contest: Contest) -> None:
        """Put what holds at present into the fields, each key of the rules by itself."""
        rules = Rules.from_dict(contest.rules)
        self.show_rules(rules)
        self.preset.data = CUSTOM
        for name in (
            "all_right_only",
            "starts_together",
            "rest_rounds",
            "most_prizes",
            "most_sharing",
            "call_days",
            "draw_source",
            "draw_digits",
            "shuffles",
            "shown",
        ):
            self[name].data = getattr(rules, name)
        for round in self.movable:
            self.rounds.append_entry(typed_round(PlannedRound(span_of(round))))
        self.tiers.data = prizes_text([tier.value for tier in (*contest.tiers, *contest.season_tiers)], self.blocs)
        self.collective.data = "\n".join(written(tier.value) for tier in contest.collective_tiers)

    def validate_tiers(self, field: Any) -> None:
        """Read one prize of a person per line, as when the contest was set up."""
        self.read_tiers, self.read_season = read_people_prizes(field.data, self.blocs)

    def validate_collective(self, field: Any) -> None:
        """Read one prize of a unit per line."""
        self.read_collective = read_collective(field.data, self.before, self.main_measure)

    def rules_after(self, before: Rules) -> Rules:
        """Return the rules of a valid form; those *before* where each key stays, by any name of a preset."""
        typed = self.rules
        return before if replace(typed, preset=before.preset) == before else typed

    def plan(self, before: DeclaredPlan) -> DeclaredPlan:
        """Return the dates and prizes of a valid form; what was not sent stays as *before*."""
        spans: dict[int, Span] = dict(before.spans)
        for number, typed in self._typed().items():
            if moments(typed) != _whole_minutes(spans[number]):
                spans[number] = typed
        tiers, season = before.tiers, before.season
        if self.tiers.raw_data:
            tiers, season = tuple(self.read_tiers), tuple(self.read_season)
        collective = tuple(self.read_collective) if self.collective.raw_data else before.collective
        return replace(before, spans=spans, tiers=tiers, season=season, collective=collective)

    def _typed(self) -> Mapping[int, Span]:
        """Return the typed dates by the number of their round; a blank row stays as it is."""
        pairs = zip(self.movable, self.rounds.entries, strict=False)
        return {round.number: row.form.planned.span for round, row in pairs if not row.form.is_blank}

    def row_of(self, number: int) -> Any:
        """Return the row of a round, None where it has none."""
        pairs = zip(self.movable, self.rounds.entries, strict=False)
        return next((row.form for round, row in pairs if round.number == number), None)


def _whole_minutes(span: Span) -> tuple[Any, ...]:
    """Return the moments of *span* as a row of the form shows them."""
    return tuple(each.replace(second=0, microsecond=0) for each in moments(span))
