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
from quiz.contest.labels.terms import MEASURE
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.contest.views import blueprint, contest_or_404

Page = tuple[str, int]


@dataclass(frozen=True)
class UnitPrize:
    """A unit's prize: its place among the prizes, what gave it in words, and its bar beside the best one's 100."""

    award: CollectiveAward
    place: int
    words: str
    width: float


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
        why = _("Không có giấy chứng nhận nào mang mã này. Xin xem lại từng chữ, từng số.")
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
    measure = CollectiveMeasure(decision.measure) if decision else contest.prize_terms.measure
    return render_template(
        "quiz/awards/unit_prizes.html",
        contest=contest,
        decision=decision,
        prizes=_unit_prizes(decision, [tier.name for tier in contest.collective_tiers]) if decision else [],
        measure=MEASURE[measure] if measure else "",
    )


def _unit_prizes(decision: CollectiveDecision, tiers: Sequence[str]) -> list[UnitPrize]:
    figures = [each.figure / (each.headcount or 1) for each in decision.awards]
    best = max(figures, default=0) or 1
    return [
        UnitPrize(
            award,
            tiers.index(award.tier) + 1 if award.tier in tiers else len(tiers),
            award_words(decision.measure, award.figure, award.headcount),
            round(100 * figure / best, 1),
        )
        for award, figure in zip(decision.awards, figures, strict=True)
    ]
