"""What receivers of webhooks are told of contests and of requests: facts that are public, or that name nobody."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.messages.events import Event
from quiz.models import PersonRequest, Result, Round
from quiz.queries.result import find_result

AHEAD = timedelta(days=2)
"""So long before its last legal day a request that waits is told of."""


def published(session: Session, round: Round) -> Event | None:
    """A week's results are published, told at the hour when they may be seen."""
    result = find_result(session, round)
    return _of_round("round.published", round, result) if result and round.published_at else None


def corrected(round: Round, result: Result, now: datetime) -> Event | None:
    """What was published of a week was put right; None before that: nobody has seen the version before."""
    if round.published_at is None or round.published_at > now:
        return None
    return _of_round("round.corrected", round, result)


def _of_round(name: str, round: Round, result: Result) -> Event | None:
    if round.is_rehearsal:
        return None
    facts = {"contest": round.contest.slug, "week": round.number, "version": result.version}
    return Event(name, f"{round.id}:{result.version}", facts, due=round.published_at)


def received(request: PersonRequest) -> Event:
    """A person's request about their own data came in."""
    return Event("request.received", request.id.hex, _of_request(request))


def falling_due(session: Session, today: date) -> list[Event]:
    """A request that waits is to be answered within `AHEAD` of *today*; each is one event however often it is found."""
    waits = (PersonRequest.answered_at.is_(None), PersonRequest.answer_by.between(today, today + AHEAD))
    found = session.scalars(select(PersonRequest).where(*waits).order_by(PersonRequest.answer_by))
    return [Event("request.due", each.id.hex, _of_request(each)) for each in found]


def _of_request(request: PersonRequest) -> dict[str, str]:
    return {
        "request": request.id.hex, "kind": request.kind, "unit": request.unit.code,
        "acknowledge_by": request.acknowledge_by.isoformat(), "answer_by": request.answer_by.isoformat(),
    }  # fmt: skip
