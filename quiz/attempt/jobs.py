"""Import a large sheet of papers in the background."""

import uuid

from account.operations.audit import actor_of
from core.jobs import Handler, JobFailed, JobOutcome, JobTask
from core.sheets import memory
from core.sheets.cells import SheetError
from core.sheets.reading import read_content
from core.values.numbers import thousands
from core.values.text import N_
from core.values.week import local_date
from quiz.attempt.files import imports
from quiz.attempt.files.entries import Entries
from quiz.attempt.operations.importing import CannotImport, Plan, Refused, TooBusy, import_entries
from quiz.contest.models import Round

ENTRIES = "quiz.entries"


ROWS_IN_A_PAGE = 2000
"""Rows that are brought in while the page waits; more are a job."""


_GONE = N_("Bảng này đã được nhập hoặc đã hủy ở nơi khác nên không nhập lần nữa.")


_REFUSED = N_("Từ lúc xem lại, có dòng không nhập được nữa. Hãy mở lại bảng, xem rồi bấm Nhập lần nữa.")


_BUSY = N_("Có quá nhiều người đăng ký và nộp bài cùng lúc; chưa nhập gì. Hãy bấm Nhập lại vào lúc vắng hơn.")


def bring_in_entries(task: JobTask) -> JobOutcome:
    """A sheet of entries as its page planned it: all of it or nothing, and the draft goes with it.

    Payload: `round`, `draft`, `owner`, `places`, `decisions`, `skip_errors`.
    """
    given = task.payload
    draft_id, round = uuid.UUID(given["draft"]), task.session.get(Round, given["round"])
    draft = memory.find_draft(
        task.session, task.keyring, draft_id, owner=given["owner"], purpose=f"{imports.PURPOSE}:{given['round']}",
        today=local_date(task.now),
    )  # fmt: skip
    if round is None or draft is None:
        raise JobFailed(_GONE)
    entries = _read(task, round, draft)
    task.progress(0, len(entries.sheet.turns), str(N_("lượt")))
    task.hold()
    if memory.is_decided(task.session, draft_id):
        raise JobFailed(_GONE)
    plan = _store(task, round, entries)
    memory.drop_draft(task.session, draft_id)
    return JobOutcome(f"Đã nhập {thousands(plan.new)} lượt dự thi vào tuần {round.number}.")


def _read(task: JobTask, round: Round, draft: memory.StoredSheet) -> Entries:
    try:
        desk = imports.open_desk(task.session, round, lambda: read_content(draft.data, draft.name), now=task.now)
        return desk.read(task.payload["places"])
    except SheetError as error:
        raise JobFailed(str(error)) from error
    except CannotImport as refusal:
        raise JobFailed(imports.why_not(round, refusal)) from refusal


def _store(task: JobTask, round: Round, entries: Entries) -> Plan:
    given, total = task.payload, len(entries.sheet.turns)
    try:
        plan = import_entries(
            task.session, task.keyring, actor_of(task.owner), round, entries.sheet, decisions=given["decisions"],
            skip_errors=given["skip_errors"], now=task.now,
            on_progress=lambda done: task.progress(done, total, "lượt"),
        )  # fmt: skip
    except CannotImport as refusal:
        raise JobFailed(imports.why_not(round, refusal)) from refusal
    except Refused as refusal:
        raise JobFailed(_REFUSED) from refusal
    except TooBusy as busy:
        raise JobFailed(_BUSY) from busy
    return plan


HANDLERS: dict[str, Handler] = {ENTRIES: bring_in_entries}
