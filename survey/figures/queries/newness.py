"""Which offices and counters are in their first week."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commune.models import Office
from core.values.week import monday_of
from survey.counter.models import Counter, CounterAddress
from survey.rating.rules.release import is_first_week


def new_offices(session: Session, offices: Collection[Office], today: date) -> frozenset[int]:
    """Ids of those of *offices* in their first week: `rules.release.is_first_week` of their oldest counter."""
    query = select(Counter.office_id, func.min(CounterAddress.issued_on)).join(CounterAddress.counter)
    query = query.where(Counter.office_id.in_([office.id for office in offices])).group_by(Counter.office_id)
    begun_on = {row[0]: row[1] for row in session.execute(query)}
    return frozenset(each.id for each in offices if is_first_week(begun_on.get(each.id), monday_of(today)))


def new_counters(counters: Collection[Counter], today: date) -> frozenset[int]:
    """Ids of those of *counters* in their first week."""
    return frozenset(each.id for each in counters if is_first_week(each.begun_on, monday_of(today)))
