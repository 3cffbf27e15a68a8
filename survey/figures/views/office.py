"""The public pages of one office and of one counter."""

from collections.abc import Sequence
from datetime import timedelta

from flask import abort, render_template, url_for

from commune.models import Office
from commune.queries.offices import find_office
from core.values.week import monday_of
from core.web.arrival import arrived_at
from core.web.error_links import BackLink
from core.web.extensions import db, settings
from core.web.reply_cache import keep_reply, public_version
from survey.counter.models import Counter
from survey.counter.queries.counters import find_counter_of, list_counters
from survey.figures.labels import words_of
from survey.figures.queries.figures import Figures, cards_by_channel, cards_by_counter, figures_from
from survey.figures.queries.newness import new_counters
from survey.figures.queries.province import ProvinceFigures, province_figures
from survey.figures.queries.reasons import list_reasons
from survey.figures.rules.scorecard import Scorecard
from survey.figures.views import model
from survey.figures.views.drawings import inline_trend, trend_drawn
from survey.instrument.rules.quick import LEVELS
from survey.rating.queries.tally import ShownWeek, released_of
from survey.rating.rules.channels import Channel
from survey.rating.views.rate import blueprint, today

KEPT_SECONDS = 300
"""How long a page is kept at most. Ratings of the current week are not shown, so that they need not renew the public
data; one that arrived in the last second of a week may be committed in the next, and is seen when the time is over."""


@blueprint.get("/ket-qua/<slug>")
def office(slug: str) -> str:
    """The public figures of an office and of each of its counters."""
    version = public_version()
    keep_reply(seconds=KEPT_SECONDS, version=version)
    office = find_office(db.session, slug) or abort(404)
    counters = list_counters(db.session, office)
    cards = cards_by_counter(db.session, counters, today())
    rows = [(counter, cards[counter.id]) for counter in counters]
    released = released_weeks(counters)
    reasons = model.reason_bars(*list_reasons(db.session, counters, released))
    return _render(office, None, released, version, rows=rows, reasons=reasons)


@blueprint.get("/ket-qua/<slug>/quay/<int:number>")
def counter(slug: str, number: int) -> str:
    """The public figures of one counter."""
    version = public_version()
    keep_reply(seconds=KEPT_SECONDS, version=version)
    office, counter = counter_or_404(slug, number)
    return _render(office, counter, released_weeks([counter]), version, rows=[(counter, None)])


def _render(
    office: Office,
    counter: Counter | None,
    released: Sequence[ShownWeek],
    version: int,
    *,
    rows: Sequence[tuple[Counter, Scorecard | None]],
    reasons: model.ReasonBars | None = None,
) -> str:
    counters = [each for each, _card in rows]
    figures, province = figures_from(released, today()), province_beside(office, version)
    subject, new = model.PageSubject.of(office, counter), new_counters(counters, today())
    whole, is_new = province.card if province else None, len(new) == len(counters)
    return render_template(
        "survey/figures/figures.html",
        office=office,
        counter=counter,
        subject=subject,
        figures=figures,
        shown=model.shown(subject, figures, province, rows),
        **_beside(subject, figures, province),
        counters=None if counter else model.counter_rows(office, rows, province, new),
        channels=model.channel_rows(cards_by_channel(db.session, counters, today()), whole, is_new),
        reasons=reasons,
        missing=[] if counter else [each.number for each, card in rows if card is None],
        is_new=is_new,
        next_update=monday_of(today()) + timedelta(weeks=1),
        level_label=LEVELS,
        origin=settings().public_url,
    )


def _beside(subject: model.PageSubject, figures: Figures, province: ProvinceFigures | None) -> dict[str, str | None]:
    """Return the trend beside that of *province*, and the words for it."""
    trend = trend_drawn(figures, province, subject.short, model.SHOWN_MONTHS)
    return {"trend": inline_trend(trend) if trend else None, **words_of(province)}


def released_weeks(counters: Sequence[Counter]) -> list[ShownWeek]:
    """Return the released weeks of *counters* in the open channel."""
    found = released_of(db.session, [counter.id for counter in counters], today(), Channel.OPEN)
    return [row for rows in found.values() for row in rows]


def province_beside(office: Office, version: int) -> ProvinceFigures | None:
    """Return the figures of the province of *office*, read once for this state of the public data and period."""
    period = arrived_at().timestamp() // KEPT_SECONDS
    return province_figures(db.session, office, today(), (version, period))


def back_link(slug: str) -> BackLink | None:
    """Return the public page of an office, for error pages below its address."""
    office = find_office(db.session, slug)
    return BackLink(office.name, url_for("survey.office", slug=slug), office.hotline) if office else None


def counter_or_404(slug: str, number: int) -> tuple[Office, Counter]:
    """Return the office at *slug* and its counter *number*."""
    office = find_office(db.session, slug) or abort(404)
    return office, find_counter_of(db.session, office, number) or abort(404)
