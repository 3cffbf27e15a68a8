"""The defence of the whole contest: two people in a box give the sum that decides between them, and the article."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core import clock
from core.web.access import requires
from core.web.extensions import db, keyring
from quiz.awards.manage.season_compare_words import season_comparison
from quiz.awards.queries.season_comparison import closed_rounds, find_in_season, read_in_season
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.results.manage.comparison import ComparisonScope, comparison_reply

Page = Response | tuple[str, int]


@blueprint.route("/<slug>/giai-chung-cuoc/doi-chieu", methods=["GET", "POST"])
@requires("contact.open")
def compare_in_season(slug: str) -> Page:
    """Ask for two people and a reason, and show what decides between them; each comparison is recorded."""
    contest = contest_or_404(slug)
    if not closed_rounds(contest):
        flash(_("Chưa có đợt nào chốt kết quả."), "info")
        return redirect(url_for(".season", slug=slug))
    return comparison_reply(lambda: _scope(contest_or_404(slug)))


def _scope(contest: Contest) -> ComparisonScope:
    return ComparisonScope(
        contest,
        find=lambda typed: find_in_season(db.session, keyring(), contest, typed),
        read=lambda found: read_in_season(db.session, contest, found, clock.now()),
        compare=lambda one, other: season_comparison(contest, one, other),
        words={
            "contest": contest,
            "round": None,
            "here": url_for(".compare_in_season", slug=contest.slug),
            "back": url_for(".season", slug=contest.slug),
        },
    )
