"""The blueprint of a contest's public pages; the wings add their pages to it."""

from flask import Blueprint, abort, url_for

from core.web.arrival import arrived_at
from core.web.error_links import BackLink
from core.web.extensions import db
from quiz.contest import queries as contests
from quiz.contest.labels.guesses import GuessWords, guess_words
from quiz.contest.labels.prizes import prize_name
from quiz.contest.labels.rounds import Named, round_name, round_words
from quiz.contest.models import Contest
from quiz.contest.rules.presets import Rules

blueprint = Blueprint("quiz", "quiz", url_prefix="/thi")


def contest_or_404(slug: str) -> Contest:
    """Return the contest at *slug* as the public sees it, else abort with 404."""
    return contests.find_shown_contest(db.session, slug, arrived_at()) or abort(404)


def back_link(slug: str) -> BackLink | None:
    """Return the public page of a contest, for error pages below its address."""
    found = contests.find_shown_contest(db.session, slug, arrived_at())
    return BackLink(found.title, url_for("quiz.contest", slug=slug), found.hotline) if found else None


@blueprint.app_template_global("round_name")
def _round_name(round: Named) -> str:
    return round_name(round)


@blueprint.app_template_global("guess_words")
def _guess_words(rules: Rules, people: int | None) -> GuessWords:
    return guess_words(rules, people)


@blueprint.app_template_filter("prize")
def _prize(name: str, contest: Contest) -> str:
    return prize_name(name, contest)


@blueprint.app_template_global("round_words")
def _round_words(round: Named) -> str:
    return round_words(round)
