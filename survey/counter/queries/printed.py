"""Counters by their printed address, and scans of replaced posters."""

from collections.abc import Callable, Collection
from datetime import date

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from commune.models import Office
from core.crypto import Keyring
from survey.counter.models import Counter, CounterAddress, DeadScan
from survey.counter.rules import address

Sign = Callable[[bytes], bytes]
NEWER = aliased(CounterAddress)
IS_REPLACED = (
    select(NEWER.serial)
    .where(NEWER.counter_id == CounterAddress.counter_id, NEWER.revision > CounterAddress.revision)
    .exists()
)
UNIT_OF_PRINTED = (
    select(Office.unit_id)
    .join(Counter, Counter.office_id == Office.id)
    .join(CounterAddress)
    .where(CounterAddress.serial == bindparam("serial"))
    .scalar_subquery()
)
"""The unit of the office of the printed address :serial, as a subquery."""


def signer(keyring: Keyring) -> Sign:
    """Return the signer of printed addresses; its purpose must never change, since posters depend on it."""
    return keyring.signer("counter-address")


def find_counter_at(session: Session, keyring: Keyring, code: str) -> Counter | None:
    """Return the counter behind a printed address; an altered one is refused without asking the database."""
    serial = address.read(code, signer(keyring))
    if serial is None:
        return None
    return session.scalar(select(Counter).join(CounterAddress).where(CounterAddress.serial == serial))


def address_of(keyring: Keyring, counter: Counter) -> str:
    """Return the newest printed address of *counter*."""
    return address.issue(counter.addresses[-1].serial, signer(keyring))


def dead_scans(session: Session, counters: Collection[Counter], week: date) -> dict[int, int]:
    """Return how often replaced posters were scanned in *week*, by counter; counters without a scan are left out.

    The newest poster of a closed counter is not among them: it is valid again when the counter opens.
    """
    query = (
        select(CounterAddress.counter_id, func.sum(DeadScan.scans))
        .join(DeadScan, DeadScan.serial == CounterAddress.serial)
        .where(CounterAddress.counter_id.in_([counter.id for counter in counters]), DeadScan.week == week)
        .where(IS_REPLACED)
        .group_by(CounterAddress.counter_id)
    )
    return {row[0]: int(row[1]) for row in session.execute(query)}


def list_old_posters(
    session: Session, offices: Collection[int] | Select[int], since: date
) -> list[tuple[Counter, int]]:
    """Return the counters of *offices* with replaced posters that were scanned since the Monday *since*, each with the
    number of scans; the most first. One statement.
    """
    scans = func.sum(DeadScan.scans)
    query = (
        select(Counter, scans)
        .join(CounterAddress, CounterAddress.counter_id == Counter.id)
        .join(DeadScan, DeadScan.serial == CounterAddress.serial)
        .where(Counter.office_id.in_(offices), DeadScan.week >= since, IS_REPLACED)
        .group_by(Counter.id)
        .order_by(scans.desc(), Counter.id)
    )
    return [(counter, int(n)) for counter, n in session.execute(query)]
