"""The people of each day of a round, from the tally."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quiz.attempt.models import Tally
from quiz.contest.models import Round


def people_by_day(session: Session, round: Round, until: date) -> dict[date, int]:
    """Return how many people each local day of *round* brought, up to *until*; a person counts on one day."""
    query = select(Tally.day, func.sum(Tally.people)).where(Tally.round_id == round.id, Tally.day <= until)
    return {day: int(people) for day, people in session.execute(query.group_by(Tally.day))}
