"""`flask worker`: jobs, the outbox and the daily duties, one after the other, until stopped."""

from __future__ import annotations

import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core import clock
from core.commands.daily import enqueue_today
from core.commands.job_letter import notify_owner
from core.instance_check import database_fault, schema_fault
from core.jobs import queue
from core.jobs.handlers import check_owner
from core.jobs.queue import Claim
from core.jobs.running import WorkerContext, run_next
from core.messages.delivery import deliver_next
from core.values.text import N_
from core.web.extensions import db, keyring, settings

IDLE = 1.0
"""Seconds to wait when there is nothing to do."""
BETWEEN_BEATS = timedelta(seconds=20)
LONGEST_PAUSE = 30.0
log = logging.getLogger(__name__)


@dataclass
class Worker:
    """A worker of *app*; `stop` may be called by a signal at any moment."""

    app: Flask
    parent: int | None = None
    """The process that started this worker; when it ends, the worker stops."""
    name: str = field(default_factory=lambda: f"{socket.gethostname()[:80]}:{os.getpid()}")
    started_at: datetime = field(default_factory=clock.now)
    _is_stopped: bool = False
    _beaten_at: datetime | None = None

    def stop(self, *_signal: object) -> None:
        """Finish or give back the present job, then stop."""
        self._is_stopped = True

    @property
    def is_stopping(self) -> bool:
        """Whether it was stopped, or its parent process is gone."""
        return self._is_stopped or (self.parent is not None and os.getppid() != self.parent)

    def listen(self) -> None:
        """Stop gently on SIGTERM and SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)

    def work(self, *, is_once: bool = False, is_burst: bool = False) -> None:
        """Work until stopped; with *is_burst* until nothing is due, with *is_once* one round."""
        pause = IDLE
        while not self.is_stopping:
            try:
                has_worked = self._round()
                pause = IDLE
            except DBAPIError as error:
                log.error("%s", database_fault(error, self.app.extensions["settings"].instance_path))
                has_worked, pause = False, min(LONGEST_PAUSE, pause * 2)
                if is_once or is_burst:
                    raise
            if is_once or (is_burst and not has_worked):
                break
            if not has_worked:
                self._rest(pause)
        self._leave()

    def _round(self) -> bool:
        """Do one job and send one message, if any is due; each in a session of its own, with the present settings."""
        self.app.extensions.get("reread", lambda: None)()
        worked = [self._in_session(step) for step in (self._beat, self._job, self._message)]
        return any(worked)

    def _in_session(self, step: Callable[[], bool]) -> bool:
        with self.app.app_context():
            return step()

    def _beat(self) -> bool:
        now = clock.now()
        if self._beaten_at is None or not timedelta() <= now - self._beaten_at < BETWEEN_BEATS:
            queue.beat(db.session, self.name, self.started_at, now)
            enqueue_today(db.session, keyring(), now)
            db.session.commit()
            self._beaten_at = now
        return False

    def _job(self) -> bool:
        def aside() -> Session:
            return Session(db.engine)

        return run_next(
            WorkerContext(
                session=lambda: db.session, aside=aside, keyring=keyring(), handlers=self.app.extensions["jobs"],
                folder=settings().instance_path / "jobs", clock=clock.now, is_stopping=lambda: self.is_stopping,
                when_done=notify_owner, check=self._check,
            )
        )  # fmt: skip

    def _check(self, session: Session, claim: Claim) -> None:
        check_owner(session, claim, self.app.extensions["jobs_may"])

    def _message(self) -> bool:
        return deliver_next(db.session, keyring(), settings(), clock.now)

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.is_stopping and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))

    def _leave(self) -> None:
        with suppress(DBAPIError), self.app.app_context():
            queue.leave(db.session, self.name)
            db.session.commit()


@click.command("worker")
@click.option("--once", is_flag=True, help=N_("Làm nhiều nhất một việc, gửi nhiều nhất một tin, rồi dừng."))
@click.option("--burst", is_flag=True, help=N_("Làm hết những gì đến hạn rồi dừng."))
@click.option("--beside", type=int, metavar="PID", help=N_("Dừng khi tiến trình PID, bên đã mở nó, không còn nữa."))
@with_appcontext
def worker_command(once: bool, burst: bool, beside: int | None) -> None:
    """Làm các việc chạy nền: nhập bảng, vẽ tờ treo, gửi thư, việc hằng ngày. Dừng bằng Ctrl+C."""
    fault = schema_fault(db.engine, settings().instance_path)
    if fault is not None:
        raise click.ClickException(fault)
    worker = Worker(current_app._get_current_object(), parent=beside)  # type: ignore[attr-defined]
    worker.listen()
    worker.work(is_once=once, is_burst=burst)
