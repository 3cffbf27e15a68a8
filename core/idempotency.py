"""Idempotency: a form's key is stored with its reply in the same transaction, so that sending twice counts once.

The row keeps no time of day, and its reply is encrypted under the key itself, which only the sender holds: a copy of
this table joins no person to an answer.
"""

import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from sqlalchemy import LargeBinary, Table, bindparam, delete, func, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.crypto import derive, digest, seal, unseal
from core.db import Base, changed_rows

KEY = re.compile(r"[A-Za-z0-9_-]{22}")
"""The form of a key: 128 bits in URL-safe base64."""


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class StoredReply(Base):
    """The reply already given under a key; it is returned when the same answers are sent again."""

    __tablename__ = "core_stored_reply"
    __table_args__ = {"sqlite_with_rowid": False}  # no row order: it would reveal the order of arrival

    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    body_mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    expires_on: Mapped[date]


_TABLE = cast(Table, StoredReply.__table__)
_STORED = select(_TABLE.c.body_mac, _TABLE.c.sealed).where(_TABLE.c.key_hash == bindparam("key_hash"))
_CLAIM_ON_SQLITE = sqlite.insert(_TABLE).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
_WAIT = select(func.set_config("lock_timeout", "3s", true()).label("set")).subquery()
"""PostgreSQL only: how long to wait for another request that holds the key."""
_CLAIM_ON_POSTGRES = (
    postgresql.insert(_TABLE)
    .from_select(
        [column.name for column in _TABLE.columns],
        select(*(bindparam(column.name, type_=column.type) for column in _TABLE.columns)).where(
            _WAIT.c.set.is_not(None)
        ),
    )
    .on_conflict_do_nothing()
    .execution_options(preserve_rowcount=True)
)


class OtherBody(Exception):
    """The key was used before with other answers, which remain stored."""


class StillRunning(Exception):
    """A request with the same key is being processed at this moment: try again in a second."""


@dataclass(frozen=True)
class Reply:
    """The reply to send, and whether it is a replay of an earlier one."""

    text: str
    is_replay: bool


def run_once(
    session: Session, key: str, body: dict[str, Any], *, today: date, reply: str, act: Callable[[], object]
) -> Reply:
    """Run *act* unless *key* has been used, and return *reply*, or the stored reply when it has.

    The key is claimed by an INSERT before *act*, in the same transaction: either both are there after the caller's
    commit or neither is. Errors of *act* pass through; the caller rolls back and the key is free again.

    Raises:
        OtherBody: the key was used with another *body*.
        StillRunning: PostgreSQL only; another request holds the key. (SQLite has one writer: the wait is the answer.)
    """
    if not _claim(session, key, body, today, reply):
        return Reply(_reply_of(session, key, body), is_replay=True)
    act()
    return Reply(reply, is_replay=False)


def find_reply(session: Session, key: str, body: dict[str, Any]) -> str | None:
    """Return the reply stored under *key*, None if it is new; raises `OtherBody`."""
    row = session.connection().execute(_STORED, {"key_hash": digest(key)}).one_or_none()
    if row is None:
        return None
    if not hmac.compare_digest(row.body_mac, _body_mac(key, body)):
        raise OtherBody
    return unseal(derive(key.encode(), "reply"), row.sealed)


def is_used(session: Session, key: str) -> bool:
    """Whether a reply is stored under *key*, whatever the answers were."""
    return session.connection().execute(_STORED, {"key_hash": digest(key)}).one_or_none() is not None


def purge_replies(session: Session, today: date) -> int:
    """Delete the replies whose 24 hours are over; returns how many."""
    return changed_rows(session, delete(StoredReply).where(StoredReply.expires_on < today))


def _claim(session: Session, key: str, body: dict[str, Any], today: date, reply: str) -> bool:
    """Store *reply* under *key* in one statement and return True; return False when the key is taken."""
    on_postgres = session.get_bind().dialect.name == "postgresql"
    row = {
        "key_hash": digest(key),
        "body_mac": _body_mac(key, body),
        "sealed": seal(derive(key.encode(), "reply"), reply),
        "expires_on": today + timedelta(days=1),
    }
    session.flush()
    try:
        claimed = session.connection().execute(_CLAIM_ON_POSTGRES if on_postgres else _CLAIM_ON_SQLITE, row)
    except OperationalError as error:
        if on_postgres and type(error.orig).__name__ == "LockNotAvailable":
            session.rollback()
            raise StillRunning from error
        raise
    return claimed.rowcount == 1


def _reply_of(session: Session, key: str, body: dict[str, Any]) -> str:
    """Return the reply stored under a key that is taken."""
    found = find_reply(session, key, body)
    if found is None:
        raise LookupError("the key was taken a moment ago and is gone")
    return found


def _body_mac(key: str, body: dict[str, Any]) -> bytes:
    return hmac.digest(derive(key.encode(), "body"), _CANONICAL.encode(body).encode(), "sha256")
