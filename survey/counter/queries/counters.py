"""Counters of offices, for lists, pages and printing."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from commune.models import Office
from commune.queries.offices import offices_like
from survey.counter.models import Counter


def list_counters(session: Session, office: Office) -> list[Counter]:
    """Return the counters of *office* by number, with their addresses."""
    query = select(Counter).where(Counter.office_id == office.id).order_by(Counter.number)
    return list(session.scalars(query.options(joinedload(Counter.addresses))).unique())


def lock_counters(session: Session, counters: Collection[Counter]) -> list[Counter]:
    """Return *counters* by number, read again and locked until the commit; a concurrent closing is waited for."""
    query = select(Counter).where(Counter.id.in_([each.id for each in counters])).order_by(Counter.number)
    held = query.with_for_update(of=Counter).execution_options(populate_existing=True)
    return list(session.scalars(held))


def list_printing_offices(session: Session, within: Collection[int] | None = None, *, find: str = "") -> list[int]:
    """Return the ids of the offices with an open counter, by name; with *within* and *find* as in `list_offices`."""
    has_one = select(Counter.id).where(Counter.office_id == Office.id, Counter.closed_on.is_(None)).exists()
    query = select(Office.id).where(has_one, *offices_like(within, find))
    return list(session.scalars(query.order_by(Office.name, Office.id)))


def list_open_counters(session: Session, office_ids: Collection[int]) -> list[Counter]:
    """Return the open counters of these offices, by office and number, with their addresses."""
    query = (
        select(Counter)
        .where(Counter.office_id.in_(office_ids), Counter.closed_on.is_(None))
        .order_by(Counter.office_id, Counter.number)
        .options(joinedload(Counter.office), joinedload(Counter.addresses))
    )
    return list(session.scalars(query).unique())


def find_counter_of(session: Session, office: Office, number: int) -> Counter | None:
    """Return counter *number* of *office*."""
    return session.scalar(select(Counter).where(Counter.office_id == office.id, Counter.number == number))
