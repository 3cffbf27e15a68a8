"""Offices and their counters: for lists, for pages, for printing."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from commune.models import Office, Unit
from core.values.text import search_key
from core.values.week import monday_of
from survey.models import Counter, CounterAddress
from survey.rules.release import is_first_week

EVERY = slice(0, None)


def find_office(session: Session, slug: str, within: Collection[int] | None = None) -> Office | None:
    """The office at *slug*; with *within*, only if it stands in one of those units."""
    query = select(Office).where(Office.slug == slug)
    if within is not None:
        query = query.where(Office.unit_id.in_(within))
    return session.scalar(query)


def list_offices(
    session: Session, within: Collection[int] | None = None, *, find: str = "", part: slice = EVERY
) -> list[Office]:
    """Offices in Vietnamese order of their units: all or those in *within*, whose names hold every word of *find*."""
    query = select(Office).join(Office.unit).where(*_offices_like(within, find)).order_by(Unit.sort_key, Office.id)
    if part.stop is not None:
        query = query.offset(part.start).limit(part.stop - part.start)
    return list(session.scalars(query))


def count_offices(session: Session, within: Collection[int] | None = None, *, find: str = "") -> int:
    """How many `list_offices` has."""
    query = select(func.count()).select_from(Office).where(*_offices_like(within, find))
    return session.scalar(query) or 0


def _offices_like(within: Collection[int] | None, find: str) -> list[ColumnElement[bool]]:
    """Marks, case and tone placement are not asked for."""
    conditions = [Office.search_key.contains(word, autoescape=True) for word in search_key(find).split()]
    if within is not None:
        conditions.append(Office.unit_id.in_(within))
    return conditions


def list_counters(session: Session, office: Office) -> list[Counter]:
    """The counters of *office* by number, with their addresses."""
    query = select(Counter).where(Counter.office_id == office.id).order_by(Counter.number)
    return list(session.scalars(query.options(joinedload(Counter.addresses))).unique())


def hold_counters(session: Session, counters: Collection[Counter]) -> list[Counter]:
    """*counters* by number, read anew and held until the commit: whoever closes one at this moment is waited for."""
    query = select(Counter).where(Counter.id.in_([each.id for each in counters])).order_by(Counter.number)
    held = query.with_for_update(of=Counter).execution_options(populate_existing=True)
    return list(session.scalars(held))


def new_offices(session: Session, offices: Collection[Office], today: date) -> frozenset[int]:
    """Ids of those of *offices* in their first week: `rules.release.is_first_week` of their oldest counter."""
    query = select(Counter.office_id, func.min(CounterAddress.issued_on)).join(CounterAddress.counter)
    query = query.where(Counter.office_id.in_([office.id for office in offices])).group_by(Counter.office_id)
    begun_on = {row[0]: row[1] for row in session.execute(query)}
    return frozenset(each.id for each in offices if is_first_week(begun_on.get(each.id), monday_of(today)))


def new_counters(counters: Collection[Counter], today: date) -> frozenset[int]:
    """Ids of those of *counters* in their first week."""
    return frozenset(each.id for each in counters if is_first_week(each.begun_on, monday_of(today)))


def list_printing_offices(session: Session, within: Collection[int] | None = None, *, find: str = "") -> list[int]:
    """Ids of the offices that have a poster to print, an open counter, by name: those of `list_offices`."""
    has_one = select(Counter.id).where(Counter.office_id == Office.id, Counter.closed_on.is_(None)).exists()
    query = select(Office.id).where(has_one, *_offices_like(within, find))
    return list(session.scalars(query.order_by(Office.name, Office.id)))


def list_open_counters(session: Session, office_ids: Collection[int]) -> list[Counter]:
    """The counters of these offices that take ratings, office by office, by number, with their addresses."""
    query = (
        select(Counter)
        .where(Counter.office_id.in_(office_ids), Counter.closed_on.is_(None))
        .order_by(Counter.office_id, Counter.number)
        .options(joinedload(Counter.office), joinedload(Counter.addresses))
    )
    return list(session.scalars(query).unique())


def find_counter_of(session: Session, office: Office, number: int) -> Counter | None:
    """Counter *number* of *office*."""
    return session.scalar(select(Counter).where(Counter.office_id == office.id, Counter.number == number))
