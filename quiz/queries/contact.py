"""Whose names and numbers an account may see at this moment."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.models import ContactOpening, Round


def list_openings(session: Session, round: Round, account_id: int, now: datetime) -> dict[str, datetime]:
    """Which people of *round* are open to the account, and until when."""
    query = select(ContactOpening).where(
        ContactOpening.round_id == round.id, ContactOpening.account_id == account_id, ContactOpening.closes_at > now
    )
    openings = session.scalars(query.order_by(ContactOpening.closes_at))
    return {opening.people: opening.closes_at for opening in openings}
