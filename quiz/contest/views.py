"""The contest's public address; the pages below it stand in the wings that fill them."""

from flask import Blueprint, url_for

from core.web.error_links import BackLink
from core.web.extensions import db
from quiz.contest import queries as contests

blueprint = Blueprint("quiz", "quiz", url_prefix="/thi")


def way_to(slug: str) -> BackLink | None:
    """The contest, for whoever got lost below its address; a draft is not there."""
    found = contests.find_shown_contest(db.session, slug)
    return BackLink(found.title, url_for("quiz.contest", slug=slug), found.hotline) if found else None
