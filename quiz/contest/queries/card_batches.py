"""Batches of entry cards with the number of used ones."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.contest.models import CardBatch, Contest, EntryCard


@dataclass(frozen=True)
class CountedBatch:
    """A batch of entry cards with the number of used ones."""

    batch: CardBatch
    used: int


def list_card_batches(session: Session, contest: Contest) -> list[CountedBatch]:
    """Return the batches of cards of *contest*, the newest first."""
    used = func.count(EntryCard.used_at)
    query = select(CardBatch, used).join(EntryCard, EntryCard.batch_id == CardBatch.id)
    query = query.where(CardBatch.contest_id == contest.id).group_by(CardBatch.id).order_by(CardBatch.id.desc())
    return [CountedBatch(batch, count) for batch, count in session.execute(query)]


def find_card_batch(session: Session, contest: Contest, number: int) -> CountedBatch | None:
    """Return a batch of cards of *contest*; None when it is of another."""
    batch = session.get(CardBatch, number)
    if batch is None or batch.contest_id != contest.id:
        return None
    used = select(func.count()).where(EntryCard.batch_id == number, EntryCard.used_at.is_not(None))
    return CountedBatch(batch, session.scalar(used) or 0)
