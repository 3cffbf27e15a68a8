"""The figures of an office, of a counter and of a province as files: a table, the trend and the tile map as a drawing
and as a picture.
"""

from collections.abc import Callable

from flask import Response, abort, request, url_for

from commune.models import Office
from commune.queries.offices import find_office
from core.charts.caption import Caption
from core.charts.files import png_file, svg_file
from core.charts.palette import DARK, LIGHT
from core.charts.store import in_turn
from core.charts.tile_drawing import draw_tiles
from core.charts.tiles import TileMap
from core.charts.trend import WIDE, Trend, draw_trend
from core.crypto import digest
from core.values.language import present
from core.web.downloads import csv
from core.web.extensions import db, settings
from core.web.reply_cache import keep_reply, public_version
from survey.counter.models import Counter
from survey.counter.queries.counters import list_counters
from survey.figures.files.table import Origin, days_in_name, figures_table
from survey.figures.labels import level_of
from survey.figures.queries.figures import Figures, cards_by_channel, cards_by_counter, figures_from
from survey.figures.queries.office_list import OfficeList, read_office_list
from survey.figures.queries.province_map import province_map
from survey.figures.queries.reasons import list_reasons
from survey.figures.views.captions import reach_words, source_words, trend_caption
from survey.figures.views.drawings import kept, trend_drawn, trend_words
from survey.figures.views.model import SHOWN_MONTHS, PageSubject
from survey.figures.views.office import KEPT_SECONDS, counter_or_404, province_beside, released_weeks
from survey.figures.views.words import _, tile_words
from survey.rating.views.rate import blueprint, today

DARK_THEME = "toi"
"""The value of *nen* in the address of a trend for a dark screen."""


@blueprint.get("/ket-qua/<slug>/xu-huong.svg")
def office_trend(slug: str) -> Response:
    """Send an office's trend by month as a drawing."""
    theme = _kept_theme()
    return _drawing(*_trend(slug), theme)


@blueprint.get("/ket-qua/<slug>/quay/<int:number>/xu-huong.svg")
def counter_trend(slug: str, number: int) -> Response:
    """Send a counter's trend by month as a drawing."""
    theme = _kept_theme()
    return _drawing(*_trend(slug, number), theme)


@blueprint.get("/ket-qua/<slug>/xu-huong.png")
def office_trend_picture(slug: str) -> Response:
    """Send an office's trend by month as a picture."""
    return _picture(*_trend(slug))


@blueprint.get("/ket-qua/<slug>/quay/<int:number>/xu-huong.png")
def counter_trend_picture(slug: str, number: int) -> Response:
    """Send a counter's trend by month as a picture."""
    return _picture(*_trend(slug, number))


@blueprint.get("/ket-qua/so-do.svg")
def offices_map() -> Response:
    """Send the tile map of the province as a drawing."""
    keep_reply(seconds=KEPT_SECONDS)
    found, map = _map()
    caption, key = _map_words(found, map)
    what = f"map svg {map!r} {caption!r}"
    return _sent(what, "image/svg+xml", lambda: svg_file(draw_tiles(map, caption, key, LIGHT), caption.title))


@blueprint.get("/ket-qua/so-do.png")
def offices_map_picture() -> Response:
    """Send the tile map of the province as a picture."""
    found, map = _map()
    caption, key = _map_words(found, map)
    what = f"map png {map!r} {caption!r}"
    return _sent(what, "image/png", lambda: png_file(draw_tiles(map, caption, key, LIGHT)))


def _map() -> tuple[OfficeList, TileMap]:
    found = read_office_list(db.session, today())
    return found, province_map(db.session, found, lambda office: office.slug) or abort(404)


def _map_words(found: OfficeList, map: TileMap) -> tuple[Caption, dict[str, str]]:
    """Return the caption of the file of *map*, and the words of its key."""
    level, period = _(level_of(found.province)), found.coverage
    name = found.province.name if found.province else ""
    title = _(
        "%(higher)s nơi cao hơn rõ %(level)s, %(lower)s nơi thấp hơn rõ",
        higher=map.count("hi"),
        level=level,
        lower=map.count("lo"),
    )
    unit = _("Mỗi ô một xã, phường, đặt gần đúng chỗ.")
    about = _("Kết quả đánh giá bộ phận Một cửa, %(province)s", province=name)
    source = (f"{settings().brand}. {about}", reach_words(period), settings().public_url + url_for("survey.offices"))
    return Caption(title, unit, source), tile_words(level)


@blueprint.get("/ket-qua/<slug>/so-lieu.csv")
def office_table(slug: str) -> Response:
    """Send all figures of an office's page as a table."""
    keep_reply(seconds=KEPT_SECONDS, version=(version := public_version()))
    office = find_office(db.session, slug) or abort(404)
    counters = list_counters(db.session, office)
    cards, released = cards_by_counter(db.session, counters, today()), released_weeks(counters)
    low, high = list_reasons(db.session, counters, released)
    figures = figures_from(released, today())
    table = figures_table(
        figures,
        _origin(figures, office),
        province_beside(office, version),
        [(counter, cards[counter.id]) for counter in counters],
        cards_by_channel(db.session, counters, today()),
        ((_("Lý do không hài lòng"), low), (_("Lý do hài lòng"), high)),
    )
    return csv(table, f"ket qua {slug}{days_in_name(figures.coverage)}")


@blueprint.get("/ket-qua/<slug>/quay/<int:number>/so-lieu.csv")
def counter_table(slug: str, number: int) -> Response:
    """Send all figures of a counter's page as a table."""
    keep_reply(seconds=KEPT_SECONDS, version=(version := public_version()))
    office, counter = counter_or_404(slug, number)
    figures = figures_from(released_weeks([counter]), today())
    channels = cards_by_channel(db.session, [counter], today())
    table = figures_table(
        figures, _origin(figures, office, counter), province_beside(office, version), channels=channels
    )
    return csv(table, f"ket qua {slug} quay {number}{days_in_name(figures.coverage)}")


def _origin(figures: Figures, office: Office, counter: Counter | None = None) -> Origin:
    """Return which days the file of *figures* covers, and where they were published."""
    return Origin(figures.coverage, source_words(settings().brand, _address_of(office, counter)))


def _trend(slug: str, number: int | None = None) -> tuple[Trend, Caption]:
    """Return the trend of an office or of its counter *number*, with the words of its file."""
    version = public_version()
    office, counter = counter_or_404(slug, number) if number else (find_office(db.session, slug) or abort(404), None)
    counters = [counter] if counter else list_counters(db.session, office)
    figures, subject = figures_from(released_weeks(counters), today()), PageSubject.of(office, counter)
    trend = trend_drawn(figures, province_beside(office, version), subject.short, SHOWN_MONTHS) or abort(404)
    return trend, trend_caption(figures, subject, settings().brand, _address_of(office, counter))


def _address_of(office: Office, counter: Counter | None = None) -> str:
    """Return the full address of the page of *office*, or of its *counter*."""
    if counter:
        return settings().public_url + url_for("survey.counter", slug=office.slug, number=counter.number)
    return settings().public_url + url_for("survey.office", slug=office.slug)


def _kept_theme() -> str:
    """Keep the drawing, and return the theme that its address asks for: dark or none."""
    theme = DARK_THEME if request.args.get("nen") == DARK_THEME else ""
    keep_reply(seconds=KEPT_SECONDS, query={"nen": theme} if theme else None)
    return theme


def _drawing(trend: Trend, caption: Caption, theme: str) -> Response:
    def draw() -> bytes:
        return svg_file(draw_trend(trend, WIDE, DARK if theme else LIGHT, caption), trend_words(trend))

    return _sent(f"svg {theme} {trend!r} {caption!r}", "image/svg+xml", draw)


def _picture(trend: Trend, caption: Caption) -> Response:
    what = f"png {trend!r} {caption!r}"
    return _sent(what, "image/png", lambda: png_file(draw_trend(trend, WIDE, LIGHT, caption)))


def _sent(what: str, media_type: str, draw: Callable[[], bytes]) -> Response:
    """Send the drawing of *what*, with a tag by which a browser asks again."""
    tag = digest(present(), what).hex()[:32]
    headers = {"Cache-Control": "no-cache", "ETag": f'"{tag}"'}
    reply = Response(kept(what, in_turn(draw)), mimetype=media_type, headers=headers)
    reply.make_conditional(request)
    return reply
