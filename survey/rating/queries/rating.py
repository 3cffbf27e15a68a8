"""Single ratings: of an office, by receipt, of rehearsals."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session, joinedload

from commune.models import Office
from core.crypto import Keyring
from survey.counter.models import Counter
from survey.instrument.rules.quick import LEVEL, REASONS
from survey.rating.models import REHEARSED, Rating, RatingAnswer


class InspectedRating(NamedTuple):
    """A rating as an inspector downloads it; `reasons` are separated by spaces, empty for none."""

    number: int
    name: str
    week: date
    channel: str
    level: int
    reasons: str
    comment: str
    rating_class: str


def list_rows(session: Session, office: Office) -> list[InspectedRating]:
    """Return every rating of *office* that counts, by week; within a week in the order of their random ids.

    Columns alone, in one statement: the centre of a province has some hundred thousand ratings.
    """
    level = select(RatingAnswer.option).where(RatingAnswer.rating_id == Rating.id, RatingAnswer.item == LEVEL)
    reasons = select(func.aggregate_strings(RatingAnswer.option, " "))
    reasons = reasons.where(RatingAnswer.rating_id == Rating.id, RatingAnswer.item == REASONS)
    about = func.coalesce(reasons.scalar_subquery(), "")
    said = cast(level.scalar_subquery(), Integer)
    query = (
        select(
            Counter.number, Counter.name, Rating.week, Rating.channel, said, about, Rating.comment, Rating.rating_class
        )
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
