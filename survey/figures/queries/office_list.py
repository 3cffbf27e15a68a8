"""The offices side by side, and all of them together: released figures, the days that they cover, how they changed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from commune.models import Office, Unit
from commune.queries.offices import list_offices
from core.values.week import monday_of
from survey.figures.queries.newness import list_office_counters, new_offices
from survey.figures.queries.shown import Counts, Shown, shown_by_month
from survey.figures.rules.change import Change, change
from survey.figures.rules.coverage import Coverage, coverage
from survey.figures.rules.scorecard import Scorecard, combine, scorecard
from survey.figures.rules.standing import Standing, standing


@dataclass(frozen=True)
class ListedOffice:
    """An office in a list.

    Attributes:
        card: its figures; None: too few ratings.
        standing: how its share stands beside that of all together; None without figures.
        change: how its share has changed; None: too few ratings for that.
        is_new: whether it is in its first week.
    """

    office: Office
    card: Scorecard | None
    standing: Standing | None
    change: Change | None
    is_new: bool


@dataclass(frozen=True)
class OfficeList:
    """Offices in Vietnamese order of their units.

    Attributes:
        province: the province of all of them; None: they are of several.
        card: the figures of all offices together.
        coverage: the days that these cover.
    """

    rows: tuple[ListedOffice, ...]
    province: Unit | None
    card: Scorecard | None
    coverage: Coverage | None


def read_office_list(session: Session, today: date) -> OfficeList:
    """Return all offices with what is released of them *today*, open channel, in at most four statements."""
    offices = list_offices(session)
    counters = list_office_counters(session, offices)
    new = new_offices(offices, counters, today)
    home = {counter.id: counter.office_id for counter in counters}
    of_office: dict[int, list[Shown]] = defaultdict(list)
    for id, shown in shown_by_month(session, list(home), today).items():
        of_office[home[id]].append(shown)
    months = {office.id: _join(of_office[office.id]) for office in offices}
    whole = scorecard(combine(*(counts for each in months.values() for counts in each.values())))
    weeks = [week for found in of_office.values() for each in found for week in (each.first, each.last) if week]
    return OfficeList(
        rows=tuple(_listed(office, months[office.id], whole, office.id in new, monday_of(today)) for office in offices),
        province=common_province(offices),
        card=whole,
        coverage=coverage(weeks, monday_of(today)),
    )


def common_province(offices: list[Office]) -> Unit | None:
    """Return the province in which all *offices* are; None if they are in several, or there are none."""
    found = {_province_of(office.unit) for office in offices}
    return found.pop() if len(found) == 1 else None


def _province_of(unit: Unit) -> Unit | None:
    return unit if unit.kind == "province" or unit.parent is None else _province_of(unit.parent)


def _join(parts: list[Shown]) -> dict[date, Counts]:
    months: dict[date, list[Counts]] = defaultdict(list)
    for part in parts:
        for month, counts in part.months.items():
            months[month].append(counts)
    return {month: combine(*found) for month, found in months.items()}


def _listed(
    office: Office, months: Mapping[date, Counts], whole: Scorecard | None, is_new: bool, current: date
) -> ListedOffice:
    card = scorecard(combine(*months.values()))
    found = standing(card.satisfied, card.n, whole.share) if card and whole else None
    return ListedOffice(office, card, found, change(months, current), is_new)
