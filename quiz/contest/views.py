"""The contest's public address; the pages below it stand in the wings that fill them."""

from flask import Blueprint, abort, url_for

from core.web.arrival import arrived_at
from core.web.error_links import BackLink
from core.web.extensions import db
from quiz.contest import queries as contests
from quiz.contest.models import Contest

blueprint = Blueprint("quiz", "quiz", url_prefix="/thi")


def contest_or_404(slug: str) -> Contest:
    """The contest at *slug* as the public sees it; a draft is not there."""
    return contests.find_shown_contest(db.session, slug, arrived_at()) or abort(404)


def way_to(slug: str) -> BackLink | None:
    """The contest, for a visitor lost below its address; a draft is not there."""
    found = contests.find_shown_contest(db.session, slug, arrived_at())
    return BackLink(found.title, url_for("quiz.contest", slug=slug), found.hotline) if found else None
