"""The front page and the page about privacy."""

from flask import Blueprint, render_template

from core.retention import rules
from core.values.week import local_date
from core.web.arrival import arrived_at
from core.web.extensions import db
from core.web.reply_cache import keep_reply
from quiz.contest import queries as contests
from report import queries

OF_PEOPLE = frozenset({"contacts", "names", "requests", "comments"})
"""The retention rules about people that the page about privacy lists; the others are on the staff's page."""

blueprint = Blueprint("report", __name__)


@blueprint.get("/")
def home() -> str:
    """Show open, upcoming and past contests, and offices with their figures."""
    keep_reply()
    now = arrived_at()
    count, offices, new = queries.front_offices(db.session, local_date(now))
    return render_template(
        "report/home.html",
        contests=contests.list_open_contests(db.session, now),
        upcoming=contests.list_upcoming_contests(db.session, now),
        called_off=contests.list_called_off_contests(db.session, now),
        past=contests.list_past_contests(db.session, now),
        office_count=count,
        offices=offices,
        new=new,
        is_illustrative=queries.holds_illustrative(db.session),
    )


@blueprint.get("/tra-cuu")
def lookup() -> str:
    """Show the three things that a person can look up with a code, and what each code is."""
    keep_reply()
    return render_template("report/lookup.html")


@blueprint.get("/tro-nang")
def accessibility() -> str:
    """Show how far the pages can be used by everybody, what is known not to work, and where to say so."""
    keep_reply()
    return render_template("report/accessibility.html")


@blueprint.get("/quyen-rieng-tu")
def privacy() -> str:
    """Show who holds which data about people, for what purpose, how long, and the rights of a person."""
    shown = [rule for rule in rules(db.session) if rule.code in OF_PEOPLE]
    return render_template("report/privacy.html", holders=queries.list_holders(db.session), rules=shown)
