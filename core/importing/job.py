"""Import a large sheet in the background, with the choices of its page."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from core.importing.errors import CannotImport, ImportBusy, ImportRefused
from core.importing.kind import Choices, ImportContext, SheetKind, T
from core.importing.session import ImportSession, Kind, find_session
from core.importing.words import say
from core.jobs import Handler, JobFailed, JobOutcome, JobTask
from core.sheets import memory
from core.sheets.cells import SheetError
from core.values.numbers import thousands
from core.values.text import N_

_GONE = N_("Bảng này đã được nhập hoặc đã hủy ở nơi khác nên không nhập lần nữa.")
_REFUSED = N_("Từ lúc xem lại, có dòng không nhập được nữa. Hãy mở lại bảng, xem rồi bấm Nhập lần nữa.")
_BUSY = N_("Hệ thống đang có quá nhiều người dùng cùng lúc; chưa nhập gì. Hãy bấm Nhập lại vào lúc vắng hơn.")


def payload_of(session: ImportSession[Any]) -> dict[str, Any]:
    """Return the draft and its choices as the payload of the job."""
    draft, choices = session.draft, session.context.choices
    return {
        "target": session.kind.key(),
        "draft": draft.id.hex if draft else "",
        "places": dict(choices.places),
        "options": dict(choices.options),
        "decisions": dict(choices.decisions),
        "skip_errors": choices.skip_errors,
    }


def import_job(kind: Kind[T]) -> Handler:
    """Return the handler that imports drafts of *kind*."""

    def import_draft(task: JobTask) -> JobOutcome:
        given = task.payload
        if "target" not in given:
            raise JobFailed(_REFUSED)  # queued by an earlier version of the program
        target = kind.find(task.session, given["target"])
        if target is None:
            raise JobFailed(_GONE)
        context = ImportContext(task.session, task.keyring, target, task.now)
        with _explained(kind(context)):
            session = find_session(kind, context, uuid.UUID(given["draft"]))
            if session is None:
                raise JobFailed(_GONE)
            stored = _store(task, session)
        return JobOutcome(say(kind.words.done, session.kind.facts(), n=thousands(stored)))

    return import_draft


def _store(task: JobTask, session: ImportSession[Any]) -> int:
    """Plan again, since data may have been added since the page was shown; then store."""
    session.choose(_choices(task.payload))
    plan = session.plan(session.rows())
    total, counted = plan.report.new, session.kind.words.counted
    task.progress(0, total, counted)
    task.hold()
    if session.draft is None or memory.is_decided(task.session, session.draft.id):
        raise JobFailed(_GONE)
    session.watch(lambda done: task.progress(done, total, counted))
    return session.store(task.owner, plan)


def _choices(given: Mapping[str, Any]) -> Choices:
    return Choices(given["places"], given["options"], given["decisions"], given["skip_errors"], batch=given["draft"])


@contextmanager
def _explained(kind: SheetKind[T, Any, Any, Any]) -> Iterator[None]:
    """Turn the reasons for an impossible import into the sentence that the job ends with."""
    try:
        yield
    except SheetError as error:
        raise JobFailed(str(error)) from error
    except CannotImport as refusal:
        raise JobFailed(kind.why_not(refusal)) from refusal
    except ImportRefused as refusal:
        raise JobFailed(_REFUSED) from refusal
    except ImportBusy as busy:
        raise JobFailed(_BUSY) from busy
