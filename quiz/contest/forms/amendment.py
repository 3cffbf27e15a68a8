"""An amendment of the rules: the rules that are to hold, from which round on, and why."""

from collections.abc import Sequence

from wtforms import SelectField
from wtforms.validators import InputRequired

from commune.forms import at_most
from core.values.text import N_
from core.web.forms import TextField, options
from quiz.contest.forms.own_rules import RulesForm
from quiz.contest.labels.rounds import round_name
from quiz.contest.models import Round
from quiz.contest.rules.presets import CUSTOM, Rules


class AmendmentForm(RulesForm):
    """The rules from a round on, with the reason that the public reads."""

    from_round = SelectField(N_("Áp dụng từ"))
    reason = TextField(
        N_("Lý do, mọi người đều đọc được"), validators=[InputRequired(N_("Xin ghi lý do.")), at_most(500)]
    )

    def offer(self, rounds: Sequence[Round], rules: Rules) -> "AmendmentForm":
        """Set the rounds to choose from; who can take a prize stays as in *rules*."""
        self.eligibility.data = rules.eligibility.value
        self.from_round.choices = options((round.number, round_name(round)) for round in rounds)
        return self

    def show(self, rules: Rules) -> None:
        """Put the present *rules* into the fields, each key by itself."""
        self.show_rules(rules)
        self.preset.data = CUSTOM
        for name in ("all_right_only", "rest_rounds", "most_prizes", "most_sharing", "call_days", "shuffles", "shown"):
            self[name].data = getattr(rules, name)
