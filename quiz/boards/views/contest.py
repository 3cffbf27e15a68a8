"""The list of contests."""

from datetime import datetime
from typing import NamedTuple

from flask import render_template

from commune.queries.offices import find_hotline
from core.web.arrival import arrived_at
from core.web.extensions import db
from core.web.reply_cache import keep_reply
from quiz.boards.views.door import FrontPage, front_page
from quiz.boards.views.door_turnout import RoundDays, newest_daily
from quiz.contest import queries as contests
from quiz.contest.models import Contest
from quiz.contest.views import blueprint
from quiz.results.queries.result import turns_of_contests


class OpenContest(NamedTuple):
    """A contest that takes papers, with its front page and the people of its newest round that has a day to show."""

    contest: Contest
    page: FrontPage
    newest: RoundDays | None

    @property
    def people(self) -> int:
        """The people of that round."""
        return self.newest.daily.total if self.newest else 0


@blueprint.get("/", endpoint="contests")
def list_page() -> str:
    """List the contests that are open, the first to close first, about to open, called off and past."""
    keep_reply()
    now = arrived_at()
    past = contests.list_past_contests(db.session, now)
    return render_template(
        "quiz/boards/contests.html",
        open_contests=_open_contests(now),
        upcoming=contests.list_upcoming_contests(db.session, now),
        called_off=contests.list_called_off_contests(db.session, now),
        past=past,
        now=now,
        turns=turns_of_contests(db.session, past),
        hotline=find_hotline(db.session),
    )


def _open_contests(now: datetime) -> list[OpenContest]:
    """Return the open contests by the close of their round; of those that close together, the larger one first."""
    found = contests.list_open_contests(db.session, now)
    closes_at = {contest.id: round.closes_at for contest, round in found}
    opened = [OpenContest(each, front_page(each, now), newest_daily(each, now)) for each, _round in found]
    return sorted(opened, key=lambda each: (closes_at[each.contest.id], -each.people))
