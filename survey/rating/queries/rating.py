"""Single ratings: of an office, by receipt, of rehearsals."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from commune.models import Office
from core.crypto import Keyring
from survey.counter.models import Counter
from survey.rating.models import REHEARSED, Rating


class InspectedRating(NamedTuple):
    """A rating as an inspector downloads it; `answers` are the stored text of `survey.rating.rules.answers`."""

    number: int
    name: str
    week: date
    channel: str
    answers: str
    comment: str
    rating_class: str


def list_rows(session: Session, office: Office) -> list[InspectedRating]:
    """Return every rating of *office* that counts, by week; within a week in the order of their random ids.

    Columns alone, in one statement: the centre of a province has some hundred thousand ratings.
    """
    said = (Rating.week, Rating.channel, Rating.answers, Rating.comment, Rating.rating_class)
    query = (
        select(Counter.number, Counter.name, *said)
        .join(Rating.counter)
        .where(Counter.office_id == office.id, Rating.is_rehearsal.is_(False))
        .order_by(Rating.week, Rating.id)
    )
    return [InspectedRating(*row) for row in session.execute(query)]


def find_rating_by_receipt(session: Session, keyring: Keyring, receipt: str) -> Rating | None:
    """Return the rating with this receipt, with its counter and office."""
    query = select(Rating).where(Rating.receipt_hash == keyring.mac("rating-receipt", receipt))
    return session.scalar(query.options(joinedload(Rating.counter).joinedload(Counter.office)))


def count_rehearsed(session: Session, office: Office) -> int:
    """Return how many ratings of rehearsals the counters of *office* have."""
    counters = select(Counter.id).where(Counter.office_id == office.id)
    query = select(func.count()).select_from(Rating).where(Rating.counter_id.in_(counters), REHEARSED)
    return session.scalar(query) or 0
