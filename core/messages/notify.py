"""Record an event at the present moment, for callers that have no `now`."""

from sqlalchemy.orm import Session

from core import clock
from core.messages.events import Event
from core.messages.outbox import record_event


def notify_webhooks(session: Session, event: Event | None) -> None:
    """Record *event* as `record_event` does, now."""
    record_event(session, event, now=clock.now())
