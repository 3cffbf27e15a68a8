"""Which offices and counters are in their first week."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commune.models import Office
from core.values.week import monday_of
from survey.counter.models import Counter, CounterAddress
from survey.rating.rules.release import is_first_week


class OfficeCounter(NamedTuple):
    """A counter, its office, and the day of its first printed address."""

    id: int
    office_id: int
    begun_on: date


def list_office_counters(session: Session, offices: Collection[Office]) -> list[OfficeCounter]:
    """Return the counters of *offices* as needed for figures and for `new_offices`."""
    query = select(Counter.id, Counter.office_id, func.min(CounterAddress.issued_on)).join(CounterAddress.counter)
    query = query.where(Counter.office_id.in_([office.id for office in offices]))
    return [OfficeCounter._make(row) for row in session.execute(query.group_by(Counter.id, Counter.office_id))]


def new_offices(offices: Collection[Office], counters: Collection[OfficeCounter], today: date) -> frozenset[int]:
    """Return the ids of those of *offices* whose oldest counter is in its first week."""
    begun_on: dict[int, date] = {}
    for each in counters:
        begun_on[each.office_id] = min(each.begun_on, begun_on.get(each.office_id, each.begun_on))
    return frozenset(each.id for each in offices if is_first_week(begun_on.get(each.id), monday_of(today)))


def new_counters(counters: Collection[Counter], today: date) -> frozenset[int]:
    """Return the ids of those of *counters* in their first week."""
    return frozenset(each.id for each in counters if is_first_week(each.begun_on, monday_of(today)))
