"""Counters by their printed address, and what became of the posters that were replaced."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from commune.models import Office
from commune.queries.logos import nearest_digest
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
PRINTED = (  # asked twice for every rating: built once
    select(Counter, IS_REPLACED)
    .join(CounterAddress)
    .where(CounterAddress.serial == bindparam("serial"))
    .options(joinedload(Counter.office))
)
SHOWN = PRINTED.add_columns(nearest_digest(UNIT_OF_PRINTED))


@dataclass(frozen=True)
class Printed:
    """What stands behind a printed address: its counter, whether a newer address replaced it, its page's logo."""

    counter: Counter
    serial: int
    is_replaced: bool
    logo: str | None = None


def signer(keyring: Keyring) -> Sign:
    """What signs the printed addresses: never change it, posters hang on it."""
    return keyring.signer("counter-address")


def find_printed(session: Session, keyring: Keyring, code: str, *, is_shown: bool = False) -> Printed | None:
    """What stands behind a printed address; an altered one is refused without asking the database.

    One statement: the logo is asked for with the rest, and only where a page *is shown*, not for a rating sent.
    """
    serial = address.read(code, signer(keyring))
    if serial is None:
        return None
    found = session.execute(SHOWN if is_shown else PRINTED, {"serial": serial}).one_or_none()
    if found is None:
        return None
    return Printed(found[0], serial, bool(found[1]), found[2] if is_shown else None)


def address_of(keyring: Keyring, counter: Counter) -> str:
    """The newest printed address of *counter*."""
    return address.issue(counter.addresses[-1].serial, signer(keyring))


def dead_scans(session: Session, counters: Collection[Counter], week: date) -> dict[int, int]:
    """How often posters that were replaced were scanned in *week*, by counter; those without a scan are left out.

    The newest poster of a closed counter is none of them: it will do again when the counter opens.
    """
    query = (
        select(CounterAddress.counter_id, func.sum(DeadScan.scans))
        .join(DeadScan, DeadScan.serial == CounterAddress.serial)
        .where(CounterAddress.counter_id.in_([counter.id for counter in counters]), DeadScan.week == week)
        .where(IS_REPLACED)
        .group_by(CounterAddress.counter_id)
    )
    return {row[0]: int(row[1]) for row in session.execute(query)}
