"""Single ratings: of an office, by receipt, of rehearsals."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from commune.models import Office
from core.crypto import Keyring
from survey.counter.models import Counter
from survey.rating.models import REHEARSED, Rating
from survey.rating.queries.tally import inspected_of
from survey.rating.rules.channels import Channel


class InspectedRating(NamedTuple):
    """A rating as an inspector downloads it; `answers` are the stored text of `survey.rating.rules.answers`.

    *first* and *last* are the first and the last day of the weeks that were released together.
    """

    first: date
    last: date
    number: int
    name: str
    channel: str
    rating_class: str
    answers: str


Batches = Mapping[tuple[int, date, str, str], tuple[date, date]]
"""The first and the last day of the batch of counter, week, channel and class, of those that are released."""
_PLACE = (Rating.counter_id, Rating.week, Rating.channel, Rating.rating_class)


def find_batches(session: Session, office: Office, today: date) -> Batches:
    """Return the whole batches of *office* that an inspector may read *today*."""
    ids = session.scalars(select(Counter.id).where(Counter.office_id == office.id)).all()
    return {
        (row.counter_id, row.week, channel.value, row.kind.value): (row.batch[0], row.batch[-1] + timedelta(days=6))
        for channel in Channel
        for rows in inspected_of(session, ids, today, channel).values()
        for row in rows
        if row.batch
    }


def count_rows(session: Session, office: Office, batches: Batches) -> int:
    """Return how many ratings of *office* are in *batches*."""
    query = select(*_PLACE, func.count()).join(Rating.counter).where(*_counted(office.id)).group_by(*_PLACE)
    return sum(count for *place, count in session.execute(query) if tuple(place) in batches)


def stream_rows(session: Session, office_id: int, batches: Batches) -> Iterator[InspectedRating]:
    """Yield the ratings of an office in *batches*, without their comments, the weeks of one batch in memory at a time.

    They are ordered by what they say: an order of ids, or of arrival, would be that of the comments too. Columns alone:
    the centre of a province has some hundred thousand ratings.
    """
    query = select(*_PLACE, Counter.number, Counter.name, Rating.answers).join(Rating.counter)
    query = query.where(*_counted(office_id))
    for first, last in sorted(set(batches.values())):
        yield from sorted(
            InspectedRating(first, last, number, name, channel, kind, answers)
            for counter_id, week, channel, kind, number, name, answers in session.execute(
                query.where(Rating.week.between(first, last))
            )
            if batches.get((counter_id, week, channel, kind)) == (first, last)
        )


def _counted(office_id: int) -> tuple[ColumnElement[bool], ...]:
    return Counter.office_id == office_id, Rating.is_rehearsal.is_(False)


def find_rating_by_receipt(session: Session, keyring: Keyring, receipt: str) -> Rating | None:
    """Return the rating with this receipt, with its counter and office."""
    query = select(Rating).where(Rating.receipt_hash == keyring.mac("rating-receipt", receipt))
    return session.scalar(query.options(joinedload(Rating.counter).joinedload(Counter.office)))


def count_rehearsed(session: Session, office: Office) -> int:
    """Return how many ratings of rehearsals the counters of *office* have."""
    counters = select(Counter.id).where(Counter.office_id == office.id)
    query = select(func.count()).select_from(Rating).where(Rating.counter_id.in_(counters), REHEARSED)
    return session.scalar(query) or 0
