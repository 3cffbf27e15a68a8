"""Try other rules on a closed round: no person is shown, and nothing changes."""

from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Reply

from core.web.access import requires
from core.web.extensions import db
from quiz.contest.forms.own_rules import RulesForm
from quiz.contest.labels import CRITERION, PRESET
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.rules.presets import CUSTOM, PRESETS, Rules
from quiz.results.models import Result
from quiz.results.queries.result import find_result
from quiz.results.queries.simulation import read_ranked
from quiz.results.rules.simulation import FRONT, Simulation, simulate

TRIED = "thu"


FIRST = 6
"""Places of which a preset's line says who takes them."""
SIZES = {"front": FRONT, "first": FIRST}
LABELS = {"criteria": CRITERION, "sizes": SIZES}


class Trial(NamedTuple):
    """Rules that were tried: their words, and what they make of the round."""

    words: str
    found: Simulation
    is_used: bool

    @property
    def first(self) -> list[tuple[int | None, list[tuple[int, int]]]]:
        """The first ones by these rules, for each bloc: the rank of each by them and the rank now."""
        blocs = dict.fromkeys(line.standing.entry.bloc for line in self.found.lines)
        return [(bloc, self._first_of(bloc)) for bloc in blocs]

    def _first_of(self, bloc: int | None) -> list[tuple[int, int]]:
        own = [line for line in self.found.lines if line.standing.entry.bloc == bloc]
        return [(line.standing.rank, line.before) for line in own[:FIRST]]


@blueprint.get("/<slug>/tuan/<int:number>/thu-luat")
@requires("result.see")
def simulation(slug: str, number: int) -> tuple[str, int] | Reply:
    """Show a closed round by every preset, and by the rules in the address; lead back from one that is not closed."""
    round = round_or_404(slug, number)
    if (result := find_result(db.session, round)) is None:
        flash(_("Chốt xong mới xếp thử theo luật khác được."), "info")
        return redirect(url_for("quiz_manage.round", slug=slug, number=number))
    form = _form(round)
    is_valid = TRIED not in request.args or form.validate()
    trials, own = _trials(round, result, form if is_valid and TRIED in request.args else None)
    page = render_template(
        "quiz/results/manage/simulation.html",
        contest=round.contest,
        round=round,
        form=form,
        trials=trials,
        own=own,
        tried=_tried(form.rules) if own else "",
        **LABELS,
    )
    return page, 200 if is_valid else 422


def _form(round: Round) -> RulesForm:
    """Return the form of the rules to try: those of the address, or the declared ones."""
    is_typed = TRIED in request.args
    form = RulesForm(formdata=request.args if is_typed else None, meta={"csrf": False})
    form.preset.data = CUSTOM
    if not is_typed:
        form.show_rules(round.declared)
        form.all_right_only.data = round.declared.all_right_only
    return form


def _tried(rules: Rules) -> str:
    """Return the order of *rules* in words."""
    then = _(", rồi ")
    words = then.join(_(CRITERION[key.criterion]) for key in rules.order)
    return str(_("%(order)s; chỉ bài đúng hết được giải", order=words) if rules.all_right_only else words)


def _trials(round: Round, result: Result, form: RulesForm | None) -> tuple[list[Trial], Simulation | None]:
    entries, ranks = read_ranked(db.session, result)
    size = round.asked
    used = round.declared.preset
    trials = [
        Trial(PRESET[name], simulate(entries, ranks, rules, size=size), name == used) for name, rules in PRESETS.items()
    ]
    return trials, simulate(entries, ranks, form.rules, size=size) if form else None
