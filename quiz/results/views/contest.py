"""The list of contests."""

from flask import render_template

from core.web.arrival import arrived_at
from core.web.extensions import db
from core.web.reply_cache import keep_reply
from quiz.contest import queries as contests
from quiz.contest.views import blueprint


@blueprint.get("/", endpoint="contests")
def list_page() -> str:
    """List the contests that are open, about to open, called off and past."""
    keep_reply()
    now = arrived_at()
    return render_template(
        "quiz/results/contests.html",
        open_contests=contests.list_open_contests(db.session, now),
        upcoming=contests.list_upcoming_contests(db.session, now),
        called_off=contests.list_called_off_contests(db.session, now),
        past=contests.list_past_contests(db.session, now),
    )
