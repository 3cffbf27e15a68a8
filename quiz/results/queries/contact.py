"""Which contacts an account may see now."""

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from quiz.contest.models import Round
from quiz.results.models import ContactOpening
from quiz.results.queries.result import find_result


def list_openings(session: Session, round: Round, account_id: int, now: datetime) -> dict[str, datetime]:
    """Return the groups of people of the whole *round* that are open to the account, and until when."""
    query = select(ContactOpening).where(
        ContactOpening.round_id == round.id,
        ContactOpening.account_id == account_id,
        ContactOpening.closes_at > now,
        ContactOpening.unit_id.is_(None),
    )
    openings = session.scalars(query.order_by(ContactOpening.closes_at))
    return {opening.people: opening.closes_at for opening in openings}


def were_opened(session: Session, round: Round, people: str) -> bool:
    """Whether any account could see the contacts of *people* since *round*'s newest results; otherwise no one was
    called.
    """
    result = find_result(session, round)
    if result is None:
        return False
    opening = exists().where(
        ContactOpening.round_id == round.id, ContactOpening.people == people, ContactOpening.closes_at > result.made_at
    )
    return bool(session.scalar(select(opening)))
