"""Store many ratings at once, and count them anew."""

import uuid
from collections import Counter as TallyCounter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from core import upsert
from core.crypto import Keyring
from core.sheets import memory
from core.sheets.report import Report
from core.values.week import monday_of
from survey.counter.models import Counter
from survey.instrument.rules import Level
from survey.rating.models import Rating, RatingReason, Tally
from survey.rating.operations.record import Opinion
from survey.rating.rules.channels import Channel

AT_ONCE = 5000
"""Ratings that go into one statement."""


@dataclass(frozen=True)
class Rated:
    """A rating that came in some other way than through its page, to be stored with many others."""

    counter_id: int
    opinion: Opinion
    channel: Channel
    day: date
    receipt: str
    id: uuid.UUID


def import_ratings(session: Session, keyring: Keyring, rated: Collection[Rated], hashes: Collection[bytes]) -> None:
    """Store ratings that a sheet held, as if each had come in on its day, and remember its lines by their *hashes*.

    Nobody gets their receipts. Raises IntegrityError when a line was brought in at the same moment by somebody else.
    """
    memory.remember_lines(session, hashes)
    store_ratings(session, keyring, rated)
    counts = TallyCounter((each.counter_id, monday_of(each.day), each.channel, each.opinion.level) for each in rated)
    for (counter_id, week, channel, level), count in counts.items():
        key = {"counter_id": counter_id, "week": week, "channel": channel.value}
        upsert.upsert_add(session, Tally, key, {f"level_{level}": count})


def store_ratings(session: Session, keyring: Keyring, rated: Iterable[Rated]) -> None:
    """Store many ratings, some thousands a statement; the tallies are the caller's to add to or to count anew."""
    waiting = iter(rated)
    while some := list(islice(waiting, AT_ONCE)):
        ratings = [
            {
                "id": each.id, "counter_id": each.counter_id, "channel": each.channel.value,
                "level": int(each.opinion.level), "comment": each.opinion.comment, "week": monday_of(each.day),
                "receipt_hash": keyring.mac("rating-receipt", each.receipt),
            }
            for each in some
        ]  # fmt: skip
        said = [{"rating_id": each.id, "reason": reason.value} for each in some for reason in set(each.opinion.reasons)]
        session.execute(insert(Rating), ratings)
        if said:
            session.execute(insert(RatingReason), said)


def rebuild_tallies(session: Session, *counters: Counter) -> None:
    """Count the ratings of *counters* anew into their tallies, in two statements however many there are."""
    session.flush()
    ids = [counter.id for counter in counters]
    session.execute(delete(Tally).where(Tally.counter_id.in_(ids)))
    levels = [func.count().filter(Rating.level == int(level)) for level in Level]
    counted = (
        select(Rating.counter_id, Rating.week, Rating.channel, *levels)
        .where(Rating.counter_id.in_(ids), Rating.is_rehearsal.is_(False))
        .group_by(Rating.counter_id, Rating.week, Rating.channel)
    )
    columns = ["counter_id", "week", "channel", *(f"level_{level}" for level in Level)]
    session.execute(insert(Tally).from_select(columns, counted))
    session.expire_all()


def counts_of(report: Report) -> dict[str, int]:
    """What came of bringing a sheet in: counts, and nothing of what it held."""
    return {"new": report.new, "known": report.known, "left_out": len(report.errors)}
