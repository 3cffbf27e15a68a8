"""Jobs of the tests, and a worker context that runs them at once."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from core import clock
from core.jobs import JobOutcome, Order, enqueue
from core.jobs.running import WorkerContext, run_next
from core.web.extensions import db


class Bench:
    """A worker context whose handler, clock and stop signal a test can change."""

    def __init__(self, session, keyring, folder) -> None:
        self.session, self.keyring, self.folder = session, keyring, folder
        self.now, self.is_stopping = clock.now(), False
        self.handler: Callable = lambda _: JobOutcome("Xong.")
        self.check: Callable = lambda *_: None

    def ask(self, **more):
        order = {"kind": "k", "title": "Việc thử", "owner": "account:1", "payload": {"n": 5}} | more
        id = enqueue(self.session, self.keyring, Order(**order), now=self.now)
        self.session.commit()
        return id

    def run(self, when_done=lambda *_: None) -> bool:
        context = WorkerContext(
            session=lambda: self.session, aside=lambda: Session(db.engine), keyring=self.keyring,
            handlers={"k": lambda task: self.handler(task)}, folder=self.folder, clock=lambda: self.now,
            is_stopping=lambda: self.is_stopping, when_done=when_done, check=lambda *given: self.check(*given),
        )  # fmt: skip
        return run_next(context)

    def job(self, id):
        from core.jobs import Job

        self.session.rollback()
        self.session.expire_all()
        return self.session.get(Job, id)


@pytest.fixture
def bench(session, keyring, tmp_path) -> Bench:
    return Bench(session, keyring, tmp_path / "jobs")
