"""What is read of a survey: counters by their printed address, figures that may be shown, comments."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select, tuple_
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload

from commune.models import Office, Unit
from commune.queries.logos import nearest_digest
from core.crypto import Keyring
from core.values.text import search_key
from core.values.week import monday_of, month_of
from survey.models import Counter, CounterAddress, DeadScan, Rating, Tally
from survey.rules import address
from survey.rules.levels import Channel, Level
from survey.rules.release import is_first_week, shown_weeks
from survey.rules.scorecard import Scorecard, combine, scorecard
from survey.rules.trend import MonthPoint, trend

EVERY = slice(0, None)
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


class ShownWeek(NamedTuple):
    """A counter's week in one channel: ratings per level."""

    counter_id: int
    week: date
    channel: Channel
    counts: dict[Level, int]


@dataclass(frozen=True)
class Figures:
    """The figures of a counter or an office that may be shown, in the open channel."""

    card: Scorecard | None
    trend: list[MonthPoint]


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


def has_ratings(session: Session, within: Collection[int], *, before: date = date.max) -> bool:
    """Whether any counter of *within* was rated in a week that began *before* that day."""
    query = select(Tally.counter_id).join(Counter, Counter.id == Tally.counter_id).join(Counter.office)
    return session.scalar(query.where(Office.unit_id.in_(within), Tally.week < before).limit(1)) is not None


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


def find_counter_of(session: Session, office: Office, number: int) -> Counter | None:
    """Counter *number* of *office*."""
    return session.scalar(select(Counter).where(Counter.office_id == office.id, Counter.number == number))


def figures_of(
    session: Session, counters: Collection[Counter], today: date, channel: Channel = Channel.OPEN
) -> Figures:
    """The figures of *counters* taken together that may be seen *today*, in one channel: never pooled silently."""
    months: dict[date, dict[Level, int]] = {}
    for rows in _shown(session, [counter.id for counter in counters], today, channel).values():
        for row in rows:
            month = month_of(row.week)
            months[month] = combine(months.get(month, {}), row.counts)
    return Figures(scorecard(combine(*months.values())), trend(months))


def cards_by_channel(
    session: Session, counters: Collection[Counter], today: date
) -> list[tuple[Channel, Scorecard | None]]:
    """The scorecard of *counters* taken together in each channel that has ratings to show or waiting: side by side,
    since people say other things on paper, on the phone and alone with their own phone."""
    ids = [counter.id for counter in counters]
    used = set(session.scalars(select(Tally.channel).where(Tally.counter_id.in_(ids)).distinct()))
    cards = []
    for channel in (channel for channel in Channel if channel.value in used):
        shown = _shown(session, ids, today, channel)
        cards.append((channel, scorecard(combine(*(row.counts for rows in shown.values() for row in rows)))))
    return cards


def cards_by_counter(session: Session, counters: Collection[Counter], today: date) -> dict[int, Scorecard | None]:
    """The scorecard of each counter that may be seen *today*, open channel, in one statement."""
    ids = [counter.id for counter in counters]
    shown = _shown(session, ids, today, Channel.OPEN)
    return {id: scorecard(combine(*(row.counts for row in shown[id]))) for id in ids}


def cards_by_office(session: Session, offices: Collection[Office], today: date) -> dict[int, Scorecard | None]:
    """The scorecard of each office that may be seen *today*, open channel, in two statements."""
    ids = [office.id for office in offices]
    home = {row.id: row.office_id for row in session.execute(_counters_of(ids))}
    counts: dict[int, list[dict[Level, int]]] = {id: [] for id in ids}
    for counter_id, rows in _shown(session, list(home), today, Channel.OPEN).items():
        counts[home[counter_id]] += [row.counts for row in rows]
    return {id: scorecard(combine(*found)) for id, found in counts.items()}


def list_comments(session: Session, counters: Collection[Counter], today: date, limit: int = 50) -> list[Rating]:
    """Comments of the weeks that may be seen, the newest week first; within a week the order is random on purpose."""
    ids = [counter.id for counter in counters]
    shown = [row for channel in Channel for rows in _shown(session, ids, today, channel).values() for row in rows]
    weeks = [(row.counter_id, row.week, row.channel.value) for row in shown]
    query = (
        select(Rating)
        .where(Rating.counter_id.in_(ids), Rating.comment != "", Rating.is_rehearsal.is_(False))
        .where(tuple_(Rating.counter_id, Rating.week, Rating.channel).in_(weeks))
        .order_by(Rating.week.desc(), Rating.id)
        .limit(limit)
        .options(joinedload(Rating.counter))
    )
    return list(session.scalars(query))


def list_ratings(session: Session, office: Office) -> list[Rating]:
    """Every rating of *office* that counts, by week; within a week in the order of their random ids."""
    query = (
        select(Rating)
        .join(Rating.counter)
        .where(Counter.office_id == office.id, Rating.is_rehearsal.is_(False))
        .order_by(Rating.week, Rating.id)
        .options(contains_eager(Rating.counter), selectinload(Rating.reasons))
    )
    return list(session.scalars(query))


def find_rating_by_receipt(session: Session, keyring: Keyring, receipt: str) -> Rating | None:
    """The rating whose receipt this is, with its counter and office."""
    query = select(Rating).where(Rating.receipt_hash == keyring.mac("rating-receipt", receipt))
    return session.scalar(query.options(joinedload(Rating.counter).joinedload(Counter.office)))


def count_rehearsed(session: Session, office: Office) -> int:
    """How many ratings were tried out at the counters of *office* and are not wiped."""
    counters = select(Counter.id).where(Counter.office_id == office.id)
    query = select(func.count()).select_from(Rating).where(Rating.counter_id.in_(counters), Rating.is_rehearsal)
    return session.scalar(query) or 0


def weekly_counts(session: Session, counter: Counter) -> dict[Channel, dict[date, int]]:
    """How many ratings *counter* has, by channel and week, seen and waiting."""
    counts: dict[Channel, dict[date, int]] = {channel: {} for channel in Channel}
    for row in session.scalars(select(Tally).where(Tally.counter_id == counter.id)):
        counts[Channel(row.channel)][row.week] = sum(row.counts.values())
    return counts


def _counters_of(office_ids: Collection[int]) -> Select[int, int]:
    return select(Counter.id, Counter.office_id).where(Counter.office_id.in_(office_ids))


def _shown(session: Session, counter_ids: Collection[int], today: date, channel: Channel) -> dict[int, list[ShownWeek]]:
    """The weeks of each counter that may be seen; columns alone, for an office list reads some thousands of them."""
    levels = [getattr(Tally, f"level_{level}") for level in Level]
    query = (
        select(Tally.counter_id, Tally.week, *levels)
        .where(Tally.counter_id.in_(counter_ids), Tally.channel == channel.value)
        .order_by(Tally.week)
    )
    by_counter: dict[int, list[ShownWeek]] = {id: [] for id in counter_ids}
    for counter_id, week, *counts in session.execute(query):
        shown = ShownWeek(counter_id, week, channel, dict(zip(Level, counts, strict=True)))
        by_counter[counter_id].append(shown)
    current = monday_of(today)
    for id, rows in by_counter.items():
        weeks = shown_weeks({row.week: sum(row.counts.values()) for row in rows}, current)
        by_counter[id] = [row for row in rows if row.week in weeks]
    return by_counter
