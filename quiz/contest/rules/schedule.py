"""The phases of a round and of a contest, the days that a board may show, and the weekly schedule."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import NamedTuple

from core.values.week import day_start, local_date, monday_of

NOON = timedelta(hours=12)
WEEK = timedelta(days=7)
SETTLING = timedelta(minutes=1)
"""How long closing waits after the close, for papers that arrived in time and are still being stored."""


class Phase(StrEnum):
    """The phase of a round. ENDED waits for the organiser to close it, CLOSED for its publication."""

    UPCOMING = "upcoming"
    OPEN = "open"
    ENDED = "ended"
    CLOSED = "closed"
    PUBLISHED = "published"


class ContestStage(StrEnum):
    """The stage of a contest: not public yet, a round is open, an ended round waits for its publication, or all is done
    (published, or called off).
    """

    DRAFT = "ban-nhap"
    OPEN = "dang-mo"
    WAITING = "cho-cong-bo"
    DONE = "da-xong"


class Agenda(IntEnum):
    """The work that a contest asks of its organiser, in the order of a list: an ended round waits, a round is open,
    the next is to come (drafts too), all is over.
    """

    TO_DO = 0
    OPEN = 1
    COMING = 2
    PAST = 3


@dataclass(frozen=True)
class Span:
    """The three moments of a round; it is open in the half-open [opens_at, closes_at)."""

    opens_at: datetime
    closes_at: datetime
    results_at: datetime


def phase(span: Span, closed_at: datetime | None, published_at: datetime | None, now: datetime) -> Phase:
    """Return the phase at *now*. *now* equal to the close is after it; a publication may be set for a later hour."""
    if now < span.opens_at:
        return Phase.UPCOMING
    if now < span.closes_at:
        return Phase.OPEN
    if closed_at is None:
        return Phase.ENDED
    return Phase.PUBLISHED if published_at is not None and published_at <= now else Phase.CLOSED


def weekly(first: date, weeks: int) -> list[Span]:
    """Return *weeks* rounds from the Monday of *first*'s week: Monday 00:00 to the next Monday, results that day at
    noon.
    """
    mondays = [monday_of(first) + index * WEEK for index in range(weeks)]
    return [
        Span(
            opens_at=day_start(monday),
            closes_at=day_start(monday + WEEK),
            results_at=day_start(monday + WEEK) + NOON,
        )
        for monday in mondays
    ]


def last_shown_day(span: Span, now: datetime, held_at: date | None = None) -> date:
    """Return the last local day whose participation a board may show.

    While the round is open that is yesterday, and on its last day the day before yesterday, since turns times last
    week's rate is close to the number that people guess. A round that was prolonged after that had begun shows nothing
    after *held_at* until its new close, so that those who guess later do not see what others could not. After the
    close it is the last day.
    """
    last_day = local_date(span.closes_at - timedelta(milliseconds=1))
    if now >= span.closes_at:
        return last_day
    shown = min(local_date(now) - timedelta(days=1), last_day - timedelta(days=2))
    return shown if held_at is None else min(shown, held_at)


def held_day(before: Span, after: Span, now: datetime, held_at: date | None = None) -> date | None:
    """Return the day at which the board of a round stays when its dates move from *before* to *after* at *now*.

    That is the last day shown, if a later one is over and hidden already; *held_at* is that of an earlier move. None
    where nothing is hidden but the present day.
    """
    if not before.opens_at <= now < before.closes_at or before.closes_at == after.closes_at:
        return held_at
    shown = last_shown_day(before, now, held_at)
    return shown if shown < local_date(now) - timedelta(days=1) else held_at


class TimeLeft(NamedTuple):
    """The time until a moment, as a page says it: the two largest units that are not zero."""

    days: int
    hours: int
    minutes: int


def time_left(until: datetime, now: datetime) -> TimeLeft:
    """Return the time from *now* to *until*, rounded down to hours from a day on, to minutes below; zero afterwards.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    >>> time_left(noon + timedelta(days=2, hours=6, minutes=59), noon)
    TimeLeft(days=2, hours=6, minutes=0)
    >>> time_left(noon + timedelta(minutes=61), noon)
    TimeLeft(days=0, hours=1, minutes=1)
    """
    minutes = max(0, (until - now) // timedelta(minutes=1))
    days, hours = divmod(minutes // 60, 24)
    return TimeLeft(days, hours, 0 if days else minutes % 60)


class RoundDay(NamedTuple):
    """A local day of a round, and whether it is over or today."""

    day: date
    is_past: bool
    is_today: bool


def days_of(span: Span, now: datetime) -> list[RoundDay]:
    """Return the local days of a round in order; a round that closes at midnight does not reach into the next day."""
    first, last, today = (
        local_date(span.opens_at),
        local_date(span.closes_at - timedelta(milliseconds=1)),
        local_date(now),
    )
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [RoundDay(day, day < today, day == today) for day in days]
