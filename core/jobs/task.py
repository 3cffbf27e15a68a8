"""A running job as its handler sees it: payload, progress, and where its writing begins."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.db import BUSY_MS
from core.jobs import queue
from core.jobs.models import Job

T = TypeVar("T")
BETWEEN = 0.5
"""Seconds between two signs of progress that are written."""


class JobFailed(Exception):
    """The job can't be done and another try would not help; the text says why and what to do, for people."""


class Interrupted(Exception):
    """The handler must stop; what it wrote so far is rolled back. It lets this through."""


class Cancelled(Interrupted):
    """The job was cancelled."""


class LostLease(Interrupted):
    """Another worker holds the job by now."""


class Stopping(Interrupted):
    """This worker stops; another one will do the job."""


@dataclass(frozen=True)
class JobOutcome:
    """The result of a job: a sentence, and a file which the worker takes over and stores."""

    said: str
    file: Path | None = None
    name: str = ""
    media_type: str = "application/octet-stream"


@dataclass
class JobTask:
    """A claimed job. Read and compute first; `hold`, write, and return: the worker commits that with the job's end."""

    claim: queue.Claim
    session: Session
    keyring: Keyring
    folder: Path
    """Where the job may leave files; the next attempt finds them again. The worker clears it in the end."""
    aside: Callable[[], Session]
    """A session of its own for signs of progress, which others see before the job is done."""
    clock: Callable[[], datetime]
    is_stopping: Callable[[], bool] = field(default=lambda: False)
    _told: float = field(default=float("-inf"), init=False)

    @property
    def id(self) -> uuid.UUID:
        """The job's id."""
        return self.claim.id

    @property
    def payload(self) -> dict[str, Any]:
        """The payload of the job."""
        return self.claim.payload

    @property
    def owner(self) -> str:
        """The owner of the job."""
        return self.claim.owner

    @property
    def now(self) -> datetime:
        """The present moment."""
        return self.clock()

    def progress(self, done: int, total: int, word: str = "") -> None:
        """Report progress and renew the lease; calling it often is cheap.

        Raises:
            Cancelled, LostLease, Stopping: to be let through.
        """
        if self.is_stopping():
            raise Stopping
        if time.monotonic() - self._told < BETWEEN:
            return
        self._told = time.monotonic()
        is_cancelled = self._renew(done, total, word[:120])
        if is_cancelled is None:
            raise LostLease
        if is_cancelled:
            raise Cancelled

    def watched(self, steps: Iterable[T], total: int, word: str = "") -> Iterator[T]:
        """*steps* as they are, of which there will be *total* (of *word*), with progress after each."""
        self.progress(0, total, word)
        for done, step in enumerate(steps, start=1):
            yield step
            self.progress(done, total, word)

    def hold(self) -> None:
        """Begin to write: what the handler writes from here on belongs to one transaction with the job's end.

        SQLite begins a transaction with the first statement that writes; a savepoint before it would be committed alone
        at its release. So this writes first, and finds out whether the job is still ours. On PostgreSQL the row is
        left alone until the end: a lock on it would keep our own progress waiting.

        Raises:
            LostLease: it is not.
        """
        if self.session.get_bind().dialect.name != "sqlite":
            return
        mine = update(Job).where(Job.id == self.id, Job.token == self.claim.token).values(attempts=Job.attempts)
        if self.session.execute(mine.returning(Job.id)).first() is None:
            raise LostLease

    def _renew(self, done: int, total: int, word: str) -> bool | None:
        """Store progress. On SQLite the database may be locked, most likely by this job itself: then no other worker
        can take the job either, and the report is skipped rather than waited for."""
        with self.aside() as session, _impatient(session):
            try:
                is_cancelled = queue.renew(
                    session, self.id, self.claim.token, self.now, done=done, total=total, word=word
                )
                session.commit()
            except OperationalError:
                session.rollback()
                if session.get_bind().dialect.name != "sqlite":
                    raise
                return self._is_cancel_asked(session)
            return is_cancelled

    def _is_cancel_asked(self, session: Session) -> bool | None:
        job = session.get(Job, self.id)
        return job.is_cancel_asked if job is not None and job.token == self.claim.token else None


@contextmanager
def _impatient(session: Session) -> Iterator[None]:
    """On SQLite, fail at once instead of waiting for a locked database."""
    driver: Any = session.connection().connection.driver_connection
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        driver.execute("PRAGMA busy_timeout=0")
    try:
        yield
    finally:
        if is_sqlite:
            driver.execute(f"PRAGMA busy_timeout={BUSY_MS}")
