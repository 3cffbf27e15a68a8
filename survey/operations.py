"""What changes a survey's rows: ratings come in, counters and their printed addresses are set up."""

import uuid
from collections import Counter as TallyCounter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from commune.models import Office, Unit
from core import tally
from core.crypto import Keyring, new_code
from core.sheets import memory
from core.values.week import local_date, monday_of
from survey.models import Counter, CounterAddress, Rating, RatingReason, Tally
from survey.rules.levels import Channel, Level, Reason


@dataclass(frozen=True)
class Opinion:
    """What a citizen says: the level, what it was about, a comment or none."""

    level: Level
    reasons: Collection[Reason] = ()
    comment: str = ""


def record_rating(
    session: Session,
    keyring: Keyring,
    counter: Counter,
    opinion: Opinion,
    *,
    channel: Channel,
    receipt: str,
    now: datetime,
    id: uuid.UUID | None = None,
) -> Rating:
    """Store a rating with its week only, and count it; `rules.release` says when it may be seen.

    No address, device or time of day comes near the row: nobody could be found by it.
    """
    rating = build_rating(keyring, counter, opinion, channel=channel, receipt=receipt, today=local_date(now), id=id)
    session.add(rating)
    tally.add(session, Tally, tally_key(rating), {f"level_{opinion.level}": 1})
    return rating


def build_rating(
    keyring: Keyring,
    counter: Counter,
    opinion: Opinion,
    *,
    channel: Channel,
    receipt: str,
    today: date,
    id: uuid.UUID | None = None,
) -> Rating:
    """The row of a rating with its reasons, not yet added."""
    return Rating(
        id=id or uuid.uuid4(),
        counter_id=counter.id,
        channel=channel.value,
        level=int(opinion.level),
        comment=opinion.comment,
        week=monday_of(today),
        receipt_hash=keyring.mac("rating-receipt", receipt),
        reasons=[RatingReason(reason=reason.value) for reason in sorted(set(opinion.reasons))],
    )


def tally_key(rating: Rating) -> dict[str, object]:
    """Where *rating* is counted: its counter, its week, its channel."""
    return {"counter_id": rating.counter_id, "week": rating.week, "channel": rating.channel}


def import_ratings(
    session: Session,
    keyring: Keyring,
    counter: Counter,
    rated: Collection[tuple[Opinion, Channel, date]],
    hashes: Collection[bytes],
) -> None:
    """Store ratings that a sheet held, as if each had come in on its day, and remember its lines by their *hashes*.

    Nobody gets their receipts. Raises IntegrityError when a line was brought in at the same moment by somebody else.
    """
    memory.remember_lines(session, hashes)
    counts: TallyCounter[tuple[date, str, Level]] = TallyCounter()
    for opinion, channel, day in rated:
        rating = build_rating(keyring, counter, opinion, channel=channel, receipt=new_code(), today=day)
        session.add(rating)
        counts[rating.week, rating.channel, opinion.level] += 1
    for (week, kind, level), count in counts.items():
        key = {"counter_id": counter.id, "week": week, "channel": kind}
        tally.add(session, Tally, key, {f"level_{level}": count})


def rebuild_tallies(session: Session, counter: Counter) -> None:
    """Count *counter*'s ratings anew into its tallies."""
    session.flush()
    session.execute(delete(Tally).where(Tally.counter_id == counter.id))
    grouped = (
        select(Rating.week, Rating.channel, Rating.level, func.count())
        .where(Rating.counter_id == counter.id)
        .group_by(Rating.week, Rating.channel, Rating.level)
    )
    for week, channel, level, count in session.execute(grouped).all():
        key = {"counter_id": counter.id, "week": week, "channel": channel}
        tally.add(session, Tally, key, {f"level_{level}": count})


def create_office(session: Session, unit: Unit, *, slug: str, name: str, host: str, hotline: str = "") -> Office:
    """A one-stop centre in *unit*; *host* is who runs the survey, rather than the rated office."""
    office = Office(unit_id=unit.id, slug=slug, name=name, host=host, hotline=hotline)
    session.add(office)
    session.flush()
    return office


def create_counter(session: Session, office: Office, *, number: int, name: str, today: date) -> Counter:
    """A counter of *office* with its first printed address; raises IntegrityError when the number is taken."""
    counter = Counter(office_id=office.id, number=number, name=name)
    counter.addresses.append(CounterAddress(revision=1, issued_on=today))
    session.add(counter)
    session.flush()
    return counter
