"""Two offices, an office and its province, or two periods of one, side by side: a form by GET and what it finds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from commune.models import Office
from commune.queries.offices import find_office, list_offices
from core.gate import Gate
from core.values.week import monday_of
from core.web.extensions import db, settings
from core.web.reply_cache import keep_reply, public_version
from survey.counter.queries.counters import list_counters
from survey.figures.labels import whole_of, words_of
from survey.figures.queries.province import ProvinceFigures
from survey.figures.queries.shown import Counts, shown_by_month
from survey.figures.rules.periods import EVER, Period, PeriodKind, list_periods, read_period
from survey.figures.rules.scorecard import combine
from survey.figures.views.compared import ComparedSide, compared, lower, province_side, side_of, upper
from survey.figures.views.list_page import names_of
from survey.figures.views.office import KEPT_SECONDS, province_beside
from survey.figures.views.period_words import covered_words, exact_words, period_words
from survey.figures.views.words import _
from survey.instrument.rules.quick import LEVELS
from survey.rating.views.rate import blueprint, today

OTHER, OWN_PERIOD, OTHER_PERIOD = "voi", "ky", "ky-voi"
"""The fields of the form: the slug of the other office, and the periods of both."""
WHOLE = "toan-tinh"
"""The value of OTHER that stands for all offices of the province; without a value, the office itself is meant."""
_comparing = Gate(at_once=1, waiting=3, patience=5.0)
"""Two of a hundred offices in two of twenty periods are millions of comparisons: too many to keep."""


@dataclass(frozen=True)
class ComparisonQuery:
    """The two sides that an address asks for.

    Attributes:
        other: the other office; the office itself for two of its periods, or for its province.
        periods: the period of each side.
        is_whole: whether the province is the other side; so it is too where nothing is asked.
        is_asked: whether the address asks for anything but the usual.
    """

    other: Office
    periods: tuple[Period, Period]
    is_whole: bool
    is_asked: bool


@blueprint.get("/ket-qua/<slug>/so-sanh")
def compare(slug: str) -> str:
    """Compare an office with another, with its province, or with itself in another period."""
    version = public_version()
    office = find_office(db.session, slug) or abort(404)
    asked = _asked(office, request.args)
    if not asked.is_asked:
        keep_reply(seconds=KEPT_SECONDS, version=version)
    whole = province_beside(office, version)
    with _comparing.passing():
        return _render(office, asked, whole)


def _render(office: Office, asked: ComparisonQuery, whole: ProvinceFigures | None) -> str:
    offices = list_offices(db.session)
    names, months = names_of(offices), {each.id: _months_of(each) for each in {office, asked.other}}
    sides = _sides(office, asked, whole, names, months)
    shown = asked.is_asked or (whole is not None and sides[0].card is not None)
    others = [(each.slug, names[each.id]) for each in offices if each != office]
    same = ("", _("chính %(name)s, kỳ khác", name=names[office.id]))
    province = [(WHOLE, lower(_(whole_of(whole))))] if whole else []
    return render_template(
        "survey/figures/compare.html",
        office=office,
        name=names[office.id],
        is_illustrative=office.is_illustrative or asked.other.is_illustrative,
        others=[*province, same, *others],
        chosen=WHOLE if asked.is_whole and whole else "" if asked.other is office else asked.other.slug,
        chosen_periods=[each.code for each in asked.periods],
        periods=_period_choices(months.values()),
        comparison=compared(*sides, whole) if shown else None,
        updated=monday_of(today()),
        address=_address_of(office, asked),
        is_asked=asked.is_asked,
        pairs=[] if asked.is_asked else _pairs(months[office.id]),
        **words_of(whole),
        level_label={int(level): text for level, text in LEVELS.items()},
    )


def _address_of(office: Office, asked: ComparisonQuery) -> str:
    """Return the full address of the comparison, to be cited."""
    other = WHOLE if asked.is_whole else "" if asked.other is office else asked.other.slug
    fields = {OTHER: other, OWN_PERIOD: asked.periods[0].code, OTHER_PERIOD: asked.periods[1].code}
    given: dict[str, Any] = {field: value for field, value in fields.items() if value}
    return settings().public_url + url_for("survey.compare", slug=office.slug, **given)


def _sides(
    office: Office,
    asked: ComparisonQuery,
    whole: ProvinceFigures | None,
    names: Mapping[int, str],
    months: Mapping[int, Mapping[date, Counts]],
) -> tuple[ComparedSide, ComparedSide]:
    own, period = side_of(names[office.id], months[office.id], asked.periods[0]), asked.periods[1]
    if asked.is_whole and whole:
        return own, province_side(whole, period)
    return own, side_of(names[asked.other.id], months[asked.other.id], period)


def _period_choices(months: Iterable[Mapping[date, Counts]]) -> list[tuple[str, str]]:
    held = {month for own in months for month in own}
    return [
        (each.code, period_words(each) if each == EVER else covered_words(each, held)) for each in list_periods(held)
    ]


def _pairs(months: Mapping[date, Counts]) -> list[tuple[str, str, str]]:
    """Return the two latest years, quarters and months with ratings: the words of a link, and the two periods."""
    periods = list_periods(months)
    found = []
    for kind in (PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH):
        new, old = ([each for each in periods if each.kind is kind] + [None, None])[:2]
        if new and old:
            said = _("%(new)s và %(old)s", new=exact_words(new, months), old=exact_words(old, months))
            found.append((upper(said), new.code, old.code))
    return found


def _asked(office: Office, args: MultiDict[str, str]) -> ComparisonQuery:
    """Return what the address asks for; two times the same is nothing."""
    slug = args.get(OTHER, "")
    other = (find_office(db.session, slug) if slug and slug not in (WHOLE, office.slug) else None) or office
    periods = read_period(args.get(OWN_PERIOD, "")), read_period(args.get(OTHER_PERIOD, ""))
    is_usual = other is office and periods[0] == periods[1]
    if slug == WHOLE:
        return ComparisonQuery(office, periods, is_whole=True, is_asked=periods != (EVER, EVER))
    return ComparisonQuery(other, periods, is_whole=is_usual, is_asked=not is_usual)


def _months_of(office: Office) -> Mapping[date, Counts]:
    """Return the released ratings of *office* by month."""
    months: dict[date, list[Counts]] = {}
    for shown in shown_by_month(db.session, [each.id for each in list_counters(db.session, office)], today()).values():
        for month, counts in shown.months.items():
            months.setdefault(month, []).append(counts)
    return {month: combine(*counts) for month, counts in months.items()}
