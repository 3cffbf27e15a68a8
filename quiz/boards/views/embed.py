"""The board inside pages of other sites: without a cookie, a script or a form, the only page that may be framed."""

from flask import Blueprint, render_template

from core.web.arrival import arrived_at
from core.web.headers import allow_framing
from core.web.reply_cache import public_version
from quiz.boards.views.board import shown_board
from quiz.boards.views.board_address import address_of, query_of
from quiz.boards.views.door_turnout import daily_of
from quiz.contest.views import contest_or_404

blueprint = Blueprint("quiz_embed", "quiz_embed", url_prefix="/embed")
SHOWN = 10
"""Units that the frame has room for."""


@blueprint.get("/thi/<slug>/bang")
def board(slug: str) -> str:
    """Show the participation by unit and by day as on the board of the contest, until yesterday."""
    version = public_version()
    contest, now = contest_or_404(slug), arrived_at()
    view, shown = shown_board(contest, now, version, {})
    is_open = view.round is not None and view.round.opens_at <= now < view.round.closes_at
    daily = daily_of(view.round, now) if view.round is not None and is_open and not view.bloc else None
    allow_framing()
    full = address_of(contest, query_of(view) if view.bloc else {})
    return render_template("quiz/boards/embed_board.html", **shown, daily=daily, most=SHOWN, full_address=full)
