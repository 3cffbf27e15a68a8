"""A running job as its handler sees it: payload, progress, and `hold`, which begins its writing."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.jobs import queue
from core.jobs.models import Job
from core.writers import impatient

T = TypeVar("T")
BETWEEN = 0.5
"""Seconds between two reports of progress that are stored."""


class JobFailed(Exception):
    """The job can't be done and a retry would not help; the text gives the reason and the remedy in Vietnamese."""


class Interrupted(Exception):
    """The handler must stop and let this exception pass; what it wrote so far is rolled back."""


class Cancelled(Interrupted):
    """The job was cancelled."""


class LostLease(Interrupted):
    """Another worker holds the job now."""


class Stopping(Interrupted):
    """This worker stops; another one will run the job."""


@dataclass(frozen=True)
class JobOutcome:
    """The result of a job: a sentence, and an optional file, which the worker stores."""

    said: str
    file: Path | None = None
    name: str = ""
    media_type: str = "application/octet-stream"


@dataclass
class JobTask:
    """A claimed job. Read and compute first; then `hold`, write and return. The worker commits that with the job's
    end.
    """

    claim: queue.Claim
    session: Session
    keyring: Keyring
    folder: Path
    """A folder for the job's files; the next attempt finds them again. The worker deletes it at the end."""
    aside: Callable[[], Session]
    """Makes a session of its own for reports of progress, which others see before the job is done."""
    clock: Callable[[], datetime]
    is_stopping: Callable[[], bool] = field(default=lambda: False)
    _reported_at: float = field(default=float("-inf"), init=False)

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
            Cancelled, LostLease, Stopping: the handler must let these pass.
        """
        if self.is_stopping():
            raise Stopping
        if time.monotonic() - self._reported_at < BETWEEN:
            return
        self._reported_at = time.monotonic()
        is_cancelled = self._renew(done, total, word[:120])
        if is_cancelled is None:
            raise LostLease
        if is_cancelled:
            raise Cancelled

    def watched(self, steps: Iterable[T], total: int, word: str = "") -> Iterator[T]:
        """Yield *steps*, of which there will be *total* (named *word*), and report progress after each."""
        self.progress(0, total, word)
        for done, step in enumerate(steps, start=1):
            yield step
            self.progress(done, total, word)

    def hold(self) -> None:
        """Begin to write: what the handler writes from here on is committed together with the job's end.

        On SQLite this writes, so that the handler reads nothing outdated, and shows whether the job is still ours. On
        PostgreSQL the row is not touched until the end: a lock on it would block our own reports of progress.

        Raises:
            LostLease: another worker holds the job now.
        """
        if self.session.get_bind().dialect.name != "sqlite":
            return
        mine = update(Job).where(Job.id == self.id, Job.token == self.claim.token).values(attempts=Job.attempts)
        if self.session.execute(mine.returning(Job.id)).first() is None:
            raise LostLease

    def _renew(self, done: int, total: int, word: str) -> bool | None:
        """Store progress. If SQLite is locked, most likely by this job itself, no other worker can take the job either,
        so the report is skipped.
        """
        with self.aside() as session, impatient():
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
