"""The tab of an office with its figures."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from flask import render_template, url_for
from flask_babel import gettext as _

from commune.models import Office
from commune.queries.offices import find_office
from core.charts.diverging import Diverging, diverging
from core.charts.strips import Axis, StripRow, strip_axis
from core.values.content import shown
from core.values.week import monday_of
from core.web.access import requires, scope_of
from core.web.error_links import BackLink
from core.web.extensions import db
from survey.counter.manage.office import blueprint, office_or_404
from survey.counter.models import Counter
from survey.counter.queries.counters import list_counters
from survey.figures.manage import vitals
from survey.figures.manage.frame import strip_of, today
from survey.figures.queries.figures import cards_by_channel, cards_by_counter, figures_of
from survey.figures.queries.newness import new_counters
from survey.figures.queries.office_list import read_office_list
from survey.figures.queries.recent import list_new_ratings
from survey.figures.rules.recent import NewRatings
from survey.figures.rules.scorecard import Scorecard
from survey.instrument.rules.quick import LEVELS
from survey.rating.labels import CHANNEL


@blueprint.get("/<slug>")
@requires("office.see")
def office(slug: str) -> str:
    """Show the figures of an office: all of it, of late, month by month, counter by counter."""
    office = office_or_404(slug)
    counters = list_counters(db.session, office)
    batches = list_new_ratings(db.session, [office.id], today())
    whole = read_office_list(db.session, today()).whole_of(office)
    return render_template(
        "survey/figures/manage/office.html",
        office=office,
        whole=whole,
        recent=_recent(batches, monday_of(today())),
        level_label=LEVELS,
        channel_label=CHANNEL,
        **_figures(counters, whole, today()),
    )


def _recent(batches: list[NewRatings], monday: date) -> list[vitals.Vital]:
    return [
        vitals.recent_share(vitals.RECENT, batches, monday),
        vitals.recent_ratings(vitals.NEW, batches, monday),
    ]


def _figures(counters: list[Counter], whole: Scorecard | None, day: date) -> dict[str, object]:
    """Return the released figures of an office's counters, together and one by one."""
    cards, new = cards_by_counter(db.session, counters, day), new_counters(counters, day)
    figures, channels = figures_of(db.session, counters, day), cards_by_channel(db.session, counters, day)
    rows, axis = counter_strips(counters, cards, whole)
    return {
        "figures": figures,
        "levels": _levels(figures.card, whole),
        "strip_rows": rows,
        "axis": axis,
        "channels": channels,
        "missing": [counter.number for counter in counters if cards[counter.id] is None],
        "is_new": len(new) == len(counters),
    }


def _levels(card: Scorecard | None, whole: Scorecard | None) -> Diverging | None:
    """Return the five levels of an office above those of its province; None without figures."""
    named = ((_("Cơ quan này"), card), (_("Toàn tỉnh"), whole))
    bars = [(name, [each.share for each in reversed(shown.levels)]) for name, shown in named if shown]
    return diverging(bars) if card else None


def counter_strips(
    counters: list[Counter],
    cards: dict[int, Scorecard | None],
    whole: Scorecard | None,
    silent: Mapping[int, date] = MappingProxyType({}),
    names: Mapping[int, str] = MappingProxyType({}),
) -> tuple[list[StripRow], Axis]:
    """Return a strip for each of *counters*, the least satisfied first, those without figures last; *silent* says since
    when a counter is silent, *names* what its office is called where counters of several are shown.
    """
    reference = whole.share if whole else None
    axis = strip_axis([card.share for card in cards.values() if card], reference)
    ordered = sorted(counters, key=lambda each: card.share if (card := cards[each.id]) else 2)
    return [
        _row(each, cards[each.id], axis, reference, _note(each, names.get(each.office_id, ""), silent.get(each.id)))
        for each in ordered
    ], axis


def _note(counter: Counter, office: str, since: date | None) -> str:
    said = [shown(counter.name), shown(office), vitals.silent_words(since) if since else ""]
    return " · ".join(filter(None, said))


def _row(counter: Counter, card: Scorecard | None, axis: Axis, reference: float | None, note: str) -> StripRow:
    name, url = vitals.counter_name(counter.number), _public(counter)
    if card is None:
        return StripRow(name, note=note, url=url, few=str(vitals.FEW))
    drawn = strip_of(card, axis, reference)
    return StripRow(name, drawn, note, url, card.share, card.low, card.high, card.n)


def _public(counter: Counter) -> str:
    return url_for("survey.counter", slug=counter.office.slug, number=counter.number)


def back_link(slug: str) -> BackLink | None:
    """Return the page of an office of the account's units, for error pages below its address."""
    office: Office | None = find_office(db.session, slug, scope_of("office.see"))
    return BackLink(office.name, url_for("survey_manage.office", slug=slug)) if office else None
