"""The front page: what a citizen can do here today."""

from flask import Blueprint, render_template

from core.retention import rules
from core.values.week import local_date
from core.web.arrival import arrived_at
from core.web.extensions import db
from core.web.reply_cache import keep_reply
from report import queries

OF_PEOPLE = frozenset({"contacts", "names", "requests", "comments"})
"""What is kept of people; how long the machinery keeps its own is on the staff's page."""

blueprint = Blueprint("report", __name__)


@blueprint.get("/")
def home() -> str:
    """Contests open, to come and past, offices and their figures."""
    keep_reply()
    now = arrived_at()
    count, offices, new = queries.front_offices(db.session, local_date(now))
    return render_template(
        "report/home.html",
        contests=queries.open_contests(db.session, now),
        upcoming=queries.upcoming_contests(db.session, now),
        called_off=queries.called_off_contests(db.session, now),
        past=queries.past_contests(db.session, now),
        office_count=count,
        offices=offices,
        new=new,
        is_illustrative=queries.holds_illustrative(db.session),
    )


@blueprint.get("/quyen-rieng-tu")
def privacy() -> str:
    """Who holds what about people, for what, how long, and what they may ask."""
    told = [rule for rule in rules(db.session) if rule.code in OF_PEOPLE]
    return render_template("report/privacy.html", holders=queries.list_holders(db.session), rules=told)
