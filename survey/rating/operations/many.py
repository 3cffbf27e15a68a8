"""Store many ratings at once, and count them anew."""

import uuid
from collections import Counter as TallyCounter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.actions import Action
from commune.models import Office
from core import upsert
from core.crypto import Keyring
from core.sheets import memory
from core.sheets.report import Report
from core.values.week import monday_of
from survey.counter.models import Counter
from survey.counter.operations.audit_subjects import counter_subject, office_subject
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


@dataclass(frozen=True)
class Sheet:
    """The part of a sheet that is imported.

    Attributes:
        report: the counts of the dry run, for the audit entry.
        rated: the ratings that are not stored yet.
        hashes: the keyed hashes of their lines, by which the same sheet is recognised later.
        draft_id: the uploaded draft to delete with the import; None where there is none, as at the terminal.
    """

    report: Report
    rated: Collection[Rated]
    hashes: Collection[bytes]
    draft_id: uuid.UUID | None = None


def import_ratings(
    session: Session, actor: Actor, keyring: Keyring, counter: Counter, sheet: Sheet, *, now: datetime
) -> None:
    """Store the ratings of a sheet as if each had come in on its day; their receipts are given to no one.

    Raises:
        IntegrityError: another import stored one of the lines at the same moment.
    """
    memory.remember_lines(session, sheet.hashes)
    rated = sheet.rated
    store_ratings(session, keyring, rated)
    counts = TallyCounter((each.counter_id, monday_of(each.day), each.channel, each.opinion.level) for each in rated)
    for (counter_id, week, channel, level), count in counts.items():
        key = {"counter_id": counter_id, "week": week, "channel": channel.value}
        upsert.upsert_add(session, Tally, key, {f"level_{level}": count})
    if sheet.draft_id is not None:
        memory.drop_draft(session, sheet.draft_id)
    report = sheet.report
    after = {"new": report.new, "known": report.known, "left_out": len(report.errors)}
    record(session, actor, Action.RATING_IMPORT, counter_subject(counter), after=after, now=now)


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


def recount_office(
    session: Session, actor: Actor, office: Office, counters: Sequence[Counter], *, now: datetime
) -> None:
    """Count the ratings of *counters*, all those of *office*, anew into their tallies."""
    rebuild_tallies(session, *counters)
    record(session, actor, Action.RATING_RECOUNT, office_subject(office), now=now)
