"""Store many ratings at once, and count them anew."""

import uuid
from collections import Counter as TallyCounter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from commune.models import Office
from core import upsert
from core.crypto import Keyring
from core.sheets import memory
from core.sheets.report import ImportReport
from core.values.week import monday_of
from survey.counter.models import Counter
from survey.counter.operations.audit_subjects import counter_subject, office_subject
from survey.counter.rules.actions import SurveyAction
from survey.instrument.queries import newest_quick
from survey.rating.models import OptionTally, Rating
from survey.rating.operations.record import Opinion, counted_options
from survey.rating.rules.answers import chosen_in, write_answers
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import SET_APART, RatingClass

AT_ONCE = 5000
"""Ratings that go into one statement."""
KEY = ("counter_id", "week", "channel", "rating_class", "item", "option")


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
class PlannedRatings:
    """The part of a sheet that is imported.

    Attributes:
        report: the counts of the dry run, for the audit entry.
        rated: the ratings that are not stored yet.
        hashes: the keyed hashes of their lines, by which the same sheet is recognised later.
    """

    report: ImportReport
    rated: Collection[Rated]
    hashes: Collection[bytes]


def import_ratings(
    session: Session, actor: Actor, keyring: Keyring, counter: Counter, sheet: PlannedRatings, *, now: datetime
) -> None:
    """Store the ratings of a sheet as if each had come in on its day; their receipts are given to no one.

    Raises:
        IntegrityError: another import stored one of the lines at the same moment.
    """
    memory.remember_lines(session, sheet.hashes)
    rated = sheet.rated
    store_ratings(session, keyring, rated)
    upsert.upsert_add_all(session, OptionTally, _summed(rated), by=("count",))
    record(session, actor, SurveyAction.RATING_IMPORT, counter_subject(counter), after=sheet.report.counts, now=now)


def _summed(rated: Iterable[Rated]) -> list[dict[str, Any]]:
    """Return what *rated* adds to the tally: a row per counter, week, channel and option, in a fixed order."""
    return _tally_rows(
        TallyCounter(
            (each.counter_id, monday_of(each.day), each.channel.value, RatingClass.FIRST.value, *option)
            for each in rated
            for option in each.opinion.counted
        )
    )


def _tally_rows(counts: Mapping[tuple[Any, ...], int]) -> list[dict[str, Any]]:
    """Return the rows of *counts*, which are by the primary key of a row, in a fixed order."""
    return [dict(zip((*KEY, "count"), (*key, count), strict=True)) for key, count in sorted(counts.items())]


def store_ratings(session: Session, keyring: Keyring, rated: Iterable[Rated]) -> None:
    """Store many ratings, some thousands a statement; adding to the tallies is left to the caller."""
    waiting, instrument_id = iter(rated), newest_quick(session)
    while some := list(islice(waiting, AT_ONCE)):
        session.execute(insert(Rating), [_row(keyring, each, instrument_id) for each in some])


def _row(keyring: Keyring, rated: Rated, instrument_id: int) -> dict[str, Any]:
    return {
        "id": rated.id,
        "counter_id": rated.counter_id,
        "instrument_id": instrument_id,
        "channel": rated.channel.value,
        "answers": write_answers(rated.opinion.answers),
        "comment": rated.opinion.comment,
        "week": monday_of(rated.day),
        "receipt_hash": keyring.mac("rating-receipt", rated.receipt),
    }


def rebuild_tallies(session: Session, *counters: Counter) -> None:
    """Count the ratings of *counters* anew into their tallies, in three statements however many there are.

    Equal ratings are summed by the database, so that as many rows are read as there are different answers in a week.
    """
    session.flush()
    ids = [counter.id for counter in counters]
    place = (Rating.counter_id, Rating.week, Rating.channel, Rating.rating_class)
    is_written = Rating.comment != ""
    alike = (
        select(*place, Rating.answers, is_written, func.count())
        .where(Rating.counter_id.in_(ids), Rating.is_rehearsal.is_(False))
        .group_by(*place, Rating.answers, is_written)
    )
    counts: TallyCounter[tuple[Any, ...]] = TallyCounter()
    for *key, answers, has_comment, count in session.execute(alike):
        for option in counted_options(chosen_in(answers), has_comment=has_comment):
            counts[(*key, *option)] += count
    recounted = (OptionTally.counter_id.in_(ids), OptionTally.item != SET_APART)  # no rating knows its device
    session.execute(delete(OptionTally).where(*recounted))
    if counts:
        session.execute(insert(OptionTally), _tally_rows(counts))
    session.expire_all()


def recount_office(
    session: Session, actor: Actor, office: Office, counters: Sequence[Counter], *, now: datetime
) -> None:
    """Count the ratings of *counters*, all those of *office*, anew into their tallies."""
    rebuild_tallies(session, *counters)
    record(session, actor, SurveyAction.RATING_RECOUNT, office_subject(office), now=now)
