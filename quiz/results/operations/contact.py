"""Opening participants' names and numbers to somebody for a while."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from quiz.contest.models import Round
from quiz.results.models import ContactOpening
from quiz.results.operations.closing import TooEarly
from quiz.results.queries.result import find_result

OPEN_FOR = timedelta(hours=24)
"""A day: long enough to call everybody in line for a prize, short enough that a forgotten tab shows nothing."""


def open_contacts(
    session: Session, round: Round, *, account_id: int, people: str, reason: str, now: datetime
) -> ContactOpening:
    """Let the account see the contacts of *people* (`quiz.results.models.contact`) of a closed round for a day.

    Raises:
        TooEarly: the round is not closed: nobody is in line for anything yet.
    """
    if find_result(session, round) is None:
        raise TooEarly
    opening = ContactOpening(
        round_id=round.id, account_id=account_id, people=people, reason=reason, opened_at=now, closes_at=now + OPEN_FOR
    )
    session.add(opening)
    session.flush()
    return opening
