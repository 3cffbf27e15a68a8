"""The time in which a citizen may add to a recorded rating, and the ticket that allows it."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.values.codes import letters
from core.values.week import day_start, local_date, monday_of
from survey.instrument.rules.levels import Level

OPEN_FOR = timedelta(minutes=30)
"""How long the page of thanks takes reasons and a comment: long enough to write at the counter or on the way home."""
MAC_LETTERS = 24

Sign = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Ticket:
    """The permission to add to one rating: its receipt, its level (to show it again), and the moment it ends."""

    receipt: str
    level: Level
    until: datetime


def closing_time(rated_at: datetime) -> datetime:
    """Return the moment from which nothing more is added to a rating of *rated_at*, in whole seconds.

    It is `OPEN_FOR` later, but never later than the end of the rating's week: the figures of a finished week may be
    seen, and must not change afterwards (decision 0048).
    """
    week_ends = day_start(monday_of(local_date(rated_at)) + timedelta(weeks=1))
    return min((rated_at + OPEN_FOR).replace(microsecond=0), week_ends)


def write_ticket(ticket: Ticket, sign: Sign) -> str:
    """Return *ticket* as text, signed by *sign*, a keyed MAC of at least 15 bytes."""
    text = f"{ticket.receipt}.{int(ticket.level)}.{int(ticket.until.timestamp())}"
    return f"{text}.{_mac(text, sign)}"


def read_ticket(text: str, sign: Sign) -> Ticket | None:
    """Return the ticket that `write_ticket` made with the same *sign*; None for any other text."""
    body, _, mac = text.rpartition(".")
    if not text.isascii() or not hmac.compare_digest(mac, _mac(body, sign)):
        return None
    receipt, level, until = body.split(".")
    return Ticket(receipt, Level(int(level)), datetime.fromtimestamp(int(until), UTC))


def _mac(text: str, sign: Sign) -> str:
    return letters(int.from_bytes(sign(text.encode())[:15], "big"), MAC_LETTERS)
