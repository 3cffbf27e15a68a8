"""The sheet of an office's quarter, to print and hang where people rated."""

from pathlib import Path

from flask import Response, abort, request

from commune.queries.offices import find_office
from core.charts.store import cached, in_turn
from core.crypto import digest
from core.values.language import present
from core.web.extensions import db, settings
from core.web.letters import public_link
from core.web.reply_cache import public_version
from survey.counter.queries.counters import list_counters
from survey.figures.documents import quarter_pdf, quarter_sheet
from survey.figures.rules.quarter import Quarter
from survey.figures.views.office import province_beside
from survey.rating.views.rate import blueprint, today


@blueprint.get("/ket-qua/<slug>/quy/<int:year>-<int:number>.pdf")
def quarter(slug: str, year: int, number: int) -> Response:
    """Send the sheet of a quarter, drawn once a day, language and version of the data; 404 while none of it is
    released.
    """
    asked, address = Quarter(year, number), public_link("survey.office", slug=slug)
    version = f"{public_version()} {today()}"
    key = digest("quarter-v5", version, address, repr(asked), present()).hex()
    folder = Path(settings().instance_path) / "cache" / "sheets"
    drawn = cached(folder, key, in_turn(lambda: _draw(slug, asked, address)))
    shown = f'inline; filename="ket-qua-quy-{number}-{year}-{slug}.pdf"'
    headers = {"Content-Disposition": shown, "Cache-Control": "no-cache", "ETag": f'"{key[:32]}"'}
    reply = Response(drawn, mimetype="application/pdf", headers=headers)
    reply.make_conditional(request)
    return reply


def _draw(slug: str, asked: Quarter, address: str) -> bytes:
    office = find_office(db.session, slug) or abort(404)
    counters = list_counters(db.session, office)
    province = province_beside(office, public_version())
    sheet = quarter_sheet(db.session, office, counters, province, asked, today(), address) or abort(404)
    return quarter_pdf(sheet)
