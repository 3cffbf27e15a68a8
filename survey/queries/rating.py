"""Single ratings: of an office, by receipt, tried out."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from commune.models import Office
from core.crypto import Keyring
from survey.models import Counter, Rating


def list_ratings(session: Session, office: Office) -> list[Rating]:
    """Every rating of *office* that counts, by week; within a week in the order of their random ids."""
    query = (
        select(Rating)
        .join(Rating.counter)
        .where(Counter.office_id == office.id, Rating.is_rehearsal.is_(False))
        .order_by(Rating.week, Rating.id)
        .options(contains_eager(Rating.counter), selectinload(Rating.reasons))
    )
    return list(session.scalars(query))


def find_rating_by_receipt(session: Session, keyring: Keyring, receipt: str) -> Rating | None:
    """The rating whose receipt this is, with its counter and office."""
    query = select(Rating).where(Rating.receipt_hash == keyring.mac("rating-receipt", receipt))
    return session.scalar(query.options(joinedload(Rating.counter).joinedload(Counter.office)))


def count_rehearsed(session: Session, office: Office) -> int:
    """How many ratings were tried out at the counters of *office* and are not wiped."""
    counters = select(Counter.id).where(Counter.office_id == office.id)
    query = select(func.count()).select_from(Rating).where(Rating.counter_id.in_(counters), Rating.is_rehearsal)
    return session.scalar(query) or 0
