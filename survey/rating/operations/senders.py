"""Count the ratings of a sender, for the class of each: the only trace of it that lasts, for 14 days and apart."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    LargeBinary,
    Table,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from core.crypto import Keyring
from core.db import changed_rows
from core.values.week import VIETNAM, local_date, monday_of
from survey.instrument.rules.quick import LEVEL
from survey.rating.models import OptionTally, SenderCount
from survey.rating.queries.tally import IS_COUNTED
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import BEST, COURSE_WEEKS, ORDINARY, RatingClass, Sightings, classify, shows_device
from survey.rating.rules.retention import SENDER_DAYS

MINUTES = 10
_TABLE = cast(Table, SenderCount.__table__)
_MARKS = tuple(f"mark_{number}" for number in range(5))


@dataclass(frozen=True)
class Sender:
    """The sender of a rating, as its request shows it. It is hashed under a key of the day before it is stored.

    Attributes:
        page: the address with the token of the copy of the page.
        browser: the address with the browser's name.
        device: a random mark that the browser keeps; empty without one, and then *browser* stands for it.
        network: the network of the address.
        is_own: whether it is a signed-in member of staff, or in the office's own network.
    """

    page: str
    browser: str
    device: str
    network: str
    is_own: bool = False


class Classified(NamedTuple):
    """The class of a rating, and whether it is left out and of a device that is known to be another one."""

    kind: RatingClass
    is_other_device: bool = False


def class_of(session: Session, keyring: Keyring, counter_id: int, sender: Sender, now: datetime) -> Classified:
    """Count a rating of *sender* and return its class, in one statement that also reads the counter's recent course.
    A rating that is set apart, or of a device known in the week, takes a second one.

    The marks of a day are made under a key of that day, and the mark by which a device is known again under one of the
    week: rows of two days can't be joined without the master key.
    """
    today = local_date(now)
    week, before = monday_of(today), monday_of(today) - timedelta(weeks=1)
    marks = _marks_of_day(keyring, counter_id, sender, now)
    of_week, of_week_before = (_mark_of_week(keyring, counter_id, sender, monday) for monday in (week, before))
    values = {
        "counter": counter_id,
        "day": today,
        "week": week,
        "before": before,
        "since": week - timedelta(weeks=COURSE_WEEKS),
        "of_week": of_week,
        "of_week_before": of_week_before,
        **dict(zip(_MARKS, sorted(marks.values()), strict=True)),
    }
    counted = session.connection().execute(_counting(session.get_bind().dialect.name), values)
    rows: dict[bytes, Any] = {row.mark: row for row in counted}
    seen, counts = rows[of_week], {name: rows[mark].count for name, mark in marks.items()}
    was_there, usual = seen.was_there is not None, seen.usual or 0
    sightings = Sightings(is_own=sender.is_own, **counts, in_week=seen.count, was_there=was_there, usual=usual)
    kind = classify(sightings, week)
    if unused := _unused(kind, seen.count):
        _give_back(session, counter_id, today, [marks[name] for name in unused])
    return Classified(kind, shows_device(sightings, kind, week))


def _unused(kind: RatingClass, in_week: int) -> Sequence[str]:
    """Return the sightings that a rating gives back: one that is set apart must not use up what others of its network
    may send, and one of a device known in the week not the place of a new one.
    """
    shared = () if kind in ORDINARY else ("of_network", "in_slot")
    is_known = in_week > 1 or kind is RatingClass.MORE
    return (*shared, "newcomers") if is_known else shared


def _give_back(session: Session, counter_id: int, today: date, marks: Sequence[bytes]) -> None:
    """Take one off *marks*."""
    shared = (SenderCount.day == today, SenderCount.counter_id == counter_id, SenderCount.mark.in_(marks))
    less = update(SenderCount).where(*shared).values(count=SenderCount.count - 1)
    session.execute(less.execution_options(synchronize_session=False))


def purge_senders(session: Session, today: date) -> int:
    """Delete the counts that are older than `SENDER_DAYS` and return how many."""
    old = delete(SenderCount).where(SenderCount.day <= today - timedelta(days=SENDER_DAYS))
    return changed_rows(session, old)


def _marks_of_day(keyring: Keyring, counter_id: int, sender: Sender, now: datetime) -> dict[str, bytes]:
    """Return the marks of the day by the name of the sighting that each counts."""
    local = now.astimezone(VIETNAM)
    key = _key(keyring, counter_id, local.date())
    return {
        "on_page": _mark(key, "page", sender.page),
        "of_device": _mark(key, "device", sender.device or sender.browser),
        "of_network": _mark(key, "network", sender.network),
        "newcomers": _mark(key, "newcomers", sender.network),
        "in_slot": _mark(key, "slot", f"{local.hour}:{local.minute // MINUTES}"),
    }


def _mark_of_week(keyring: Keyring, counter_id: int, sender: Sender, monday: date) -> bytes:
    return _mark(_key(keyring, counter_id, monday), "week", sender.device or sender.browser)


def _key(keyring: Keyring, counter_id: int, day: date) -> bytes:
    return keyring.mac(f"rating-sender {day.isoformat()}", str(counter_id))


def _mark(key: bytes, kind: str, value: str) -> bytes:
    return hmac.digest(key, f"{kind} {value}".encode(), "sha256")


@lru_cache(maxsize=2)
def _counting(dialect: str) -> Any:
    """Return the statement that adds one to each mark and returns the counts, built once per process.

    The row of the week's mark also says whether the device was there in the week before, and what is usual.
    """
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    rows = select(_rows().subquery()).where(text("1 = 1"))  # SQLite needs a WHERE between a SELECT and ON CONFLICT
    key = [_TABLE.c.day, _TABLE.c.counter_id, _TABLE.c.mark]
    adding = insert(_TABLE).from_select([*key, _TABLE.c.count], rows)
    adding = adding.on_conflict_do_update(index_elements=key, set_={"count": _TABLE.c.count + 1})
    is_of_week = _TABLE.c.mark == bindparam("of_week", type_=LargeBinary)
    was_there, usual = (case((is_of_week, each)) for each in (_was_there(), _usual()))
    return adding.returning(_TABLE.c.mark, _TABLE.c.count, was_there.label("was_there"), usual.label("usual"))


def _rows() -> CompoundSelect[Any]:
    """Return the mark of the week and those of the day, in an order that is the same for concurrent writers."""
    counter = bindparam("counter", type_=Integer)
    days = [("week", "of_week"), *(("day", mark) for mark in _MARKS)]
    return union_all(
        *(
            select(
                bindparam(day, type_=Date).label("day"),
                counter.label("counter_id"),
                bindparam(mark, type_=LargeBinary).label("mark"),
                literal_column("1").label("count"),
            )
            for day, mark in days
        )
    )


def _was_there() -> ColumnElement[int]:
    """Return the count of the device in the week before, as a subquery; NULL if it was not there."""
    earlier = aliased(SenderCount)
    query = select(earlier.count).where(
        earlier.day == bindparam("before", type_=Date),
        earlier.counter_id == bindparam("counter", type_=Integer),
        earlier.mark == bindparam("of_week_before", type_=LargeBinary),
    )
    return query.scalar_subquery()


def _usual() -> ColumnElement[int]:
    """Return the counted ratings of the counter's usual week, as a subquery; NULL if it has too few weeks."""
    total = func.sum(OptionTally.count)
    query = select(total).where(
        OptionTally.counter_id == bindparam("counter", type_=Integer),
        OptionTally.week >= bindparam("since", type_=Date),
        OptionTally.week < bindparam("week", type_=Date),
        OptionTally.channel == Channel.OPEN.value,
        OptionTally.item == LEVEL,
        IS_COUNTED,
    )
    return query.group_by(OptionTally.week).order_by(total.desc()).limit(1).offset(BEST - 1).scalar_subquery()
