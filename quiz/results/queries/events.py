"""Events of rounds for webhooks, with facts that are public or name no person."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.messages.events import Event
from quiz.contest.models import Round
from quiz.results.models import Result
from quiz.results.queries.result import find_result


def published(session: Session, round: Round) -> Event | None:
    """Return the event of a round's publication, due at the hour when results may be seen."""
    result = find_result(session, round)
    return _of_round("round.published", round, result) if result and round.published_at else None


def corrected(round: Round, result: Result, now: datetime) -> Event | None:
    """Return the event of a correction of published results; None before the publication."""
    if round.published_at is None or round.published_at > now:
        return None
    return _of_round("round.corrected", round, result)


def _of_round(name: str, round: Round, result: Result) -> Event | None:
    if round.is_rehearsal:
        return None
    facts = {"contest": round.contest.slug, "week": round.number, "version": result.version}
    return Event(name, f"{round.id}:{result.version}", facts, due=round.published_at)
