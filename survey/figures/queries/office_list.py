"""The offices side by side, and all of them together: released figures, the days that they cover, how they changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from commune.models import Office, Unit
from commune.queries.offices import list_offices
from core.values.week import monday_of
from survey.figures.queries.newness import OfficeCounter, list_office_counters, new_offices
from survey.figures.queries.province import LEAST_OFFICES, province_of
from survey.figures.queries.shown import Counts, ShownMonths, shown_by_month
from survey.figures.rules.change import Change, change
from survey.figures.rules.contrast import Contrast, contrast
from survey.figures.rules.coverage import Coverage, coverage
from survey.figures.rules.scorecard import Scorecard, combine, scorecard
from survey.figures.rules.trend import MonthPoint, trend


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
        trend: the share of all together by month.
        leading: the ids of the offices that make the figures of all together.
    """

    rows: tuple[ListedOffice, ...]
    province: Unit | None
    card: Scorecard | None
    coverage: Coverage | None
    is_compared: bool
    trend: list[MonthPoint]
    leading: frozenset[int] = frozenset()

    @property
    def counted(self) -> int:
        """How many offices make the figures of all together."""
        return sum(row.card is not None and row.office.id in self.leading for row in self.rows)

    def whole_of(self, office: Office) -> Scorecard | None:
        """Return the figures that *office* is compared with: of all together, if it is one of them."""
        return self.card if self.is_compared and office.id in self.leading else None


def read_office_list(session: Session, today: date) -> OfficeList:
    """Return all offices with what is released of them *today*, open channel, in at most four statements.

    Invented ratings have no part in a figure of real ones, nor the other way round. Once LEAST_OFFICES real offices
    have figures the invented ones are left out; until then the figures of all together are those of the invented ones.
    """
    every = list_offices(session)
    counters = list_office_counters(session, every)
    new = new_offices(every, counters, today)
    shown = _shown_of_offices(session, counters, today)
    months = {office.id: _join(shown[office.id]) for office in every}
    cards = {id: scorecard(combine(*found.values())) for id, found in months.items()}
    offices, leading = _leading(every, cards)
    together = _join([ShownMonths(months[each.id]) for each in leading])
    whole = scorecard(combine(*together.values()))
    province, current = common_province(offices), monday_of(today)
    is_compared = province is not None and sum(cards[each.id] is not None for each in leading) >= LEAST_OFFICES
    references = {each.id: whole if is_compared else None for each in leading}
    rows = [
        ListedOffice(
            each,
            cards[each.id],
            _beside(cards[each.id], references.get(each.id)),
            change(months[each.id], current),
            each.id in new,
        )
        for each in offices
    ]
    days = coverage(_weeks(shown, leading), current)
    return OfficeList(tuple(rows), province, whole, days, is_compared, trend(together), frozenset(references))


def read_cards(
    session: Session, offices: Sequence[Office], today: date
) -> tuple[dict[int, Scorecard | None], Coverage | None]:
    """Return the figures of each of *offices* as released *today*, by id (None for too few ratings), and the days that
    all of them together cover.
    """
    shown = _shown_of_offices(session, list_office_counters(session, offices), today)
    cards = {each.id: scorecard(combine(*_join(shown[each.id]).values())) for each in offices}
    return cards, coverage(_weeks(shown, offices), monday_of(today))


def _weeks(shown: Mapping[int, list[ShownMonths]], offices: Sequence[Office]) -> list[date]:
    """Return the first and the last week of every counter of *offices*."""
    return [week for each in offices for part in shown[each.id] for week in (part.first, part.last) if week]


def _leading(every: list[Office], cards: Mapping[int, Scorecard | None]) -> tuple[list[Office], list[Office]]:
    """Return the offices that are listed, and those of them that make the figures of all together."""
    real = [office for office in every if not office.is_illustrative]
    invented = [office for office in every if office.is_illustrative]
    if not invented or sum(cards[office.id] is not None for office in real) >= LEAST_OFFICES:
        return real, real
    return every, invented


def _shown_of_offices(session: Session, counters: list[OfficeCounter], today: date) -> dict[int, list[ShownMonths]]:
    home = {counter.id: counter.office_id for counter in counters}
    shown: dict[int, list[ShownMonths]] = defaultdict(list)
    for id, found in shown_by_month(session, list(home), today).items():
        shown[home[id]].append(found)
    return shown


def common_province(offices: list[Office]) -> Unit | None:
    """Return the province in which all *offices* are; None if they are in several, or there are none."""
    found = {province_of(office) for office in offices}
    return found.pop() if len(found) == 1 else None


def _join(parts: list[ShownMonths]) -> dict[date, Counts]:
    months: dict[date, list[Counts]] = defaultdict(list)
    for part in parts:
        for month, counts in part.months.items():
            months[month].append(counts)
    return {month: combine(*found) for month, found in months.items()}


def _beside(card: Scorecard | None, reference: Scorecard | None) -> Contrast | None:
    return contrast(card.satisfied, card.n, reference.share) if card and reference else None
