"""The public list of offices with their figures."""

from flask import render_template

from commune.queries.offices import count_offices, list_offices
from core.web.extensions import db
from core.web.paging import paging, searched
from core.web.reply_cache import keep_reply, public_version
from survey.figures.queries.figures import cards_by_office
from survey.figures.queries.newness import list_office_counters, new_offices
from survey.figures.views.office import KEPT_SECONDS
from survey.rating.views.rate import blueprint, today


@blueprint.get("/ket-qua/")
def offices() -> str:
    """List the offices by name, one page at a time, optionally searched."""
    version = public_version()
    page = paging(count_offices(db.session, find=searched()))
    if not page.find:
        keep_reply(seconds=KEPT_SECONDS, version=version, query={"trang": page.number} if page.number > 1 else None)
    found = list_offices(db.session, find=page.find, part=page.part)
    counters = list_office_counters(db.session, found)
    cards = cards_by_office(db.session, found, counters, today())
    rows = [(office, cards[office.id]) for office in found]
    new = new_offices(found, counters, today())
    return render_template("survey/figures/offices.html", page=page, rows=rows, new=new)
