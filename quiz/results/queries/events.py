"""Events of rounds for webhooks, with facts that are public or name no person."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.messages.events import Event
from quiz.contest.models import Round
from quiz.results.models import Result
from quiz.results.queries.changes import first_public
from quiz.results.queries.result import find_result


def published(session: Session, round: Round) -> Event | None:
    """Return the event of a round's publication, due at the hour when results may be seen."""
    result = find_result(session, round)
    return _of_round(session, "round.published", round, result) if result and round.published_at else None


def corrected(session: Session, round: Round, result: Result, now: datetime) -> Event | None:
    """Return the event of a correction of published results; None before the publication."""
    if round.published_at is None or round.published_at > now:
        return None
    return _of_round(session, "round.corrected", round, result)


def _of_round(session: Session, name: str, round: Round, result: Result) -> Event | None:
    if round.is_rehearsal or round.contest.is_trial:
        return None
    version = result.version - (first_public(session, round) or 1) + 1
    facts = {"contest": round.contest.slug, "week": round.number, "version": version}
    return Event(name, f"{round.id}:{result.version}", facts, due=round.published_at)
