"""The public pages of one office and of one counter."""

from flask import abort, render_template, url_for

from commune.models import Office
from commune.queries.offices import find_office
from core.web.error_links import BackLink
from core.web.extensions import db
from core.web.reply_cache import keep_reply
from survey.counter.models import Counter
from survey.counter.queries.counters import find_counter_of, list_counters
from survey.figures import labels
from survey.figures.queries.figures import cards_by_channel, cards_by_counter, figures_of
from survey.figures.queries.newness import new_counters
from survey.instrument.rules.quick import LEVELS
from survey.rating.labels import CHANNEL
from survey.rating.views.rate import blueprint, today

KEPT_SECONDS = 300
"""How long a page is kept at most. Ratings of the current week are not shown, so that they need not renew the public
data; one that arrived in the last second of a week may be committed in the next, and is seen when the time is over."""


@blueprint.get("/ket-qua/<slug>")
def office(slug: str) -> str:
    """The public figures of an office and of each of its counters."""
    keep_reply(seconds=KEPT_SECONDS)
    office = find_office(db.session, slug) or abort(404)
    counters = list_counters(db.session, office)
    cards = cards_by_counter(db.session, counters, today())
    new = new_counters(counters, today())
    rows = [(counter, cards[counter.id]) for counter in counters]
    missing = [counter.number for counter in counters if cards[counter.id] is None]
    is_new = len(new) == len(counters)
    return _render_figures(office, counters, rows=rows, new=new, missing=missing, is_new=is_new, counter=None)


@blueprint.get("/ket-qua/<slug>/quay/<int:number>")
def counter(slug: str, number: int) -> str:
    """The public figures of one counter."""
    keep_reply(seconds=KEPT_SECONDS)
    office, counter = counter_or_404(slug, number)
    is_new = bool(new_counters([counter], today()))
    return _render_figures(office, [counter], rows=[], is_new=is_new, counter=counter)


def _render_figures(office: Office, counters: list[Counter], **more: object) -> str:
    figures = figures_of(db.session, counters, today())
    return render_template(
        "survey/figures/figures.html",
        office=office,
        figures=figures,
        trend_words=labels.trend_alt(figures.trend),
        channels=cards_by_channel(db.session, counters, today()),
        level_label=LEVELS,
        channel_label=CHANNEL,
        **more,
    )


def back_link(slug: str) -> BackLink | None:
    """Return the public page of an office, for error pages below its address."""
    office = find_office(db.session, slug)
    return BackLink(office.name, url_for("survey.office", slug=slug), office.hotline) if office else None


def counter_or_404(slug: str, number: int) -> tuple[Office, Counter]:
    office = find_office(db.session, slug) or abort(404)
    return office, find_counter_of(db.session, office, number) or abort(404)
