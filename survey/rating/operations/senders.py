"""Count the ratings of a sender, for the class of each: the only trace of it that lasts, for 14 days and apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    LargeBinary,
    Table,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, aliased

from core.crypto import Keyring
from core.values.week import VIETNAM, local_date, monday_of
from survey.instrument.rules.quick import LEVEL
from survey.rating.models import OptionTally, SenderCount
from survey.rating.queries.tally import IS_COUNTED
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import COURSE_WEEKS, ORDINARY, RatingClass, Sightings, classify
from survey.rating.rules.retention import SENDER_DAYS

MINUTES = 10
_TABLE = cast(Table, SenderCount.__table__)
_MARKS = tuple(f"mark_{number}" for number in range(5))
_EARLIER = tuple(f"earlier_{ago}" for ago in range(1, SENDER_DAYS))


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


def class_of(session: Session, keyring: Keyring, counter_id: int, sender: Sender, now: datetime) -> RatingClass:
    """Count a rating of *sender* and return its class, in one statement that also reads the counter's recent course.
    A rating that is set apart takes a second one.

    A device is looked for under the keys of the days that are kept, so that the rows of two days can't be joined
    without the master key.
    """
    today = local_date(now)
    device = sender.device or sender.browser
    local = now.astimezone(VIETNAM)
    marks = {
        "page": _mark(keyring, today, counter_id, "page", sender.page),
        "device": _mark(keyring, today, counter_id, "device", device),
        "browser": _mark(keyring, today, counter_id, "browser", sender.browser),
        "network": _mark(keyring, today, counter_id, "network", sender.network),
        "slot": _mark(keyring, today, counter_id, "slot", f"{local.hour}:{local.minute // MINUTES}"),
    }
    values: dict[str, Any] = dict(zip(_MARKS, sorted(marks.values()), strict=True))
    for ago, name in enumerate(_EARLIER, start=1):
        values[f"day_{name}"] = earlier = today - timedelta(days=ago)
        values[name] = _mark(keyring, earlier, counter_id, "device", device)
    weeks = {"until": monday_of(today), "since": monday_of(today) - timedelta(weeks=COURSE_WEEKS)}
    statement = _counting(session.get_bind().dialect.name)
    counted = session.connection().execute(statement, {"counter": counter_id, "day": today, **weeks, **values})
    found = {row.mark: row for row in counted}
    kind = classify(_sightings({name: found[mark] for name, mark in marks.items()}, is_own=sender.is_own), today)
    if kind not in ORDINARY:
        _give_back(session, counter_id, today, [marks["network"], marks["slot"]])
    return kind


def _give_back(session: Session, counter_id: int, today: date, marks: Sequence[bytes]) -> None:
    """Take one off *marks*: a rating that is set apart must not use up what others of its network may send."""
    shared = (SenderCount.counter_id == counter_id, SenderCount.day == today, SenderCount.mark.in_(marks))
    less = update(SenderCount).where(*shared).values(count=SenderCount.count - 1)
    session.execute(less.execution_options(synchronize_session=False))


def _sightings(rows: Mapping[str, Any], *, is_own: bool) -> Sightings:
    counts = {name: row.count for name, row in rows.items()}
    return Sightings(
        is_own=is_own,
        on_page=counts["page"],
        of_device=counts["device"],
        of_browser=counts["browser"],
        of_network=counts["network"],
        in_slot=counts["slot"],
        seen_on=rows["device"].seen_on,
        recent=rows["device"].recent,
    )


def purge_senders(session: Session, today: date) -> int:
    """Delete the counts that are older than `SENDER_DAYS` and return how many."""
    old = delete(SenderCount).where(SenderCount.day <= today - timedelta(days=SENDER_DAYS))
    return int(getattr(session.execute(old), "rowcount", 0))


def _mark(keyring: Keyring, day: date, counter_id: int, kind: str, value: str) -> bytes:
    return keyring.mac(f"rating-sender {day.isoformat()}", str(counter_id), kind, value)


@lru_cache(maxsize=2)
def _counting(dialect: str) -> Any:
    """Return the statement that adds one to each mark and returns the counts, built once per process."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    rows = select(_rows().subquery()).where(text("1 = 1"))  # SQLite needs a WHERE between a SELECT and ON CONFLICT
    adding = insert(_TABLE).from_select([column.name for column in _TABLE.columns], rows)
    adding = adding.on_conflict_do_update(
        index_elements=[_TABLE.c.counter_id, _TABLE.c.day, _TABLE.c.mark], set_={"count": _TABLE.c.count + 1}
    )
    return adding.returning(_TABLE.c.mark, _TABLE.c.count, _seen_on(), _recent())


def _rows() -> CompoundSelect[Any]:
    counter, day = bindparam("counter", type_=Integer), bindparam("day", type_=Date)
    return union_all(
        *(
            select(
                counter.label("counter_id"),
                day.label("day"),
                bindparam(mark, type_=LargeBinary).label("mark"),
                literal_column("1").label("count"),
            )
            for mark in _MARKS
        )
    )


def _seen_on() -> ColumnElement[date]:
    """Return the last earlier day of the device, as a subquery that looks up each day by the whole primary key."""
    before = aliased(SenderCount)
    counter = before.counter_id == bindparam("counter", type_=Integer)
    days = [before.day == bindparam(f"day_{name}", type_=Date) for name in _EARLIER]
    marks = [before.mark == bindparam(name, type_=LargeBinary) for name in _EARLIER]
    keys = (and_(counter, day, mark) for day, mark in zip(days, marks, strict=True))
    query = select(func.max(before.day)).where(or_(*keys))  # a busy counter has thousands of rows
    return query.scalar_subquery().label("seen_on")


def _recent() -> ColumnElement[int]:
    """Return the counted ratings of the counter in its last finished weeks, as a subquery."""
    query = select(func.coalesce(func.sum(OptionTally.count), 0)).where(
        OptionTally.counter_id == bindparam("counter", type_=Integer),
        OptionTally.week >= bindparam("since", type_=Date),
        OptionTally.week < bindparam("until", type_=Date),
        OptionTally.channel == Channel.OPEN.value,
        OptionTally.item == LEVEL,
        IS_COUNTED,
    )
    return query.scalar_subquery().label("recent")
