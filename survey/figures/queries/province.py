"""The figures of a whole province, beside which an office is shown."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from weakref import WeakKeyDictionary

from sqlalchemy import select
from sqlalchemy.orm import Session

from commune.models import Office, Unit
from commune.queries.units import parents_of
from survey.counter.models import Counter
from survey.figures.queries.shown import Counts, shown_by_month
from survey.figures.rules.scorecard import Scorecard, combine, scorecard
from survey.figures.rules.trend import MonthPoint, trend
from survey.instrument.rules.levels import Level

LEAST_OFFICES = 3
"""The fewest offices with figures that are called a province; an office is hardly compared with itself."""
PROVINCE = "province"


@dataclass(frozen=True)
class ProvinceFigures:
    """The released figures of the offices of a province, open channel: together, by month, how many there are, and
    their ratings per level by month.
    """

    name: str
    card: Scorecard
    trend: list[MonthPoint]
    offices: int
    months: Mapping[date, Counts] = field(default_factory=dict)


_Kept = tuple[Hashable, ProvinceFigures | None]
_KEPT: WeakKeyDictionary[object, dict[tuple[int, bool], _Kept]] = WeakKeyDictionary()
"""By database: the figures of each province and the state of the data that they are of."""


def province_figures(session: Session, office: Office, today: date, version: Hashable) -> ProvinceFigures | None:
    """Return the figures of the province of *office*: the sum of what its offices show; None under LEAST_OFFICES.

    Invented ratings are compared with invented ones alone. Kept for the present *version*: the public data's, with
    whatever else may change them.
    """
    province = province_of(office)
    if province is None:
        return None
    kept, key = _KEPT.setdefault(session.get_bind(), {}), (province.id, office.is_illustrative)
    if kept.get(key, (None, None))[0] != (version, today):
        kept[key] = (version, today), _read(session, province, office.is_illustrative, today)
    return kept[key][1]


def province_of(office: Office) -> Unit | None:
    """Return the province that *office* lies in."""
    return next((unit for unit in (office.unit, *parents_of(office.unit)) if unit.kind == PROVINCE), None)


def _read(session: Session, province: Unit, is_illustrative: bool, today: date) -> ProvinceFigures | None:
    home = _counters_of(session, province, is_illustrative)
    months = {id: shown.months for id, shown in shown_by_month(session, list(home), today).items()}
    own: dict[int, list[Counts]] = {office_id: [] for office_id in home.values()}
    for id, found in months.items():
        own[home[id]] += found.values()
    together = _together(months.values())
    card, shown = scorecard(combine(*together.values())), [each for each in own.values() if scorecard(combine(*each))]
    if card is None or len(shown) < LEAST_OFFICES:
        return None
    return ProvinceFigures(province.name, card, trend(together), len(shown), together)


def _counters_of(session: Session, province: Unit, is_illustrative: bool) -> dict[int, int]:
    """Return counter → office, of all offices below *province*."""
    below = select(Unit.id).where(Unit.id == province.id).cte("below", recursive=True)
    below = below.union(select(Unit.id).join(below, Unit.parent_id == below.c.id))
    query = select(Counter.id, Counter.office_id).join(Office, Office.id == Counter.office_id)
    query = query.where(Office.unit_id.in_(select(below.c.id)), Office.is_illustrative == is_illustrative)
    return {counter.id: counter.office_id for counter in session.execute(query)}


def _together(counters: Iterable[Mapping[date, Counts]]) -> dict[date, dict[Level, int]]:
    months: dict[date, list[Counts]] = defaultdict(list)
    for own in counters:
        for month, counts in own.items():
            months[month].append(counts)
    return {month: combine(*found) for month, found in months.items()}
