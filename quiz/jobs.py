"""What takes longer than a page may: large sheets of entries, the close of a large week. `flask worker` does them."""

import uuid

from account.operations.audit import actor_of, record
from core.jobs import Handler, JobFailed, Outcome, Task
from core.messages.notify import notify_webhooks
from core.sheets import memory
from core.sheets.cells import SheetError
from core.sheets.reading import read_content
from core.values.numbers import thousands
from core.values.text import N_
from core.values.week import local_date
from quiz.files import imports
from quiz.files.entries import Entries
from quiz.models import Contest, Round
from quiz.operations import audit_subjects, closing
from quiz.operations.erasure import StillNeeded, erase_contest
from quiz.operations.importing import CannotImport, Plan, Refused, TooBusy, import_entries
from quiz.operations.remark import remark_round
from quiz.operations.versions import Changed, NothingToDo, TooEarly
from quiz.queries import events
from quiz.queries.remark import key_of
from quiz.rules.actions import Action

ENTRIES, CLOSE, REMARK, ERASE = "quiz.entries", "quiz.close", "quiz.remark", "quiz.erase"
ROWS_IN_A_PAGE = 2000
"""Rows that are brought in while the page waits; more are a job."""
ENTRIES_IN_A_PAGE = 5_000
"""Entries of a week that is closed while the page waits; a week of more is a job."""
PEOPLE_IN_A_PAGE = 2000
"""Participants who are erased while the page waits; more are a job."""
_STALE = N_("Kết quả đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới.")
_NEEDED = N_("Cuộc thi còn tuần chưa công bố, người chưa gọi hoặc yêu cầu chưa trả lời, nên chưa xóa.")
_GONE = N_("Bảng này đã được nhập hoặc đã hủy ở nơi khác nên không nhập lần nữa.")
_REFUSED = N_("Từ lúc xem lại, có dòng không nhập được nữa. Hãy mở lại bảng, xem rồi bấm Nhập lần nữa.")
_BUSY = N_("Có quá nhiều người đăng ký và nộp bài cùng lúc; chưa nhập gì. Hãy bấm Nhập lại vào lúc vắng hơn.")
_EARLY = N_("Chưa chốt được: xin đợi một phút sau giờ đóng, để bài đến đúng giờ được nhận hết.")


def bring_in_entries(task: Task) -> Outcome:
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
    about, counts = audit_subjects.of_round(round), audit_subjects.counts_of(plan)
    record(task.session, actor_of(task.owner), Action.ENTRY_IMPORT, about, after=counts, now=task.now)
    return Outcome(f"Đã nhập {thousands(plan.new)} lượt dự thi vào tuần {round.number}.")


def _read(task: Task, round: Round, draft: memory.Draft) -> Entries:
    try:
        desk = imports.open_desk(task.session, round, lambda: read_content(draft.data, draft.name), now=task.now)
        return desk.read(task.payload["places"])
    except SheetError as error:
        raise JobFailed(str(error)) from error
    except CannotImport as refusal:
        raise JobFailed(imports.why_not(round, refusal)) from refusal


def _store(task: Task, round: Round, entries: Entries) -> Plan:
    given, total = task.payload, len(entries.sheet.turns)
    try:
        plan = import_entries(
            task.session, task.keyring, round, entries.sheet, decisions=given["decisions"],
            skip_errors=given["skip_errors"], now=task.now, tell=lambda done: task.progress(done, total, "lượt"),
        )  # fmt: skip
    except CannotImport as refusal:
        raise JobFailed(imports.why_not(round, refusal)) from refusal
    except Refused as refusal:
        raise JobFailed(_REFUSED) from refusal
    except TooBusy as busy:
        raise JobFailed(_BUSY) from busy
    return plan


def close_week(task: Task) -> Outcome:
    """Lock a week's papers and rank them. Payload: `round`."""
    round = task.session.get_one(Round, task.payload["round"])
    task.progress(0, 0)
    task.hold()
    try:
        result = closing.close_round(task.session, round, now=task.now)
    except closing.TooEarly as early:
        raise JobFailed(_EARLY) from early
    if result is None:
        return Outcome(f"Tuần {round.number} đã được chốt từ trước.")
    about, was, told = audit_subjects.of_round(round), {"state": "open"}, audit_subjects.closed(result)
    record(task.session, actor_of(task.owner), Action.ROUND_CLOSE, about, before=was, after=told, now=task.now)
    return Outcome(f"Đã khóa bài và xếp hạng tuần {round.number}.")  # no figure: who may see jobs need not see results


def mark_week_anew(task: Task) -> Outcome:
    """Mark a large week anew by another key, as it was seen and agreed to.

    Payload: `round`, `position`, `fix`, `seen`, `reason`, `is_alone`, `is_tied` (an order from before has none).
    """
    given, round = task.payload, task.session.get_one(Round, task.payload["round"])
    task.progress(0, 0)
    task.hold()
    about, is_alone = audit_subjects.of_question(round, given["position"]), bool(given["is_alone"])
    was = audit_subjects.key_words(key_of(next(each for each in round.questions if each.position == given["position"])))
    try:
        result = remark_round(
            task.session, round, given["position"], given["fix"], seen=given["seen"], now=task.now, is_alone=is_alone
        )
        result.is_tied = bool(given.get("is_tied"))
    except (Changed, NothingToDo, TooEarly) as error:
        raise JobFailed(_STALE) from error
    notify_webhooks(task.session, events.corrected(round, result, task.now))
    after = audit_subjects.remarked(result, given["fix"], is_alone=is_alone)
    record(
        task.session, actor_of(task.owner), Action.ROUND_REMARK, about, before={"key": was}, after=after,
        reason=given["reason"], now=task.now,
    )  # fmt: skip
    return Outcome(f"Đã chấm lại tuần {round.number}: bản kết quả thứ {result.version}.")


def erase_people(task: Task) -> Outcome:
    """Erase who everybody in a finished contest is. Payload: `contest`, `reason`, `is_alone`."""
    given, contest = task.payload, task.session.get_one(Contest, task.payload["contest"])
    task.progress(0, 0)
    task.hold()
    try:
        erased = erase_contest(task.session, task.keyring, contest, now=task.now)
    except StillNeeded as error:
        raise JobFailed(_NEEDED) from error
    after = {"deleted": erased, "second_approver": not given["is_alone"]}
    about = audit_subjects.of_contest(contest)
    record(
        task.session, actor_of(task.owner), Action.DATA_DELETE, about, after=after, reason=given["reason"], now=task.now
    )
    return Outcome(f"Đã xóa thông tin cá nhân của {thousands(erased)} người dự thi.")


HANDLERS: dict[str, Handler] = {
    ENTRIES: bring_in_entries, CLOSE: close_week, REMARK: mark_week_anew, ERASE: erase_people,
}  # fmt: skip
