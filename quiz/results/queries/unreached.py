"""The people in line for a prize whose days of calling are over."""

from datetime import datetime

from sqlalchemy.orm import Session

from quiz.contest.models import Round
from quiz.results.models import Result, Winner
from quiz.results.queries.result import find_result, list_winners
from quiz.results.rules.calls import calls_until


def list_unreached(session: Session, round: Round, now: datetime) -> list[Winner]:
    """Return the pending winners of *round* who have been in line for the declared days; none before the close."""
    result = find_result(session, round)
    if result is None:
        return []
    days = round.declared.call_days
    return [each for each in list_winners(session, result) if is_unreached(each, result, days, now)]


def is_unreached(winner: Winner, result: Result | None, days: int | None, now: datetime) -> bool:
    """Return whether *winner* of *result* is pending and has been in line for the declared *days*."""
    since = winner.seated_at or (result.made_at if result else now)
    return winner.state == "pending" and not winner.needs_draw and calls_until(since, days) <= now
