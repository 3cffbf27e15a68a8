"""The public pages of results: offices, one office, one counter, and their trends."""

from pathlib import Path

from flask import Response, abort, render_template, request, url_for

from commune.models import Office
from commune.queries.offices import count_offices, find_office, list_offices
from core.charts import cached, darkened, trend_svg
from core.crypto import digest
from core.translation import gettext
from core.web.error_links import BackLink
from core.web.extensions import db, settings
from core.web.paging import paging, searched
from core.web.reply_cache import keep_reply, public_version
from survey.counter.models import Counter
from survey.counter.queries.counters import find_counter_of, list_counters
from survey.figures import labels
from survey.figures.queries.figures import cards_by_channel, cards_by_counter, cards_by_office, figures_of
from survey.figures.queries.newness import list_office_counters, new_counters, new_offices
from survey.instrument.rules.quick import LEVELS
from survey.rating.labels import CHANNEL
from survey.rating.views.rate import blueprint, today

DARK_THEME = "toi"
"""The value of *nen* in the address of a trend for a dark screen."""
KEPT_SECONDS = 300
"""How long a page is kept at most. Ratings of the current week are not shown, so that they need not renew the public
data; one that arrived in the last second of a week may be committed in the next, and is seen when the time is over."""


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
    office, counter = _counter_or_404(slug, number)
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


@blueprint.get("/ket-qua/<slug>/xu-huong.svg")
def office_trend(slug: str) -> Response:
    """Send an office's trend by month as a picture."""
    theme = _kept_theme()
    office = find_office(db.session, slug) or abort(404)
    return _trend(office.name, list_counters(db.session, office), theme)


@blueprint.get("/ket-qua/<slug>/quay/<int:number>/xu-huong.svg")
def counter_trend(slug: str, number: int) -> Response:
    """Send a counter's trend by month as a picture."""
    theme = _kept_theme()
    office, counter = _counter_or_404(slug, number)
    return _trend(f"Quầy {counter.number}, {office.name}", [counter], theme)


def back_link(slug: str) -> BackLink | None:
    """Return the public page of an office, for error pages below its address."""
    office = find_office(db.session, slug)
    return BackLink(office.name, url_for("survey.office", slug=slug), office.hotline) if office else None


def _counter_or_404(slug: str, number: int) -> tuple[Office, Counter]:
    office = find_office(db.session, slug) or abort(404)
    return office, find_counter_of(db.session, office, number) or abort(404)


def _kept_theme() -> str:
    """Keep the picture, and return the theme that its address asks for: dark or none."""
    theme = DARK_THEME if request.args.get("nen") == DARK_THEME else ""
    keep_reply(seconds=KEPT_SECONDS, query={"nen": theme} if theme else None)
    return theme


def _trend(name: str, counters: list[Counter], theme: str) -> Response:
    figures = figures_of(db.session, counters, today())
    points = [(labels.month(point.month), point.share, point.low, point.high) for point in figures.trend]
    if not points:
        abort(404)
    counts = [point.n for point in figures.trend]
    title = gettext(labels.TREND_TITLE, name=name)
    key = digest("trend-v1", title, repr(points), repr(counts)).hex()
    folder = Path(settings().instance_path) / "cache" / "charts"
    drawn = cached(folder, key, lambda: trend_svg(points, title=title, alt=labels.trend_alt(figures.trend), n=counts))
    return Response(
        darkened(drawn) if theme else drawn,
        mimetype="image/svg+xml",
        headers={"Cache-Control": "no-cache", "ETag": f'"{key[:32]}{theme}"'},
    )
