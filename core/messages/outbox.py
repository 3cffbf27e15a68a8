"""The outbox: post, claim, mark, purge, each in one statement. Everything flushes, nothing commits.

A message is in the outbox if and only if its cause was committed. A worker claims it for some minutes; one that is sent
and not marked, say after a crash, is sent again under the same id: at least once.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from core.crypto import Keyring, seal, unseal
from core.db import add_session_info, changed_rows, parts, session_info
from core.messages.events import Event
from core.messages.letters import Letter
from core.messages.models import Message, MessageChannel
from core.settings import Settings
from core.upsert import insert_if_missing
from core.values.week import is_daytime, local_date

PAUSES = (
    timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12),
)  # fmt: skip
"""The wait after each failed attempt; after the last one there is no retry."""
HELD = timedelta(minutes=5)
"""How long a claim lasts."""
SENT_KEPT, FAILED_KEPT = timedelta(days=3), timedelta(days=14)
LONGEST_ADDRESS = 254
_SETUP = "outbox"


class BadRecipient(ValueError):
    """The address is empty, too long, or more than one line."""


@dataclass(frozen=True)
class Parcel:
    """A claimed message, decrypted."""

    id: uuid.UUID
    channel: MessageChannel
    token: uuid.UUID
    attempts: int
    content: dict[str, Any]


@dataclass(frozen=True)
class OutboxSetup:
    """The application's settings, keys and letter renderer; callables, since they may change."""

    settings: Callable[[], Settings]
    keyring: Callable[[], Keyring]
    render: Callable[..., Letter]
    """Takes a template's name and its words; returns the letter."""


def configure(sessions: sessionmaker[Session], setup: OutboxSetup) -> None:
    """Give *setup* to every session that *sessions* makes."""
    add_session_info(sessions, **{_SETUP: setup})


def record_event(session: Session, event: Event | None, *, now: datetime) -> None:
    """Store *event* for every receiver of `WEBHOOK_URLS`, in the caller's transaction.

    Nothing is stored for None or without receivers. The same event has one id per receiver however often it is
    recorded.

    Raises:
        RuntimeError: the session was not made by the application's sessionmaker.
    """
    if event is not None:
        setup: OutboxSetup = session_info(session, _SETUP)
        if urls := setup.settings().webhook_urls:
            announce(session, setup.keyring(), urls, event, now=now)


def post_letter(session: Session, template: str, *, to: str, now: datetime, **words: object) -> None:
    """Post the letter of templates/messages/*template*.txt to one address; without a mail server nothing is stored.

    Raises:
        BadRecipient: *to* is no address.
        RuntimeError: the session was not made by the application's sessionmaker.
    """
    setup: OutboxSetup = session_info(session, _SETUP)
    if setup.settings().mail_url:
        post_mail(session, setup.keyring(), to=to, letter=setup.render(template, **words), now=now)


def post_mail(session: Session, keyring: Keyring, *, to: str, letter: Letter, now: datetime) -> uuid.UUID:
    """Post a letter to one address; raises BadRecipient."""
    content = {"to": _one_line(to), "subject": " ".join(letter.subject.split()), "body": letter.body}
    return _post(session, keyring, MessageChannel.MAIL, content, now)


def post_sms(
    session: Session, keyring: Keyring, *, to: str, text: str, now: datetime, is_bulk: bool = False
) -> uuid.UUID:
    """Post a text message to one phone, one of many with *is_bulk*; raises BadRecipient."""
    content = {"to": _one_line(to), "text": text}
    return _post(session, keyring, MessageChannel.SMS, content, now, is_bulk=is_bulk)


def try_again(session: Session, ids: Collection[uuid.UUID], now: datetime) -> int:
    """Queue those of the messages *ids* that were given up, under their old ids; return how many."""
    change = update(Message).where(Message.state == "failed")
    change = change.values(state="queued", attempts=0, due_at=now, ended_at=None, expires_on=None, token=None)
    return sum(changed_rows(session, change.where(Message.id.in_(some))) for some in parts(ids))


def take_back(session: Session, ids: Collection[uuid.UUID]) -> int:
    """Delete those of the messages *ids* that were not sent yet and are not being sent; return how many."""
    gone = delete(Message).where(Message.state == "queued", Message.token.is_(None))
    return sum(changed_rows(session, gone.where(Message.id.in_(some))) for some in parts(ids))


def announce(
    session: Session, keyring: Keyring, urls: Iterable[str], event: Event, *, now: datetime
) -> list[uuid.UUID]:
    """Store *event* for every webhook, once per event and webhook."""
    due = max(event.due or now, now)
    payload = {"event": event.name, "at": due.isoformat(), "facts": dict(event.facts)}
    ids = {uuid.UUID(bytes=keyring.mac("event", event.name, event.key, url)[:16]): url for url in urls}
    for id, url in ids.items():
        row = _row(id, keyring, MessageChannel.WEBHOOK, {"to": url, "told": payload}, now, due)
        insert_if_missing(session, Message, {"id": id}, **row)
    return list(ids)


def claim(session: Session, keyring: Keyring, now: datetime) -> Parcel | None:
    """Claim the message that has been due longest, one of many after all others and by day alone; None when none is."""
    due = [Message.state == "queued", Message.due_at <= now]
    if not is_daytime(now):
        due.append(Message.is_bulk.is_(False))
    if session.scalar(select(Message.id).where(*due).limit(1)) is None:
        return None
    first = select(Message.id).where(*due).order_by(Message.is_bulk, Message.due_at, Message.id).limit(1)
    first = first.with_for_update(skip_locked=True)
    token = uuid.uuid4()
    held = update(Message).where(Message.id == first.scalar_subquery())
    held = held.values(token=token, attempts=Message.attempts + 1, due_at=now + HELD)
    held = held.execution_options(synchronize_session=False)
    row = session.execute(held.returning(Message.id, Message.channel, Message.attempts, Message.sealed)).first()
    if row is None:
        return None
    content = json.loads(unseal(keyring.key("message"), row.sealed, about=row.id.bytes))
    return Parcel(row.id, MessageChannel(row.channel), token, row.attempts, content)


def mark_sent(session: Session, parcel: Parcel, now: datetime) -> None:
    """Mark a message as sent."""
    _mark(session, parcel, state="sent", trouble="", ended_at=now, expires_on=local_date(now) + SENT_KEPT)


def mark_trouble(session: Session, parcel: Parcel, now: datetime, trouble: str, *, is_final: bool) -> None:
    """Mark a message as not delivered: retry after a pause, or give up."""
    if is_final or parcel.attempts > len(PAUSES):
        kept = local_date(now) + FAILED_KEPT
        _mark(session, parcel, state="failed", trouble=trouble[:120], ended_at=now, expires_on=kept)
    else:
        _mark(session, parcel, trouble=trouble[:120], due_at=now + PAUSES[parcel.attempts - 1])


def purge_messages(session: Session, today: date) -> int:
    """Delete the messages that ended long enough ago; returns how many."""
    return changed_rows(session, delete(Message).where(Message.expires_on < today))


def count_messages(session: Session) -> dict[str, int]:
    """Count the messages by state."""
    query = select(Message.state, func.count()).group_by(Message.state)
    return {row.state: row[1] for row in session.execute(query)}


def last_trouble(session: Session) -> str:
    """Return the last error of a delivery; empty if there was none."""
    query = select(Message.trouble).where(Message.trouble != "").order_by(Message.due_at.desc()).limit(1)
    return session.scalar(query) or ""


def _post(
    session: Session,
    keyring: Keyring,
    channel: MessageChannel,
    content: dict[str, Any],
    now: datetime,
    *,
    is_bulk: bool = False,
) -> uuid.UUID:
    id = uuid.uuid4()
    session.add(Message(id=id, is_bulk=is_bulk, **_row(id, keyring, channel, content, now, now)))
    session.flush()
    return id


def _row(
    id: uuid.UUID, keyring: Keyring, channel: MessageChannel, content: dict[str, Any], now: datetime, due: datetime
) -> dict[str, Any]:
    sealed = seal(keyring.key("message"), json.dumps(content, ensure_ascii=False), about=id.bytes)
    return {"channel": channel.value, "sealed": sealed, "due_at": due, "created_at": now}


def _mark(session: Session, parcel: Parcel, **values: Any) -> None:
    """Change a message if its token is still ours; otherwise do nothing."""
    mine = (Message.id == parcel.id, Message.token == parcel.token)
    session.execute(update(Message).where(*mine).values(token=None, **values))


def _one_line(to: str) -> str:
    """Return the address if it is one printable line, so that it can't add a header."""
    if not 0 < len(to) <= LONGEST_ADDRESS or not to.isprintable() or to != to.strip():
        raise BadRecipient("an address is one printable line")
    return to
