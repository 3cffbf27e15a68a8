"""What changes a survey's rows: ratings come in, counters and their printed addresses are set up."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from commune.models import Office, Unit
from core import tally
from core.crypto import Keyring
from core.values.week import local_date, monday_of
from survey.models import Counter, CounterAddress, DeadScan, Rating, RatingReason, Tally
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


def reissue_address(session: Session, counter: Counter, today: date, *, replacing: int | None = None) -> CounterAddress:
    """The next printed address of *counter*: from now on every older one is dead, whatever still hangs.

    *replacing* is the revision that whoever asks has seen, the newest if not said. Two who ask at once, or one who
    taps twice, get one new address: IntegrityError for the second.
    """
    revision = counter.addresses[-1].revision if replacing is None else replacing
    address = CounterAddress(counter_id=counter.id, revision=revision + 1, issued_on=today)
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


def count_dead_scan(session: Session, serial: int, today: date) -> None:
    """Somebody scanned a poster that no longer counts: one more in this week, and nothing else is kept of it."""
    tally.add(session, DeadScan, {"serial": serial, "week": monday_of(today)}, {"scans": 1})
