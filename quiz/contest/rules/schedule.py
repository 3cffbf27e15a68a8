"""When a round is open, what its board may show on which day, and the weekly plan of a contest."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from core.values.week import day_start, local_date, monday_of

NOON = timedelta(hours=12)
WEEK = timedelta(days=7)
SETTLING = timedelta(minutes=1)
"""How long the closing waits after the close: a paper that reached the front door in time may still be on its way."""


class Phase(StrEnum):
    """Where a round stands. ENDED waits for the organiser to close it, CLOSED for its publication."""

    UPCOMING = "upcoming"
    OPEN = "open"
    ENDED = "ended"
    CLOSED = "closed"
    PUBLISHED = "published"


class Stage(StrEnum):
    """Where a contest stands: not public yet, a week is open, an ended week waits for its publication, or all is done
    (published, or called off)."""

    DRAFT = "ban-nhap"
    OPEN = "dang-mo"
    WAITING = "cho-cong-bo"
    DONE = "da-xong"


@dataclass(frozen=True)
class Span:
    """The three moments of a round; it is open in the half-open [opens_at, closes_at)."""

    opens_at: datetime
    closes_at: datetime
    results_at: datetime


def phase(span: Span, closed_at: datetime | None, published_at: datetime | None, now: datetime) -> Phase:
    """The phase at *now*. A stamp equal to the close is out; a publication may lie ahead (it waits for its hour)."""
    if now < span.opens_at:
        return Phase.UPCOMING
    if now < span.closes_at:
        return Phase.OPEN
    if closed_at is None:
        return Phase.ENDED
    return Phase.PUBLISHED if published_at is not None and published_at <= now else Phase.CLOSED


def weekly(first: date, weeks: int) -> list[Span]:
    """*weeks* rounds from the Monday of *first*'s week: Monday 00:00 to the next Monday, results that day at noon."""
    mondays = [monday_of(first) + index * WEEK for index in range(weeks)]
    return [
        Span(
            opens_at=day_start(monday),
            closes_at=day_start(monday + WEEK),
            results_at=day_start(monday + WEEK) + NOON,
        )
        for monday in mondays
    ]


def last_shown_day(span: Span, now: datetime) -> date:
    """The last local day whose participation a board may show.

    While the round is open that is yesterday, and on its last day it stays where it stood the day before: turns times
    last week's rate is nearly the answer that people guess. After the close everything may be seen.
    """
    last_day = local_date(span.closes_at - timedelta(milliseconds=1))
    if now >= span.closes_at:
        return last_day
    return min(local_date(now) - timedelta(days=1), last_day - timedelta(days=2))
