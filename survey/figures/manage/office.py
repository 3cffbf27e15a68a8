"""The staff's pages of figures: the offices of their units, and one office with its comments."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import render_template, url_for

from commune.queries.offices import EVERY, count_offices, find_office, list_offices
from core.clock import now
from core.values.week import local_date, monday_of
from core.web.access import requires, scope, scope_of
from core.web.error_links import BackLink
from core.web.extensions import db, keyring, settings
from core.web.paging import paging, searched, sorted_by
from survey.counter.forms import PrintForm
from survey.counter.manage.office import blueprint, office_or_404
from survey.counter.models import Counter
from survey.counter.queries.counters import list_counters
from survey.counter.queries.printed import address_of, dead_scans
from survey.counter.rules.address import typed
from survey.figures.labels import trend_alt
from survey.figures.queries.figures import cards_by_channel, cards_by_counter, cards_by_office, figures_of
from survey.figures.queries.newness import list_office_counters, new_counters, new_offices
from survey.figures.rules.scorecard import Scorecard
from survey.instrument.rules.quick import LEVELS
from survey.rating.labels import CHANNEL
from survey.rating.queries.batches import count_undecided
from survey.rating.queries.comment import comment_months, count_comments, list_comments
from survey.rating.queries.rating import count_rehearsed
from survey.rating.queries.tally import is_rated

SORTS: dict[str, Callable[[Scorecard | None], float] | None] = {
    "ten": None,
    "luot": lambda card: -card.n if card else 1,
    "ty-le": lambda card: card.share if card else 2,
}
"""The sort orders of the list of offices: name, most ratings, least satisfied; offices without figures come last."""
MOST_SORTED = 200
"""The most offices that can be sorted by their figures, since this reads those of all; a province has fewer
communes.
"""


@blueprint.get("/")
@requires("office.see")
def offices() -> str:
    """List the offices of the account's units."""
    total, today = count_offices(db.session, scope(), find=searched()), local_date(now())
    sort = sorted_by(SORTS) if total <= MOST_SORTED else "ten"
    page = paging(total, **{"sap-xep": sort if SORTS[sort] else ""})
    # sorting by figures needs the whole list before a page is cut out
    offices = list_offices(db.session, scope(), find=page.find, part=EVERY if SORTS[sort] else page.part)
    counters = list_office_counters(db.session, offices)
    cards = cards_by_office(db.session, offices, counters, today)
    if rank := SORTS[sort]:
        offices = sorted(offices, key=lambda office: rank(cards[office.id]))[page.part]
    rows = [(office, cards[office.id]) for office in offices]
    new = new_offices(offices, counters, today)
    apart = count_undecided(db.session, scope_of("rating.inspect"), today)
    sorting = {"sort": sort, "sorts": SORTS if total <= MOST_SORTED else (), "most_sorted": MOST_SORTED}
    return render_template("survey/figures/manage/offices.html", rows=rows, new=new, page=page, apart=apart, **sorting)


@blueprint.get("/<slug>")
@requires("office.see")
def office(slug: str) -> str:
    """Show an office: its figures, its counters and their posters, the released comments."""
    office = office_or_404(slug)
    counters = list_counters(db.session, office)
    monday = monday_of(local_date(now()))
    return render_template(
        "survey/figures/manage/office.html",
        office=office,
        origin=settings().public_url,
        **_figures(counters, local_date(now())),
        rehearsed=count_rehearsed(db.session, office),
        level_label=LEVELS,
        channel_label=CHANNEL,
        print_form=PrintForm(None) if any(counter.is_open for counter in counters) else None,
        dead_now=dead_scans(db.session, counters, monday),
        dead_before=dead_scans(db.session, counters, monday - timedelta(weeks=1)),
    )


def _figures(counters: list[Counter], today: date) -> dict[str, object]:
    """Return the released figures of an office's counters, together and one by one."""
    cards = cards_by_counter(db.session, counters, today)
    written = comment_months(db.session, counters, today)
    channels = cards_by_channel(db.session, counters, today)
    new, page = new_counters(counters, today), paging(count_comments(written))
    figures = figures_of(db.session, counters, today)
    return {
        "figures": figures,
        "trend_words": trend_alt(figures.trend),
        "rows": [(counter, cards[counter.id], typed(address_of(keyring(), counter))) for counter in counters],
        "comments": list_comments(db.session, written, page.part),
        "page": page,
        "channels": channels,
        "missing": [counter.number for counter in counters if cards[counter.id] is None],
        "is_first": not any(card for _, card in channels) and is_rated(db.session, list(cards)),
        "new": new,
        "is_new": len(new) == len(counters),
    }


def back_link(slug: str) -> BackLink | None:
    """Return the page of an office of the account's units, for error pages below its address."""
    office = find_office(db.session, slug, scope_of("office.see"))
    return BackLink(office.name, url_for("survey_manage.office", slug=slug)) if office else None
