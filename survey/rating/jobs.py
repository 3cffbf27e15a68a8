"""The job that stores a large sheet of ratings; `flask worker` runs it."""

import uuid
from datetime import date

from account.operations.audit import actor_of
from core.jobs import Handler, JobFailed, JobOutcome, JobTask
from core.sheets import memory
from core.sheets.cells import SheetError
from core.sheets.reading import read_content
from core.values.numbers import thousands
from core.values.text import N_
from core.values.week import local_date
from survey.counter.models import Counter
from survey.rating.files import imports
from survey.rating.files.ratings import Defaults
from survey.rating.operations.many import import_ratings
from survey.rating.rules.channels import Channel

RATINGS = "survey.ratings"

ROWS_IN_A_PAGE = 2000
"""Rows that are brought in while the page waits; more are a job."""
_GONE = N_("Bảng này đã được nhập hoặc đã hủy ở nơi khác nên không nhập lần nữa.")
_HAS_ERRORS = N_("Từ lúc xem lại, bảng có thêm dòng không nhập được. Hãy mở lại bảng, xem rồi bấm Nhập lần nữa.")


def bring_in_ratings(task: JobTask) -> JobOutcome:
    """A sheet of ratings as its page planned it: all of it or nothing, and the draft goes with it.

    Payload: `counter`, `draft`, `owner`, `places`, `channel`, `day`, `batch`, `skip_errors`.
    """
    given = task.payload
    draft_id, today = uuid.UUID(given["draft"]), local_date(task.now)
    counter = task.session.get(Counter, given["counter"])
    purpose = f"{imports.PURPOSE}:{given['counter']}"
    found = memory.find_draft(
        task.session, task.keyring, draft_id, owner=given["owner"], purpose=purpose, today=today
    )  # fmt: skip
    if counter is None or found is None:
        raise JobFailed(_GONE)
    planned = _plan(task, counter, found, _defaults(task, counter, today))
    task.progress(0, planned.report.new, str(N_("dòng")))
    task.hold()
    if memory.is_decided(task.session, draft_id):
        raise JobFailed(_GONE)
    sheet = imports.sheet_of(counter, planned, draft_id)
    import_ratings(task.session, actor_of(task.owner), task.keyring, counter, sheet, now=task.now)
    return JobOutcome(f"Đã nhập {thousands(planned.report.new)} lượt đánh giá vào quầy {counter.number}.")


def _plan(task: JobTask, counter: Counter, draft: memory.StoredSheet, defaults: Defaults) -> imports.Plan:
    """The dry run once more: what was not there when the page showed it may be there now."""
    try:
        grid = imports.open_sheet(read_content(draft.data, draft.name))
        planned = imports.plan(task.session, task.keyring, counter, grid, task.payload["places"], defaults)
    except SheetError as error:
        raise JobFailed(str(error)) from error
    if planned.report.errors and not task.payload["skip_errors"]:
        raise JobFailed(_HAS_ERRORS)
    return planned


def _defaults(task: JobTask, counter: Counter, today: date) -> Defaults:
    given = task.payload
    day = date.fromisoformat(given["day"]) if given["day"] else None
    return Defaults(counter.number, today, Channel(given["channel"]), day, given["batch"])


HANDLERS: dict[str, Handler] = {RATINGS: bring_in_ratings}
