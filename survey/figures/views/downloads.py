"""The drawings of an office and of a counter as files."""

from pathlib import Path

from flask import Response, abort, request

from commune.queries.offices import find_office
from core.charts.files import svg_file
from core.charts.palette import DARK, LIGHT
from core.charts.store import cached
from core.charts.trend import WIDE, draw_trend
from core.crypto import digest
from core.web.extensions import db, settings
from core.web.reply_cache import keep_reply
from survey.counter.models import Counter
from survey.counter.queries.counters import list_counters
from survey.figures import labels
from survey.figures.queries.figures import figures_of
from survey.figures.views.office import KEPT_SECONDS, counter_or_404
from survey.rating.views.rate import blueprint, today

DARK_THEME = "toi"
"""The value of *nen* in the address of a trend for a dark screen."""


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
    office, counter = counter_or_404(slug, number)
    return _trend(f"Quầy {counter.number}, {office.name}", [counter], theme)


def _kept_theme() -> str:
    """Keep the picture, and return the theme that its address asks for: dark or none."""
    theme = DARK_THEME if request.args.get("nen") == DARK_THEME else ""
    keep_reply(seconds=KEPT_SECONDS, query={"nen": theme} if theme else None)
    return theme


def _trend(name: str, counters: list[Counter], theme: str) -> Response:
    trend = labels.trend_of(figures_of(db.session, counters, today()).trend, name)
    if trend is None:
        abort(404)
    title = labels.TREND_TITLE.format(name=name)
    key = digest("trend-v2", theme, title, repr(trend)).hex()
    folder = Path(settings().instance_path) / "cache" / "charts"
    colours = DARK if theme else LIGHT
    drawn = cached(folder, key, lambda: svg_file(draw_trend(trend, WIDE, colours, has_ground=True), title))
    return Response(
        drawn, mimetype="image/svg+xml", headers={"Cache-Control": "no-cache", "ETag": f'"{key[:32]}{theme}"'}
    )
