"""Run one job from its claim to its end."""

from __future__ import annotations

import logging
import shutil
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.jobs import queue
from core.jobs.handlers import Handler
from core.jobs.queue import MOST_ATTEMPTS, PAUSE, Claim
from core.jobs.results import store_file
from core.jobs.task import Cancelled, JobFailed, JobOutcome, JobTask, LostLease, Stopping
from core.translation import gettext
from core.values.dates import moment
from core.values.kept import kept
from core.values.text import N_

log = logging.getLogger(__name__)
_BROKE_OFF = kept(
    N_(
        "Có lỗi ngoài dự kiến, đã thử ba lần; chưa có gì thay đổi. Hãy báo người quản trị máy chủ: nhật ký lúc "
        "%(moment)s ghi lý do."
    )
)


@dataclass(frozen=True)
class WorkerContext:
    """The context of a worker: sessions, keys, handlers, a folder, the clock, and a signal to stop."""

    session: Callable[[], Session]
    aside: Callable[[], Session]
    keyring: Keyring
    handlers: Mapping[str, Handler]
    folder: Path
    clock: Callable[[], datetime]
    is_stopping: Callable[[], bool]
    when_done: Callable[[Session, Claim, JobOutcome], None]
    """Called for every job that was done, in the transaction of its end."""
    check: Callable[[Session, Claim], None]
    """Raises `JobFailed` for a job whose owner lost the permission; called before the job begins and before its
    commit.
    """


def run_next(context: WorkerContext) -> bool:
    """Claim a job and run it; returns whether there was one."""
    session = context.session()
    if not queue.is_any_due(session, list(context.handlers), context.clock()):
        session.rollback()
        return False
    queue.settle_abandoned(session, context.clock())
    claimed = queue.claim(session, context.keyring, list(context.handlers), context.clock())
    session.commit()
    if claimed is not None:
        _run(context, session, claimed)
    return claimed is not None


def _run(context: WorkerContext, session: Session, claimed: Claim) -> None:
    folder = context.folder / claimed.id.hex
    task = JobTask(claimed, session, context.keyring, folder, context.aside, context.clock, context.is_stopping)
    try:
        context.check(session, claimed)
        outcome = context.handlers[claimed.kind](task)
        _finish(context, task, outcome)
    except LostLease:
        session.rollback()
        log.warning("job %s (%s) went to another worker", claimed.id, claimed.kind)
        return
    except Stopping:
        _roll_back_and_end(context, claimed, queue.give_back, due_at=context.clock(), counts=False)
        return
    except Cancelled:
        _roll_back_and_end(context, claimed, queue.call_off, now=context.clock())
    except JobFailed as failure:
        _roll_back_and_end(context, claimed, queue.fail, now=context.clock(), said=str(failure))
    except Exception as error:
        if not _retry_or_fail(context, claimed, error):
            return
    shutil.rmtree(folder, ignore_errors=True)


def _finish(context: WorkerContext, task: JobTask, outcome: JobOutcome) -> None:
    """Commit the job's effect, its file and its end together, if the job is still ours."""
    task.hold()
    context.check(task.session, task.claim)
    values: dict[str, Any] = {"said": outcome.said[:400]}
    if outcome.file is not None:
        size = store_file(task.session, task.keyring, task.id, outcome.file)
        values |= {"file_name": outcome.name[:120], "file_type": outcome.media_type, "file_size": size}
    if not queue.finish(task.session, task.id, task.claim.token, task.now, **values):
        raise LostLease
    context.when_done(task.session, task.claim, outcome)
    task.session.commit()


def _retry_or_fail(context: WorkerContext, claimed: Claim, error: Exception) -> bool:
    """Handle an unexpected error: retry after a pause, up to a limit. Returns whether the job is over.

    The log names the error's kind and place, not its text, which may quote a citizen.
    """
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("job %s (%s): %s at %s:%s", claimed.id, claimed.kind, type(error).__name__, place.filename, place.lineno)
    now = context.clock()
    if claimed.attempts < MOST_ATTEMPTS:
        due_at = now + PAUSE * 2 ** (claimed.attempts - 1)
        _roll_back_and_end(context, claimed, queue.give_back, due_at=due_at, counts=True)
        return False
    _roll_back_and_end(context, claimed, queue.fail, now=now, said=gettext(_BROKE_OFF, moment=moment(now)))
    return True


def _roll_back_and_end(context: WorkerContext, claimed: Claim, end: Callable[..., bool], **values: Any) -> None:
    """Roll back what the handler wrote, and end the job with *end* instead."""
    with suppress(Exception):  # the connection itself may be broken
        context.session().rollback()
    with context.aside() as session:
        end(session, claimed.id, claimed.token, **values)
        session.commit()
