"""Single ratings: of an office, by receipt, of rehearsals."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, select
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


def list_rows(session: Session, office: Office, today: date) -> list[InspectedRating]:
    """Return the ratings of *office* that an inspector may read *today*: of whole batches, without their comments.

    They are ordered by what they say: an order of ids, or of arrival, would be that of the comments too. Columns alone,
    in one statement beside those of the tally: the centre of a province has some hundred thousand ratings.
    """
    ids = session.scalars(select(Counter.id).where(Counter.office_id == office.id)).all()
    batches = {
        (row.counter_id, row.week, channel.value, row.kind.value): row.batch
        for channel in Channel
        for rows in inspected_of(session, ids, today, channel).values()
        for row in rows
    }
    place = (Rating.counter_id, Rating.week, Rating.channel, Rating.rating_class)
    query = (
        select(*place, Counter.number, Counter.name, Rating.answers)
        .join(Rating.counter)
        .where(Counter.office_id == office.id, Rating.is_rehearsal.is_(False))
    )
    found = []
    for counter_id, week, channel, kind, number, name, answers in session.execute(query):
        if batch := batches.get((counter_id, week, channel, kind)):
            days = (batch[0], batch[-1] + timedelta(days=6))
            found.append(InspectedRating(*days, number, name, channel, kind, answers))
    return sorted(found)


def find_rating_by_receipt(session: Session, keyring: Keyring, receipt: str) -> Rating | None:
    """Return the rating with this receipt, with its counter and office."""
    query = select(Rating).where(Rating.receipt_hash == keyring.mac("rating-receipt", receipt))
    return session.scalar(query.options(joinedload(Rating.counter).joinedload(Counter.office)))


def count_rehearsed(session: Session, office: Office) -> int:
    """Return how many ratings of rehearsals the counters of *office* have."""
    counters = select(Counter.id).where(Counter.office_id == office.id)
    query = select(func.count()).select_from(Rating).where(Rating.counter_id.in_(counters), REHEARSED)
    return session.scalar(query) or 0
