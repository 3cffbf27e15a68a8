"""Two offices, or two periods of one, side by side: a form by GET and what it finds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from flask import abort, render_template, request
from werkzeug.datastructures import MultiDict

from commune.models import Office
from commune.queries.offices import find_office, list_offices
from core.charts.diverging import Diverging, diverging
from core.charts.strips import StripRow
from core.gate import Gate
from core.values.numbers import decimal
from core.web.extensions import db
from core.web.language import content
from core.web.reply_cache import keep_reply, public_version
from survey.counter.queries.counters import list_counters
from survey.figures.labels import level_of, whole_of, words_of
from survey.figures.queries.province import ProvinceFigures
from survey.figures.queries.shown import Counts, shown_by_month
from survey.figures.rules.contrast import contrast, difference
from survey.figures.rules.periods import EVER, Period, PeriodKind, card_in, list_periods, read_period
from survey.figures.rules.scorecard import Scorecard, combine
from survey.figures.views import words
from survey.figures.views.list_page import names_of
from survey.figures.views.model import StripRows, ascending, few_words, strip_rows
from survey.figures.views.office import KEPT_SECONDS, province_beside
from survey.figures.views.words import _
from survey.instrument.rules.quick import LEVELS
from survey.rating.views.rate import blueprint, today

OTHER, OWN_PERIOD, OTHER_PERIOD = "voi", "ky", "ky-voi"
"""The fields of the form: the slug of the other office, and the periods of both."""
_comparing = Gate(at_once=1, waiting=3, patience=5.0)
"""Two of a hundred offices in two of twenty periods are millions of comparisons: too many to keep."""


@dataclass(frozen=True)
class ComparedSide:
    """An office in a period: its name, the words for both, and what tells it from the other side."""

    office: Office
    name: str
    period: Period
    card: Scorecard | None
    label: str = ""


@dataclass(frozen=True)
class Comparison:
    """Both sides as strips and as bars of five levels, and what their difference says."""

    finding: str
    rows: StripRows
    levels: Diverging | None
    sides: tuple[ComparedSide, ...]

    @property
    def distance(self) -> str:
        """By how many points of a hundred the shares differ, as they are printed; empty without one of them."""
        cards = [side.card for side in self.sides if side.card]
        if len(cards) < 2:
            return ""
        first, second = (round(Decimal(str(100 * card.share)), 1) for card in cards)
        return decimal(abs(first - second))

    @property
    def points(self) -> str:
        """The distance as a sentence."""
        return _("Hai bên cách nhau %(n)s điểm phần trăm.", n=self.distance) if self.distance else ""

    @property
    def levels_finding(self) -> str:
        """How many of a hundred ratings are dissatisfied on each side."""
        first, second = self.sides
        if first.card is None or second.card is None:
            return ""
        values = {"first": decimal(100 * words.low_share(first.card), 0), "first_side": first.label}
        values |= {"second": decimal(100 * words.low_share(second.card), 0), "second_side": second.label}
        said = _("%(first_side)s: %(first)s trong 100 lượt không hài lòng; %(second_side)s: %(second)s", **values)
        return _upper(said)

    @property
    def levels_beside(self) -> list[tuple[int, list[float]]]:
        """The levels from the highest down, each with its share on both sides."""
        cards = [side.card for side in self.sides if side.card]
        return [(int(level), [_share(card, int(level)) for card in cards]) for level in sorted(LEVELS, reverse=True)]


@blueprint.get("/ket-qua/<slug>/so-sanh")
def compare(slug: str) -> str:
    """Compare an office with another, or with itself in another period."""
    version = public_version()
    office = find_office(db.session, slug) or abort(404)
    other, periods, query = _asked(office, request.args)
    if not query:
        keep_reply(seconds=KEPT_SECONDS, version=version)
    whole = province_beside(office, version)
    with _comparing.passing():
        return _render(office, other, periods, whole, is_asked=bool(query))


def _render(
    office: Office, other: Office, periods: tuple[Period, Period], whole: ProvinceFigures | None, *, is_asked: bool
) -> str:
    offices, province = list_offices(db.session), whole.card if whole else None
    names, months = names_of(offices), {each.id: _months_of(each) for each in {office, other}}
    own, others = (
        ComparedSide(each, names[each.id], period, card_in(months[each.id], period))
        for each, period in zip((office, other), periods, strict=True)
    )
    sides = _labelled(own, others)
    return render_template(
        "survey/figures/compare.html",
        sides=sides,
        offices=[
            ("", _("(chính nơi này, kỳ khác)")),
            *((each.slug, names[each.id]) for each in offices if each != office),
        ],
        periods=_period_choices(months.values()),
        comparison=_compare(*sides, province) if is_asked else _beside_province(sides[0], whole),
        is_asked=is_asked,
        pairs=[] if is_asked else _pairs(months[office.id]),
        province=province,
        **words_of(whole),
        level_label={int(level): text for level, text in LEVELS.items()},
    )


def _period_choices(months: Iterable[Mapping[date, Counts]]) -> list[tuple[str, str]]:
    found = list_periods({month for own in months for month in own})
    return [(each.code, period_words(each)) for each in found]


def _pairs(months: Mapping[date, Counts]) -> list[tuple[str, str, str]]:
    """Return the two latest years, quarters and months with ratings: the words of a link, and the two periods."""
    periods = list_periods(months)
    found = []
    for kind in (PeriodKind.YEAR, PeriodKind.QUARTER, PeriodKind.MONTH):
        new, old = ([each for each in periods if each.kind is kind] + [None, None])[:2]
        if new and old:
            said = _("%(new)s và %(old)s", new=period_words(new), old=period_words(old))
            found.append((_upper(said), new.code, old.code))
    return found


def _asked(office: Office, args: MultiDict[str, str]) -> tuple[Office, tuple[Period, Period], dict[str, str]]:
    """Return the other office, both periods, and the values of the address that are not the usual ones."""
    slug = args.get(OTHER, "")
    other = (find_office(db.session, slug) if slug and slug != office.slug else None) or office
    periods = read_period(args.get(OWN_PERIOD, "")), read_period(args.get(OTHER_PERIOD, ""))
    said = {
        OTHER: other.slug if other is not office else "",
        OWN_PERIOD: periods[0].code,
        OTHER_PERIOD: periods[1].code,
    }
    if other is office and periods[0] == periods[1]:
        return other, periods, {}
    return other, periods, {name: value for name, value in said.items() if value}


def _months_of(office: Office) -> Mapping[date, Counts]:
    """Return the released ratings of *office* by month."""
    months: dict[date, list[Counts]] = {}
    for shown in shown_by_month(db.session, [each.id for each in list_counters(db.session, office)], today()).values():
        for month, counts in shown.months.items():
            months.setdefault(month, []).append(counts)
    return {month: combine(*counts) for month, counts in months.items()}


def _labelled(first: ComparedSide, second: ComparedSide) -> tuple[ComparedSide, ComparedSide]:
    """Return both sides, labelled by what differs: the office, the period, or both."""
    if first.office is second.office:
        return replace(first, label=period_words(first.period)), replace(second, label=period_words(second.period))
    if first.period == second.period == EVER:
        return replace(first, label=first.name), replace(second, label=second.name)
    labels = [_("%(name)s, %(period)s", name=each.name, period=period_words(each.period)) for each in (first, second)]
    return replace(first, label=labels[0]), replace(second, label=labels[1])


def _compare(first: ComparedSide, second: ComparedSide, province: Scorecard | None) -> Comparison:
    sides = (first, second)
    rows: Sequence[tuple[StripRow, Scorecard | None]] = [
        (StripRow(name=content(_upper(side.name)), note=period_words(side.period), few=few_words(False)), side.card)
        for side in sides
    ]
    finding = _("Một bên chưa đủ 5 lượt để công bố nên chưa so được")
    levels = None
    if first.card and second.card:
        found = difference((first.card.satisfied, first.card.n), (second.card.satisfied, second.card.n))
        place = first.name if first.office is second.office else ""
        finding = _upper(words.comparison_finding(first.label, second.label, found, place))
        levels = diverging([(_upper(side.label), ascending(side.card)) for side in sides if side.card])
    return Comparison(finding, strip_rows(finding, rows, province), levels, sides)


def _beside_province(side: ComparedSide, whole: ProvinceFigures | None) -> Comparison | None:
    """Return the office beside its province, as what stands before a choice; None without figures of both."""
    if side.card is None or whole is None:
        return None
    row = StripRow(name=content(_upper(side.name)), note=period_words(side.period))
    found = contrast(side.card.satisfied, side.card.n, whole.card.share)
    finding = _upper(words.comparison_finding(side.name, _(level_of(whole)), found))
    other = replace(side, label=_lower(_(whole_of(whole))), card=whole.card)
    own = replace(side, label=side.name)
    levels = diverging([(_upper(each.label), ascending(each.card)) for each in (own, other) if each.card])
    return Comparison(finding, strip_rows(finding, [(row, side.card)], whole.card), levels, (own, other))


def period_words(period: Period) -> str:
    """Return the name of a period."""
    if period == EVER:
        return _("tất cả các tháng")
    if period.kind is PeriodKind.QUARTER:
        return _("quý %(number)s/%(year)s", number=period.number, year=period.year)
    if period.kind is PeriodKind.MONTH:
        return _("tháng %(number)s/%(year)s", number=period.number, year=period.year)
    return _("năm %(year)s", year=period.year)


def _upper(name: str) -> str:
    return name[0].upper() + name[1:]


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def _share(card: Scorecard, level: int) -> float:
    return next(each.share for each in card.levels if each.level == level)
