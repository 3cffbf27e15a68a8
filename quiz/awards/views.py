"""The public pages that verify the code of a certificate, and show the prizes of units."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, render_template, request
from flask_babel import gettext as _

from core.values.codes import in_fours
from core.web.arrival import arrived_at
from core.web.code_guesses import refuse_code
from core.web.extensions import db, keyring
from core.web.reply_cache import keep_reply
from quiz.awards.forms import CertificateForm
from quiz.awards.labels import award_words
from quiz.awards.models import CollectiveAward, CollectiveDecision
from quiz.awards.queries.certificate import find_certificate
from quiz.awards.queries.collective import find_decision
from quiz.awards.queries.unit_codes import names_of_units
from quiz.awards.rules.certificate_code import LETTERS
from quiz.contest.labels.terms import MEASURE
from quiz.contest.models import Contest
from quiz.contest.rules.measures import by_measure
from quiz.contest.rules.presets import Rules, Ties
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.contest.views import blueprint, contest_or_404
from quiz.results.queries.draw_words import public_sentences, unit_drawn_sentence
from quiz.results.queries.draws import list_unit_draws
from quiz.results.queries.entry_codes import derived_orders
from quiz.results.rules.draws import in_force

Page = tuple[str, int]


@dataclass(frozen=True)
class UnitPrize:
    """A unit's prize: its place among the prizes, what gave it in words, and its bar; the best one has 100."""

    award: CollectiveAward
    place: int
    words: str
    width: float


@dataclass(frozen=True)
class PrizeList:
    """The prizes of units by one measure, whose words are `measure`."""

    measure: str
    prizes: Sequence[UnitPrize]


@blueprint.get("/xac-minh")
def verify() -> Page:
    """Ask for a code, or say what the code in the query certifies today."""
    form = CertificateForm(request.args)
    if "ma" not in request.args:
        return render_template("quiz/awards/verify.html", form=form, found=None), 200
    if not form.validate():
        return render_template("quiz/awards/verify.html", form=form, found=None), 422
    given = ((code, find_certificate(db.session, keyring(), code, arrived_at())) for code in form.readings)
    code, found = next((each for each in given if each[1]), ("", None))
    if found is None:
        typed = sum(letter.isalnum() for letter in form.ma.data or "")
        if typed == LETTERS:
            why = _("Không có giấy chứng nhận nào mang mã này. Xin xem lại từng chữ, từng số.")
        else:
            why = _("Mã gồm 20 chữ và số, ở đây có %(n)s. Xin gõ đủ mã trên giấy.", n=typed)
        status = refuse_code(form.ma, why)
        return render_template("quiz/awards/verify.html", form=form, found=None), status
    form.ma.data = ""
    return render_template("quiz/awards/verify.html", form=form, found=found, code=in_fours(code)), 200


@blueprint.get("/<slug>/giai-tap-the")
def unit_prizes(slug: str) -> str:
    """Show the prizes of units by the newest decision; 404 in a contest without any."""
    keep_reply()
    contest = contest_or_404(slug)
    if not contest.collective_tiers:
        abort(404)
    decision = find_decision(db.session, contest)
    tiers, terms = [tier.value for tier in contest.collective_tiers], contest.prize_terms
    measures = decision.measures if decision else list(by_measure(tiers, terms.measure))
    return render_template(
        "quiz/awards/unit_prizes.html",
        contest=contest,
        decision=decision,
        lists=[_prize_list(decision, each, tiers, terms.measure) for each in measures] if decision else [],
        measures=[MEASURE[each] for each in measures],
        **_draws(contest, decision),
    )


def _draws(contest: Contest, decision: CollectiveDecision | None) -> dict[str, object]:
    """Return the sentences about the public draws by which *decision* gave prizes, and the inputs of its numbers."""
    if decision is None or Rules.from_dict(contest.rules).ties is not Ties.DRAW:
        return {"draw_notes": [], "derived_orders": []}
    draws, given = list_unit_draws(db.session, contest), {str(each.unit_id) for each in decision.awards}
    deciding = {each.id for each in draws if given.intersection(each.drawn)}
    standing = {each.id for each in in_force([each.value for each in draws])}
    return {
        "draw_notes": public_sentences(draws, deciding & standing, unit_drawn_sentence),
        "derived_orders": derived_orders(draws, deciding & standing, names_of_units(db.session, draws)),
    }


def _prize_list(
    decision: CollectiveDecision, measure: CollectiveMeasure, tiers: Sequence[Tier], main: CollectiveMeasure | None
) -> PrizeList:
    """Return the prizes of *decision* by one measure; their places are those among the tiers of that measure."""
    names = [tier.name for tier in by_measure(tiers, main).get(measure, [])]
    awards = [each for each in decision.awards if decision.measure_of(each) is measure]
    figures = [each.figure / (each.headcount or 1) for each in awards]
    best = max(figures, default=0) or 1
    prizes = [
        UnitPrize(
            award,
            names.index(award.tier) + 1 if award.tier in names else len(names),
            award_words(measure, award.figure, award.headcount),
            round(100 * figure / best, 1),
        )
        for award, figure in zip(awards, figures, strict=True)
    ]
    return PrizeList(MEASURE[measure], prizes)
