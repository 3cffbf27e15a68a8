"""Single ratings: of an office, by receipt, tried out."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session, joinedload

from commune.models import Office
from core.crypto import Keyring
from survey.counter.models import Counter
from survey.instrument.rules.quick import LEVEL, REASONS
from survey.rating.models import REHEARSED, Rating, RatingAnswer


class Row(NamedTuple):
    """A rating as an inspector takes it along; `reasons` with a space between, empty for none."""

    number: int
    name: str
    week: date
    channel: str
    level: int
    reasons: str
    comment: str


def list_rows(session: Session, office: Office) -> list[Row]:
    """Every rating of *office* that counts, by week; within a week in the order of their random ids.

    Columns alone, in one statement: a province's centre has some hundred thousand.
    """
    level = select(RatingAnswer.option).where(RatingAnswer.rating_id == Rating.id, RatingAnswer.item == LEVEL)
    reasons = select(func.aggregate_strings(RatingAnswer.option, " "))
    reasons = reasons.where(RatingAnswer.rating_id == Rating.id, RatingAnswer.item == REASONS)
    about = func.coalesce(reasons.scalar_subquery(), "")
    said = cast(level.scalar_subquery(), Integer)
    query = (
        select(Counter.number, Counter.name, Rating.week, Rating.channel, said, about, Rating.comment)
        .join(Rating.counter)
        .where(Counter.office_id == office.id, Rating.is_rehearsal.is_(False))
        .order_by(Rating.week, Rating.id)
    )
    return [Row(*row) for row in session.execute(query)]


def find_rating_by_receipt(session: Session, keyring: Keyring, receipt: str) -> Rating | None:
    """The rating whose receipt this is, with its counter and office."""
    query = select(Rating).where(Rating.receipt_hash == keyring.mac("rating-receipt", receipt))
    return session.scalar(query.options(joinedload(Rating.counter).joinedload(Counter.office)))


def count_rehearsed(session: Session, office: Office) -> int:
    """How many ratings were tried out at the counters of *office* and are not wiped."""
    counters = select(Counter.id).where(Counter.office_id == office.id)
    query = select(func.count()).select_from(Rating).where(Rating.counter_id.in_(counters), REHEARSED)
    return session.scalar(query) or 0
