"""Open, rename, close and rehearse counters, and replace their printed addresses."""

from datetime import date

from sqlalchemy import update
from sqlalchemy.orm import Session

from commune.models import Office
from core import upsert
from core.values.week import monday_of
from survey.counter.models import Counter, CounterAddress, DeadScan


def create_counter(session: Session, office: Office, *, number: int, name: str, today: date) -> Counter:
    """A counter of *office* with its first printed address; raises IntegrityError when the number is taken."""
    counter = Counter(office_id=office.id, number=number, name=name)
    counter.addresses.append(CounterAddress(revision=1, issued_on=today))
    session.add(counter)
    session.flush()
    return counter


class AlreadyReissued(Exception):
    """The address that was to be replaced is not the one that counts."""


def reissue_address(session: Session, counter: Counter, today: date, *, replacing: int | None = None) -> CounterAddress:
    """The next printed address of *counter*: from now on every older one is dead, whatever still hangs.

    *replacing* is the revision that whoever asks has seen, the newest if not said: two who ask, or one who taps
    twice, get one new address.

    Raises:
        AlreadyReissued: *replacing* is not the newest (any more).
        IntegrityError: somebody else did it at the same moment.
    """
    newest = counter.addresses[-1].revision
    if replacing is not None and replacing != newest:
        raise AlreadyReissued
    address = CounterAddress(counter_id=counter.id, revision=newest + 1, issued_on=today)
    session.add(address)
    session.flush()
    session.expire(counter, ["addresses"])
    return address


def close_counter(counter: Counter, today: date) -> None:
    """*counter* takes no more ratings; its figures stay. Closed already, it keeps its day."""
    counter.closed_on = counter.closed_on or today


def reopen_counter(counter: Counter) -> None:
    """*counter* takes ratings again under the address that it had."""
    counter.closed_on = None


def switch_rehearsal(session: Session, counter: Counter, is_rehearsal: bool) -> None:
    """Turn the rehearsal of *counter* on or off; waits for a rating that is being tried out at this moment."""
    session.execute(update(Counter).where(Counter.id == counter.id).values(is_rehearsal=is_rehearsal))
    session.expire(counter)


def count_dead_scan(session: Session, serial: int, today: date) -> None:
    """Somebody scanned a poster that no longer counts: one more in this week, and nothing else is kept of it."""
    upsert.upsert_add(session, DeadScan, {"serial": serial, "week": monday_of(today)}, {"scans": 1})
