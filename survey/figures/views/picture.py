"""The picture that messengers show beside the address of an office."""

from flask import Response, abort
from flask_babel import gettext as _

from commune.models import Office
from commune.queries.offices import find_office
from core.share_card import ShareCard
from core.values.content import shown
from core.values.dates import day
from core.values.language import DEFAULT, present
from core.values.numbers import percent, thousands
from core.web.extensions import db, settings
from core.web.sharing import picture_of, picture_reply, public_host
from survey.counter.queries.counters import list_counters
from survey.figures.queries.figures import Figures, figures_of
from survey.figures.views.model import PageSubject
from survey.rating.views.rate import blueprint, today


@picture_of("survey.office", "survey.counter")
@blueprint.get("/ket-qua/<slug>/anh.png")
def office_picture(slug: str) -> Response:
    """Send the picture of an office: its released share of satisfied people, or that there are too few ratings."""
    return picture_reply(lambda: _card(slug))


def _card(slug: str) -> ShareCard:
    office = find_office(db.session, slug) or abort(404)
    lines = _lines(figures_of(db.session, list_counters(db.session, office), today()))
    above, brand = _("Người dân đánh giá"), settings().brand
    return ShareCard(_title(office), lines, above=above, brand=brand, address=public_host())


def _lines(figures: Figures) -> tuple[str, ...]:
    """Return the share, the days that it covers and the day of its update: a picture travels without its page."""
    card, days = figures.card, figures.coverage
    if card is None or days is None:
        return (_("Chưa đủ 5 lượt để công bố"),)
    return (
        _("%(share)s hài lòng, trong %(n)s lượt đánh giá", share=percent(card.share), n=thousands(card.n)),
        _(
            "Từ %(since)s đến hết %(until)s, cập nhật %(updated)s",
            since=day(days.since),
            until=day(days.until),
            updated=day(days.updated_on),
        ),
    )


def _title(office: Office) -> str:
    """Return the full name of *office*; in another language its name there, else what the office is and where."""
    return office.name if present() == DEFAULT else shown(PageSubject.of(office).title)
