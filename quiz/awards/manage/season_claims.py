"""The prizes of the whole contest that were received, and those that wait."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core import clock
from core.web.access import requires
from core.web.extensions import db
from quiz.awards.manage.season_names import readable_names
from quiz.contest.manage import blueprint, contest_or_404
from quiz.results.manage.claims import claim_lines, claims_page, record_answer
from quiz.results.queries.claims import season_claims_until
from quiz.results.queries.season_prizes import find_season_decision

Page = Response | tuple[str, int]


@blueprint.get("/<slug>/giai-chung-cuoc/nhan-giai")
@requires("result.see")
def season_claims(slug: str) -> Page:
    """List the prizes of the newest decision: those that wait first."""
    contest = contest_or_404(slug)
    decision = find_season_decision(db.session, contest)
    if decision is None:
        flash(_("Quyết định giải chung cuộc rồi mới trao giải."), "warning")
        return redirect(url_for(".season", slug=slug))
    names = readable_names(contest, decision, decision.awards, clock.now())
    lines = claim_lines(contest, decision.awards, names)
    return claims_page(lines, season_claims_until(contest, decision), contest=contest, round=None), 200


@blueprint.post("/<slug>/giai-chung-cuoc/nhan-giai/<uuid:participant_id>/<any('da-nhan','chua-nhan'):answer>")
@requires("contest.manage")
def season_claim(slug: str, participant_id: UUID, answer: str) -> Response:
    """Record that a prize was received, or take the record back."""
    record_answer(contest_or_404(slug), participant_id, answer)
    return redirect(url_for(".season_claims", slug=slug))
