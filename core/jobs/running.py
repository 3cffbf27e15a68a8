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
from core.values.dates import moment
from core.values.text import N_

log = logging.getLogger(__name__)
_BROKE_OFF = N_(
    "Có lỗi ngoài dự kiến, đã thử ba lần; chưa có gì thay đổi. Hãy báo người quản trị máy chủ: nhật ký lúc "
    "{moment} ghi lý do."
)


@dataclass(frozen=True)
class Workshop:
    """What a worker needs: sessions, keys, handlers, a folder, the clock, and a signal to stop."""

    session: Callable[[], Session]
    aside: Callable[[], Session]
    keyring: Keyring
    handlers: Mapping[str, Handler]
    folder: Path
    clock: Callable[[], datetime]
    is_stopping: Callable[[], bool]
    when_done: Callable[[Session, Claim, JobOutcome], None]
    """Told of every job that was done, in the transaction of its end."""
    check: Callable[[Session, Claim], None]
    """Raises `JobFailed` for a job whose owner may not have it done any more: asked before it begins, and again before
    its effect is committed."""


def run_next(shop: Workshop) -> bool:
    """Claim a job and run it; returns whether there was one."""
    session = shop.session()
    if not queue.is_any_due(session, list(shop.handlers), shop.clock()):
        session.rollback()
        return False
    queue.settle_abandoned(session, shop.clock())
    claimed = queue.claim(session, shop.keyring, list(shop.handlers), shop.clock())
    session.commit()
    if claimed is not None:
        _run(shop, session, claimed)
    return claimed is not None


def _run(shop: Workshop, session: Session, claimed: Claim) -> None:
    folder = shop.folder / claimed.id.hex
    task = JobTask(claimed, session, shop.keyring, folder, shop.aside, shop.clock, shop.is_stopping)
    try:
        shop.check(session, claimed)
        outcome = shop.handlers[claimed.kind](task)
        _finish(shop, task, outcome)
    except LostLease:
        session.rollback()
        log.warning("job %s (%s) went to another worker", claimed.id, claimed.kind)
        return
    except Stopping:
        _instead(shop, claimed, queue.give_back, due_at=shop.clock(), counts=False)
        return
    except Cancelled:
        _instead(shop, claimed, queue.call_off, now=shop.clock())
    except JobFailed as failure:
        _instead(shop, claimed, queue.fail, now=shop.clock(), said=str(failure))
    except Exception as error:
        if not _broke_off(shop, claimed, error):
            return
    shutil.rmtree(folder, ignore_errors=True)


def _finish(shop: Workshop, task: JobTask, outcome: JobOutcome) -> None:
    """Commit what the job did, its file, and that it is done, if the job is still ours."""
    task.hold()
    shop.check(task.session, task.claim)
    values: dict[str, Any] = {"said": outcome.said[:400]}
    if outcome.file is not None:
        size = store_file(task.session, task.keyring, task.id, outcome.file)
        values |= {"file_name": outcome.name[:120], "file_type": outcome.media_type, "file_size": size}
    if not queue.finish(task.session, task.id, task.claim.token, task.now, **values):
        raise LostLease
    shop.when_done(task.session, task.claim, outcome)
    task.session.commit()


def _broke_off(shop: Workshop, claimed: Claim, error: Exception) -> bool:
    """Handle an unexpected error: retry after a pause, up to a limit. Returns whether the job is over.

    The log names the error's kind and place and not its words, which may hold what a citizen wrote.
    """
    place = traceback.extract_tb(error.__traceback__)[-1]
    log.error("job %s (%s): %s at %s:%s", claimed.id, claimed.kind, type(error).__name__, place.filename, place.lineno)
    now = shop.clock()
    if claimed.attempts < MOST_ATTEMPTS:
        due_at = now + PAUSE * 2 ** (claimed.attempts - 1)
        _instead(shop, claimed, queue.give_back, due_at=due_at, counts=True)
        return False
    _instead(shop, claimed, queue.fail, now=now, said=_BROKE_OFF.format(moment=moment(now)))
    return True


def _instead(shop: Workshop, claimed: Claim, end: Callable[..., bool], **values: Any) -> None:
    """Roll back what the handler wrote, and end the job so instead."""
    with suppress(Exception):  # the connection may be the very thing that broke
        shop.session().rollback()
    with shop.aside() as session:
        end(session, claimed.id, claimed.token, **values)
        session.commit()
