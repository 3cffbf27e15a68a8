"""The offices side by side, and all of them together: released figures, the days that they cover, how they changed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from commune.models import Office, Unit
from commune.queries.offices import list_offices
from core.values.week import monday_of
from survey.figures.queries.newness import list_office_counters, new_offices
from survey.figures.queries.shown import Counts, ShownMonths, shown_by_month
from survey.figures.rules.change import Change, change
from survey.figures.rules.contrast import Contrast, contrast
from survey.figures.rules.coverage import Coverage, coverage
from survey.figures.rules.scorecard import Scorecard, combine, scorecard

LEAST_OFFICES = 3
"""The fewest offices with figures that are compared with all together; an office is hardly compared with itself."""


@dataclass(frozen=True)
class ListedOffice:
    """An office in a list.

    Attributes:
        card: its figures; None: too few ratings.
        contrast: how its share stands beside the province's; None without figures, or if nothing is compared.
        change: how its share has changed; None: too few ratings for that.
        is_new: whether it is in its first week.
    """

    office: Office
    card: Scorecard | None
    contrast: Contrast | None
    change: Change | None
    is_new: bool


@dataclass(frozen=True)
class OfficeList:
    """Offices in Vietnamese order of their units.

    Attributes:
        province: the province of all of them; None: they are of several.
        card: the figures of all offices together.
        coverage: the days that these cover.
        is_compared: whether the offices are compared with all together: they are of one province, and enough of them
            have figures.
    """

    rows: tuple[ListedOffice, ...]
    province: Unit | None
    card: Scorecard | None
    coverage: Coverage | None
    is_compared: bool


def read_office_list(session: Session, today: date) -> OfficeList:
    """Return all offices with what is released of them *today*, open channel, in at most four statements.

    Invented offices are left out where there are others: they have no part in a figure of real ones.
    """
    every = list_offices(session)
    offices = [office for office in every if not office.is_illustrative] or every
    counters = list_office_counters(session, offices)
    new = new_offices(offices, counters, today)
    home = {counter.id: counter.office_id for counter in counters}
    of_office: dict[int, list[ShownMonths]] = defaultdict(list)
    for id, shown in shown_by_month(session, list(home), today).items():
        of_office[home[id]].append(shown)
    months = {office.id: _join(of_office[office.id]) for office in offices}
    cards = {id: scorecard(combine(*found.values())) for id, found in months.items()}
    whole = scorecard(combine(*(counts for found in months.values() for counts in found.values())))
    weeks = [week for found in of_office.values() for each in found for week in (each.first, each.last) if week]
    province, current = common_province(offices), monday_of(today)
    is_compared = province is not None and sum(card is not None for card in cards.values()) >= LEAST_OFFICES
    reference = whole if is_compared else None
    rows = [
        ListedOffice(
            office, cards[office.id], _beside(cards[office.id], reference), change(months[office.id], current),
            office.id in new,
        )
        for office in offices
    ]  # fmt: skip
    return OfficeList(tuple(rows), province, whole, coverage(weeks, current), is_compared)


def common_province(offices: list[Office]) -> Unit | None:
    """Return the province in which all *offices* are; None if they are in several, or there are none."""
    found = {_province_of(office.unit) for office in offices}
    return found.pop() if len(found) == 1 else None


def _province_of(unit: Unit) -> Unit | None:
    return unit if unit.kind == "province" or unit.parent is None else _province_of(unit.parent)


def _join(parts: list[ShownMonths]) -> dict[date, Counts]:
    months: dict[date, list[Counts]] = defaultdict(list)
    for part in parts:
        for month, counts in part.months.items():
            months[month].append(counts)
    return {month: combine(*found) for month, found in months.items()}


def _beside(card: Scorecard | None, reference: Scorecard | None) -> Contrast | None:
    return contrast(card.satisfied, card.n, reference.share) if card and reference else None
