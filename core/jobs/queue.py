"""Change jobs, each in one statement: enqueue, claim, renew, finish, give back, cancel.

Everything flushes and nothing commits. The holder of a job's token may change it; a statement that finds another token
changes nothing and says so.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.crypto import Keyring, seal, unseal
from core.db import changed_rows
from core.jobs.models import ENDS, Job, State, WorkerBeat
from core.values.text import N_, clean
from core.values.week import local_date

LEASE = timedelta(minutes=3)
"""How long a claim lasts without progress; renewed with every report of progress."""
MOST_ATTEMPTS = 3
PAUSE = timedelta(seconds=20)
"""Wait before a failed job is tried again; doubled each time."""
KEPT = timedelta(days=7)
"""How long an ended job and its file are kept."""
_HOPELESS = N_(
    "Việc này bị dừng giữa chừng ba lần nên không chạy nữa; chưa có gì thay đổi. Hãy thử lại với phần nhỏ hơn, "
    "hoặc báo người quản trị máy chủ."
)


@dataclass(frozen=True)
class Order:
    """A job to enqueue: its kind, title, owner and payload (JSON values)."""

    kind: str
    title: str
    owner: str
    unit_id: int | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    dedupe: str | None = None
    may_come_again: bool = True
    """Whether it may be enqueued again after it failed or was cancelled."""


@dataclass(frozen=True)
class Claim:
    """A claimed job; the worker may work on it as long as its token is the job's."""

    id: uuid.UUID
    kind: str
    owner: str
    token: uuid.UUID
    attempts: int
    payload: dict[str, Any]


def enqueue(
    session: Session, keyring: Keyring, order: Order, *, now: datetime, id: uuid.UUID | None = None
) -> uuid.UUID:
    """Enqueue a job; returns its id, or that of the job enqueued under the same `dedupe` key before.

    The job is part of the caller's transaction.
    """
    if order.dedupe and order.may_come_again:
        past = update(Job).where(Job.dedupe == order.dedupe, Job.state.in_((State.FAILED, State.CANCELLED)))
        session.execute(past.values(dedupe=None))
    id = id or uuid.uuid4()
    text = json.dumps(dict(order.payload), ensure_ascii=False)
    row = {
        "id": id, "kind": order.kind, "title": clean(order.title)[:200], "owner": order.owner, "due_at": now,
        "payload": seal(keyring.key("job"), text, about=id.bytes), "unit_id": order.unit_id, "dedupe": order.dedupe,
        "created_at": now, "expires_on": local_date(now) + KEPT,
    }  # fmt: skip
    is_postgres = session.get_bind().dialect.name == "postgresql"
    insert = (postgresql.insert if is_postgres else sqlite.insert)(Job).values(**row)
    session.execute(insert.on_conflict_do_nothing(index_elements=["dedupe"]))
    if order.dedupe is None:
        return id
    return session.scalars(select(Job.id).where(Job.dedupe == order.dedupe)).one()


def is_any_due(session: Session, kinds: Collection[str], now: datetime) -> bool:
    """Whether there is a job to claim; a read without a lock."""
    return session.scalar(select(Job.id).where(Job.kind.in_(kinds), _is_free(now)).limit(1)) is not None


def claim(session: Session, keyring: Keyring, kinds: Collection[str], now: datetime) -> Claim | None:
    """Claim the job of *kinds* that has waited longest, for `LEASE`; None when there is none.

    Concurrent workers get different jobs: PostgreSQL skips locked rows, SQLite has one writer at a time.
    """
    free = (Job.kind.in_(kinds), _is_free(now), Job.attempts < MOST_ATTEMPTS)
    first = select(Job.id).where(*free).order_by(Job.due_at, Job.id).limit(1).with_for_update(skip_locked=True)
    token = uuid.uuid4()
    taken = (
        update(Job)
        .where(Job.id == first.scalar_subquery())
        .values(
            state=State.RUNNING.value, token=token, lease_until=now + LEASE, attempts=Job.attempts + 1, started_at=now,
            done=0, total=0, word="",
        )
        .returning(Job.id, Job.kind, Job.owner, Job.attempts, Job.payload)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    row = session.execute(taken).first()
    if row is None:
        return None
    payload = payload_of(keyring, row.id, row.payload)
    return Claim(row.id, row.kind, row.owner, token, row.attempts, payload)


def payload_of(keyring: Keyring, id: uuid.UUID, sealed: bytes) -> dict[str, Any]:
    """Return the payload of the job *id*, unsealed."""
    payload: dict[str, Any] = json.loads(unseal(keyring.key("job"), sealed, about=id.bytes))
    return payload


def settle_abandoned(session: Session, now: datetime) -> None:
    """End the jobs whose worker is gone, if they were cancelled or have been tried often enough."""
    gone = and_(Job.state == State.RUNNING, _has_no_worker(now))
    _end(session, and_(gone, Job.is_cancel_asked), State.CANCELLED, now)
    _end(session, and_(gone, Job.attempts >= MOST_ATTEMPTS), State.FAILED, now, said=_HOPELESS)


def renew(session: Session, id: uuid.UUID, token: uuid.UUID, now: datetime, **progress: Any) -> bool | None:
    """Renew the lease and store the progress (`done`, `total`, `word`).

    Returns whether it is to be cancelled; None when another worker holds it.
    """
    kept = update(Job).where(_is_mine(id, token)).values(lease_until=now + LEASE, **progress)
    return session.execute(kept.returning(Job.is_cancel_asked)).scalar()


def finish(session: Session, id: uuid.UUID, token: uuid.UUID, now: datetime, **values: Any) -> bool:
    """Mark the job done; returns False when another worker holds it, and then nothing may be committed."""
    return _end(session, _is_mine(id, token), State.DONE, now, **values)


def fail(session: Session, id: uuid.UUID, token: uuid.UUID, now: datetime, said: str) -> bool:
    """Mark the job failed; *said* gives the reason and the remedy."""
    return _end(session, _is_mine(id, token), State.FAILED, now, said=clean(said)[:400])


def call_off(session: Session, id: uuid.UUID, token: uuid.UUID, now: datetime) -> bool:
    """End a cancelled job, by its own worker."""
    return _end(session, _is_mine(id, token), State.CANCELLED, now)


def give_back(session: Session, id: uuid.UUID, token: uuid.UUID, *, due_at: datetime, counts: bool) -> bool:
    """Return the job to the queue for *due_at*; whether it *counts* as an attempt."""
    back = update(Job).where(_is_mine(id, token)).values(
        state=State.QUEUED.value, token=None, lease_until=None, due_at=due_at,
        attempts=Job.attempts if counts else Job.attempts - 1,
    )  # fmt: skip
    return session.execute(back.returning(Job.id)).first() is not None


def cancel(session: Session, id: uuid.UUID, now: datetime) -> None:
    """Cancel a job: at once while it waits, at its next report of progress while it runs; an ended one stays."""
    if not _end(session, and_(Job.id == id, Job.state == State.QUEUED), State.CANCELLED, now):
        session.execute(update(Job).where(Job.id == id, Job.state == State.RUNNING).values(is_cancel_asked=True))


def beat(session: Session, name: str, started_at: datetime, now: datetime) -> None:
    """Store a heartbeat of worker *name*."""
    session.merge(WorkerBeat(name=name, started_at=started_at, seen_at=now))
    session.flush()


def leave(session: Session, name: str) -> None:
    """Remove the heartbeat of worker *name*, which stops."""
    session.execute(delete(WorkerBeat).where(WorkerBeat.name == name))


def purge_jobs(session: Session, today: date) -> int:
    """Delete ended jobs and their files whose days are over; returns how many."""
    ended = delete(Job).where(Job.expires_on < today, Job.state.in_(ENDS))
    return changed_rows(session, ended)


def purge_beats(session: Session, before: datetime) -> int:
    """Delete heartbeats before that; returns how many."""
    return changed_rows(session, delete(WorkerBeat).where(WorkerBeat.seen_at < before))


def _end(session: Session, which: ColumnElement[bool], state: State, now: datetime, **values: Any) -> bool:
    over = update(Job).where(which).values(state=state.value, token=None, lease_until=None, ended_at=now, **values)
    over = over.execution_options(synchronize_session=False)
    return session.execute(over.returning(Job.id)).first() is not None


def _is_mine(id: uuid.UUID, token: uuid.UUID) -> ColumnElement[bool]:
    return and_(Job.id == id, Job.token == token)


def _is_free(now: datetime) -> ColumnElement[bool]:
    waits = and_(Job.state == State.QUEUED, Job.due_at <= now)
    return or_(waits, and_(Job.state == State.RUNNING, _has_no_worker(now)))


def _has_no_worker(now: datetime) -> ColumnElement[bool]:
    """Whether the lease is over, or ends later than any lease can because the clock was put back."""
    return or_(Job.lease_until < now, Job.lease_until > now + 2 * LEASE)
