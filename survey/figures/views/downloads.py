"""The figures of an office, of a counter and of a province as files: a table, the trend and the tile map as a drawing
and as a picture.
"""

from collections.abc import Callable

from flask import Response, abort, request

from commune.queries.offices import find_office
from core.charts.files import png_file, svg_file
from core.charts.palette import DARK, LIGHT
from core.charts.store import in_turn
from core.charts.tile_drawing import draw_tiles
from core.charts.tiles import TileMap
from core.charts.trend import WIDE, Trend, draw_trend
from core.crypto import digest
from core.values.dates import day
from core.values.language import present
from core.web.downloads import csv
from core.web.extensions import db, settings
from core.web.reply_cache import keep_reply, public_version
from survey.counter.queries.counters import list_counters
from survey.figures.files.table import figures_table
from survey.figures.labels import level_of
from survey.figures.queries.figures import cards_by_channel, cards_by_counter, figures_from
from survey.figures.queries.office_list import OfficeList, read_office_list
from survey.figures.queries.province_map import province_map
from survey.figures.queries.reasons import list_reasons
from survey.figures.rules.coverage import Coverage
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
    return _drawing(_trend(slug), theme)


@blueprint.get("/ket-qua/<slug>/quay/<int:number>/xu-huong.svg")
def counter_trend(slug: str, number: int) -> Response:
    """Send a counter's trend by month as a drawing."""
    theme = _kept_theme()
    return _drawing(_trend(slug, number), theme)


@blueprint.get("/ket-qua/<slug>/xu-huong.png")
def office_trend_picture(slug: str) -> Response:
    """Send an office's trend by month as a picture."""
    return _picture(_trend(slug))


@blueprint.get("/ket-qua/<slug>/quay/<int:number>/xu-huong.png")
def counter_trend_picture(slug: str, number: int) -> Response:
    """Send a counter's trend by month as a picture."""
    return _picture(_trend(slug, number))


@blueprint.get("/ket-qua/so-do.svg")
def offices_map() -> Response:
    """Send the tile map of the province as a drawing."""
    keep_reply(seconds=KEPT_SECONDS)
    found, map = _map()
    title, key, source = _map_words(found, map)
    what = f"map svg {map!r} {title} {source}"
    return _sent(what, "image/svg+xml", lambda: svg_file(draw_tiles(map, title, key, source, LIGHT), title))


@blueprint.get("/ket-qua/so-do.png")
def offices_map_picture() -> Response:
    """Send the tile map of the province as a picture."""
    found, map = _map()
    title, key, source = _map_words(found, map)
    what = f"map png {map!r} {title} {source}"
    return _sent(what, "image/png", lambda: png_file(draw_tiles(map, title, key, source, LIGHT)))


def _map() -> tuple[OfficeList, TileMap]:
    found = read_office_list(db.session, today())
    return found, province_map(db.session, found, lambda office: office.slug) or abort(404)


def _map_words(found: OfficeList, map: TileMap) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """Return the title of the file of *map*, the words of its key, and the lines that name its source."""
    level, period = _(level_of(found.province)), found.coverage
    name = found.province.name if found.province else ""
    title = _(
        "%(higher)s nơi cao hơn rõ %(level)s, %(lower)s nơi thấp hơn rõ",
        higher=map.count("hi"),
        level=level,
        lower=map.count("lo"),
    )
    dates = _dates(period) if period else ""
    about = _("Kết quả đánh giá bộ phận Một cửa, %(province)s", province=name)
    return title, tile_words(level), (f"{settings().brand}. {about}", dates, settings().public_url + "/ket-qua/")


def _dates(period: Coverage) -> str:
    return _(
        "Từ %(since)s đến hết %(until)s, cập nhật %(updated)s. Mỗi ô một xã, phường, đặt gần đúng chỗ.",
        since=day(period.since),
        until=day(period.until),
        updated=day(period.updated_on),
    )


@blueprint.get("/ket-qua/<slug>/so-lieu.csv")
def office_table(slug: str) -> Response:
    """Send all figures of an office's page as a table."""
    keep_reply(seconds=KEPT_SECONDS, version=(version := public_version()))
    office = find_office(db.session, slug) or abort(404)
    counters = list_counters(db.session, office)
    cards, released = cards_by_counter(db.session, counters, today()), released_weeks(counters)
    low, high = list_reasons(db.session, counters, released)
    table = figures_table(
        figures_from(released, today()),
        province_beside(office, version),
        [(counter, cards[counter.id]) for counter in counters],
        cards_by_channel(db.session, counters, today()),
        ((_("Lý do không hài lòng"), low), (_("Lý do hài lòng"), high)),
    )
    return csv(table, f"ket qua {slug}")


@blueprint.get("/ket-qua/<slug>/quay/<int:number>/so-lieu.csv")
def counter_table(slug: str, number: int) -> Response:
    """Send all figures of a counter's page as a table."""
    keep_reply(seconds=KEPT_SECONDS, version=(version := public_version()))
    office, counter = counter_or_404(slug, number)
    figures = figures_from(released_weeks([counter]), today())
    channels = cards_by_channel(db.session, [counter], today())
    table = figures_table(figures, province_beside(office, version), channels=channels)
    return csv(table, f"ket qua {slug} quay {number}")


def _trend(slug: str, number: int | None = None) -> Trend:
    version = public_version()
    office, counter = counter_or_404(slug, number) if number else (find_office(db.session, slug) or abort(404), None)
    counters = [counter] if counter else list_counters(db.session, office)
    figures, subject = figures_from(released_weeks(counters), today()), PageSubject.of(office, counter)
    return trend_drawn(figures, province_beside(office, version), subject.short, SHOWN_MONTHS) or abort(404)


def _kept_theme() -> str:
    """Keep the drawing, and return the theme that its address asks for: dark or none."""
    theme = DARK_THEME if request.args.get("nen") == DARK_THEME else ""
    keep_reply(seconds=KEPT_SECONDS, query={"nen": theme} if theme else None)
    return theme


def _drawing(trend: Trend, theme: str) -> Response:
    def draw() -> bytes:
        return svg_file(draw_trend(trend, WIDE, DARK if theme else LIGHT, has_ground=True), trend_words(trend))

    return _sent(f"svg {theme} {trend!r}", "image/svg+xml", draw)


def _picture(trend: Trend) -> Response:
    return _sent(f"png {trend!r}", "image/png", lambda: png_file(draw_trend(trend, WIDE, LIGHT, has_ground=True)))


def _sent(what: str, media_type: str, draw: Callable[[], bytes]) -> Response:
    """Send the drawing of *what*, with a tag by which a browser asks again."""
    tag = digest(present(), what).hex()[:32]
    headers = {"Cache-Control": "no-cache", "ETag": f'"{tag}"'}
    reply = Response(kept(what, in_turn(draw)), mimetype=media_type, headers=headers)
    reply.make_conditional(request)
    return reply
