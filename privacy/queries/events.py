"""Events about requests of persons: facts that name no one."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.messages.events import Event
from privacy.models import PersonRequest

AHEAD = timedelta(days=2)
"""How long before the last legal day a waiting request is announced."""


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
