"""What changes a survey's rows: ratings come in, counters and their printed addresses are set up."""

import uuid
from collections import Counter as TallyCounter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from account.operations.audit import Subject
from commune.models import Office, Unit
from core import upsert
from core.crypto import Keyring
from core.db import parts
from core.erasure_log import note
from core.sheets import memory
from core.sheets.report import ImportReport
from core.values.text import search_key
from core.values.week import local_date, monday_of
from survey.models import Counter, CounterAddress, DeadScan, Rating, RatingReason, Tally
from survey.rules.levels import Channel, Level, Reason
from survey.rules.retention import COMMENT_DAYS

AT_ONCE = 5000
"""Ratings that go into one statement."""
LONGEST_COMMENT = 1000
ERASED = "comment"
"""What one is called where erasures are remembered."""


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

    No address, device or time of day comes near the row: nobody could be found by it. At a counter in rehearsal it is
    marked and counts nowhere.

    Raises:
        RehearsalOver: the rehearsal has just ended.
    """
    rating = build_rating(keyring, counter, opinion, channel=channel, receipt=receipt, today=local_date(now), id=id)
    session.add(rating)
    if counter.is_rehearsal:
        _hold_rehearsal(session, counter)
        rating.is_rehearsal = True
    else:
        upsert.upsert_add(session, Tally, tally_key(rating), {f"level_{opinion.level}": 1})
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


def create_office(
    session: Session, unit: Unit, *, slug: str, name: str, host: str, hotline: str = "", is_illustrative: bool = False
) -> Office:
    """A one-stop centre in *unit*; *host* is who runs the survey, rather than the rated office."""
    office = Office(
        unit_id=unit.id, slug=slug, name=name, search_key=search_key(name), host=host, hotline=hotline,
        is_illustrative=is_illustrative,
    )  # fmt: skip
    session.add(office)
    session.flush()
    return office


def rename_office(office: Office, *, name: str, host: str, hotline: str) -> None:
    """Correct what *office* is called and who runs its survey; its address and its ratings stay."""
    office.name, office.search_key, office.host, office.hotline = name, search_key(name), host, hotline


def create_counter(session: Session, office: Office, *, number: int, name: str, today: date) -> Counter:
    """A counter of *office* with its first printed address; raises IntegrityError when the number is taken."""
    counter = Counter(office_id=office.id, number=number, name=name)
    counter.addresses.append(CounterAddress(revision=1, issued_on=today))
    session.add(counter)
    session.flush()
    return counter


class AlreadyReissued(Exception):
    """The address that was to be replaced is not the one that counts."""


def reissue_address(session: Session, counter: Counter, today: date, *, replacing: int | None = None) -> CounterAddress:
    """The next printed address of *counter*: from now on every older one is dead, whatever still hangs.

    *replacing* is the revision that whoever asks has seen, the newest if not said: two who ask, or one who taps
    twice, get one new address.

    Raises:
        AlreadyReissued: *replacing* is not the newest (any more).
        IntegrityError: somebody else did it at the same moment.
    """
    newest = counter.addresses[-1].revision
    if replacing is not None and replacing != newest:
        raise AlreadyReissued
    address = CounterAddress(counter_id=counter.id, revision=newest + 1, issued_on=today)
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


class RehearsalOver(Exception):
    """The page was of a rehearsal that has ended meanwhile, or the other way round."""


def switch_rehearsal(session: Session, counter: Counter, is_rehearsal: bool) -> None:
    """Turn the rehearsal of *counter* on or off; waits for a rating that is being tried out at this moment."""
    session.execute(update(Counter).where(Counter.id == counter.id).values(is_rehearsal=is_rehearsal))
    session.expire(counter)


def wipe_rehearsal(session: Session, office: Office) -> int:
    """Delete what was tried out at the counters of *office*; returns how many ratings. The switches stay as they are.

    The counters are held first: a rating on its way is either deleted or comes after.
    """
    counters = select(Counter.id).where(Counter.office_id == office.id)
    session.execute(update(Counter).where(Counter.office_id == office.id).values(is_rehearsal=Counter.is_rehearsal))
    tried = select(Rating.id).where(Rating.counter_id.in_(counters), Rating.is_rehearsal)
    session.execute(delete(RatingReason).where(RatingReason.rating_id.in_(tried)))
    gone = session.execute(delete(Rating).where(Rating.counter_id.in_(counters), Rating.is_rehearsal))
    session.expire_all()
    return int(getattr(gone, "rowcount", 0))


def _hold_rehearsal(session: Session, counter: Counter) -> None:
    """Keep the switch as it is until the commit, so that a wipe leaves nothing behind."""
    session.flush()
    held = select(Counter.is_rehearsal).where(Counter.id == counter.id).with_for_update(read=True)
    if not session.scalar(held):
        raise RehearsalOver


def purge_comments(session: Session, today: date) -> int:
    """Blank the comments that are too old to be answered; the ratings stay counted. Returns how many."""
    before = monday_of(today - timedelta(days=COMMENT_DAYS))
    old = update(Rating).where(Rating.week < before, Rating.comment != "").values(comment="")
    return int(getattr(session.execute(old), "rowcount", 0))


def erase_comment(session: Session, rating: Rating) -> None:
    """Erase what its author wrote with *rating* (Luật 91/2025/QH15): somebody may have told of themselves in it.

    The level and what it was about name nobody, were counted, and stay.
    """
    rating.comment = ""
    note(session, ERASED, [rating.id])
    session.flush()


def erase_comments_again(session: Session, ids: Collection[uuid.UUID]) -> int:
    """Erase what a copy of an earlier day still knows of the comments of *ids*; returns how many."""
    known = (update(Rating).where(Rating.id.in_(some), Rating.comment != "") for some in parts(sorted(ids)))
    return sum(int(getattr(session.execute(query.values(comment="")), "rowcount", 0)) for query in known)


def count_dead_scan(session: Session, serial: int, today: date) -> None:
    """Somebody scanned a poster that no longer counts: one more in this week, and nothing else is kept of it."""
    upsert.upsert_add(session, DeadScan, {"serial": serial, "week": monday_of(today)}, {"scans": 1})


def office_subject(office: Office) -> Subject:
    """An office, as the audit trail calls it."""
    return Subject("survey.office", office.id, office.name, office.unit_id)


def counter_subject(counter: Counter) -> Subject:
    """A counter, as the audit trail calls it."""
    return Subject(
        "survey.counter", counter.id, f"Quầy {counter.number}, {counter.office.name}", counter.office.unit_id
    )


def counts_of(report: ImportReport) -> dict[str, int]:
    """What came of bringing a sheet in: counts, and nothing of what it held."""
    return {"new": report.new, "known": report.known, "left_out": len(report.errors)}
