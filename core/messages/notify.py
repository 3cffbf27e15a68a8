"""The receivers of `WEBHOOK_URLS` are told of an event with its cause, in one transaction; without any, of nothing."""

from sqlalchemy.orm import Session

from core import clock
from core.messages.events import Event
from core.messages.outbox import announce
from core.web.extensions import keyring, settings


def notify_webhooks(session: Session, event: Event | None) -> None:
    """Hand *event* to the outbox; None is what is nobody's business (yet)."""
    if event is not None:
        announce(session, keyring(), settings().webhook_urls, event, now=clock.now())
