"""The list of contests."""

from typing import NamedTuple

from flask import render_template

from commune.queries.offices import find_hotline
from core.web.arrival import arrived_at
from core.web.extensions import db
from core.web.reply_cache import keep_reply
from quiz.boards.rules.daily import Daily
from quiz.boards.views.door import FrontPage, front_page
from quiz.boards.views.door_turnout import daily_of
from quiz.contest import queries as contests
from quiz.contest.models import Contest
from quiz.contest.views import blueprint
from quiz.results.queries.result import turns_of_contests


class OpenContest(NamedTuple):
    """A contest that takes papers, with its front page and the people of its open round by day."""

    contest: Contest
    page: FrontPage
    daily: Daily | None


@blueprint.get("/", endpoint="contests")
def list_page() -> str:
    """List the contests that are open, about to open, called off and past."""
    keep_reply()
    now = arrived_at()
    past = contests.list_past_contests(db.session, now)
    return render_template(
        "quiz/boards/contests.html",
        open_contests=[
            OpenContest(each, front_page(each, now), daily_of(round, now))
            for each, round in contests.list_open_contests(db.session, now)
        ],
        upcoming=contests.list_upcoming_contests(db.session, now),
        called_off=contests.list_called_off_contests(db.session, now),
        past=past,
        turns=turns_of_contests(db.session, past),
        hotline=find_hotline(db.session),
    )
