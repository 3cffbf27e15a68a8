"""Open, rename, close and rehearse counters, and replace their printed addresses."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.chain import Plain
from commune.models import Office
from core import upsert
from core.content import ENGLISH, Texts, set_texts
from core.values.week import local_date, monday_of
from survey.counter.models import Counter, CounterAddress, DeadScan
from survey.counter.operations.audit_subjects import counter_subject
from survey.counter.queries.counters import lock_counters
from survey.counter.rules.actions import SurveyAction


def add_counter(session: Session, office: Office, *, number: int, name: str, today: date) -> Counter:
    """Add the rows of a counter with its first printed address, without an audit entry: for seeded instances.

    Raises:
        IntegrityError: the office has a counter of this number.
    """
    counter = Counter(office_id=office.id, number=number, name=name)
    counter.addresses.append(CounterAddress(revision=1, issued_on=today))
    session.add(counter)
    session.flush()
    return counter


def create_counter(
    session: Session,
    actor: Actor,
    office: Office,
    *,
    number: int,
    name: str,
    english: Texts | None = None,
    now: datetime,
) -> Counter:
    """Add a counter to *office* with its first printed address, and its *english* if given; raises IntegrityError when
    the number is taken.
    """
    counter = add_counter(session, office, number=number, name=name, today=local_date(now))
    _before, text = set_texts(session, counter, ENGLISH, english or {})
    record(session, actor, SurveyAction.COUNTER_CREATE, counter_subject(counter), after={"name": name} | text, now=now)
    return counter


def rename_counter(
    session: Session, actor: Actor, counter: Counter, name: str, *, english: Texts | None = None, now: datetime
) -> None:
    """Correct the field of work of *counter*, and its *english* if given; its number, address and ratings stay.

    The same words change nothing.
    """
    old = counter.name
    before: dict[str, Plain] = {} if name == old else {"name": old}
    after: dict[str, Plain] = {} if name == old else {"name": name}
    counter.name = name
    was, text = set_texts(session, counter, ENGLISH, english or {})
    if not (before or text):
        return
    about, before, after = counter_subject(counter), before | was, after | text
    record(session, actor, SurveyAction.COUNTER_EDIT, about, before=before, after=after, now=now)


class AlreadyReissued(Exception):
    """The address that was to be replaced is not the newest one."""


def reissue_address(
    session: Session, actor: Actor, counter: Counter, *, replacing: int | None = None, now: datetime
) -> CounterAddress:
    """Issue the next printed address of *counter*; every older one stops counting at once.

    *replacing* is the revision shown to the person who asks, the newest if not given: of two requests for the same
    revision only the first issues an address.

    Raises:
        AlreadyReissued: *replacing* is not the newest.
        IntegrityError: another request issued an address at the same moment.
    """
    newest = counter.addresses[-1].revision
    if replacing is not None and replacing != newest:
        raise AlreadyReissued
    address = CounterAddress(counter_id=counter.id, revision=newest + 1, issued_on=local_date(now))
    session.add(address)
    session.flush()
    session.expire(counter, ["addresses"])
    before, after = {"revision": newest}, {"revision": newest + 1}
    record(session, actor, SurveyAction.COUNTER_REISSUE, counter_subject(counter), before=before, after=after, now=now)
    return address


def close_counters(session: Session, actor: Actor, counters: Collection[Counter], *, now: datetime) -> None:
    """Close those of *counters* that are open: they take no more ratings, and their figures stay.

    The rows are locked first and the audit entries come last, since every other writer waits for the audit trail.
    """
    today = local_date(now)
    held = [counter for counter in lock_counters(session, counters) if counter.is_open]
    for counter in held:
        counter.closed_on = today
    after = {"closed_on": today.isoformat()}
    for counter in held:
        about = counter_subject(counter)
        record(session, actor, SurveyAction.COUNTER_CLOSE, about, before={"closed_on": None}, after=after, now=now)


def reopen_counters(session: Session, actor: Actor, counters: Collection[Counter], *, now: datetime) -> None:
    """Open those of *counters* that are closed, under the printed addresses that they had."""
    held = {each: each.closed_on for each in lock_counters(session, counters) if each.closed_on is not None}
    for counter in held:
        counter.closed_on = None
    for counter, day in held.items():
        before = {"closed_on": day.isoformat()}
        about = counter_subject(counter)
        record(session, actor, SurveyAction.COUNTER_REOPEN, about, before=before, after={"closed_on": None}, now=now)


def switch_rehearsal(session: Session, actor: Actor, counter: Counter, is_rehearsal: bool, *, now: datetime) -> None:
    """Turn the rehearsal of *counter* on or off; waits for a rating of the rehearsal that is being stored."""
    session.execute(update(Counter).where(Counter.id == counter.id).values(is_rehearsal=is_rehearsal))
    session.expire(counter)
    action = SurveyAction.REHEARSAL_BEGIN if is_rehearsal else SurveyAction.REHEARSAL_END
    record(session, actor, action, counter_subject(counter), now=now)


def count_dead_scan(session: Session, serial: int, today: date) -> None:
    """Count one scan of a replaced poster in the week of *today*; nothing else is stored about it."""
    upsert.upsert_add(session, DeadScan, {"serial": serial, "week": monday_of(today)}, {"scans": 1})
