"""What takes longer than a page may: large sheets of entries, the close of a large week. `flask worker` does them."""

from account.operations.audit import actor_of, record
from account.rules.actions import Action
from core.jobs import Handler, JobFailed, JobOutcome, JobTask
from core.messages.notify import notify_webhooks
from core.values.text import N_
from quiz.contest.models import Round
from quiz.contest.operations import audit_subjects
from quiz.results.operations import closing
from quiz.results.operations.audit_subjects import closed, key_words, remarked
from quiz.results.operations.remark import remark_round
from quiz.results.operations.versions import Changed, NothingToDo, TooEarly
from quiz.results.queries import events
from quiz.results.queries.remark import key_of

CLOSE, REMARK = "quiz.close", "quiz.remark"
ENTRIES_IN_A_PAGE = 5_000
"""Entries of a week that is closed while the page waits; a week of more is a job."""
_STALE = N_("Kết quả đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới.")
_EARLY = N_("Chưa chốt được: xin đợi một phút sau giờ đóng, để bài đến đúng giờ được nhận hết.")


def close_week(task: JobTask) -> JobOutcome:
    """Lock a week's papers and rank them. Payload: `round`."""
    round = task.session.get_one(Round, task.payload["round"])
    task.progress(0, 0)
    task.hold()
    try:
        result = closing.close_round(task.session, round, now=task.now)
    except closing.TooEarly as early:
        raise JobFailed(_EARLY) from early
    if result is None:
        return JobOutcome(f"Tuần {round.number} đã được chốt từ trước.")
    about, was, told = audit_subjects.of_round(round), {"state": "open"}, closed(result)
    record(task.session, actor_of(task.owner), Action.ROUND_CLOSE, about, before=was, after=told, now=task.now)
    return JobOutcome(
        f"Đã khóa bài và xếp hạng tuần {round.number}."
    )  # no figure: who may see jobs need not see results


def mark_week_anew(task: JobTask) -> JobOutcome:
    """Mark a large week anew by another key, as it was seen and agreed to.

    Payload: `round`, `position`, `fix`, `seen`, `reason`, `is_alone`, `is_tied` (an order from before has none).
    """
    given, round = task.payload, task.session.get_one(Round, task.payload["round"])
    task.progress(0, 0)
    task.hold()
    about, is_alone = audit_subjects.of_question(round, given["position"]), bool(given["is_alone"])
    was = key_words(key_of(next(each for each in round.questions if each.position == given["position"])))
    try:
        result = remark_round(
            task.session, round, given["position"], given["fix"], seen=given["seen"], now=task.now, is_alone=is_alone
        )
        result.is_tied = bool(given.get("is_tied"))
    except (Changed, NothingToDo, TooEarly) as error:
        raise JobFailed(_STALE) from error
    notify_webhooks(task.session, events.corrected(round, result, task.now))
    after = remarked(result, given["fix"], is_alone=is_alone)
    record(
        task.session, actor_of(task.owner), Action.ROUND_REMARK, about, before={"key": was}, after=after,
        reason=given["reason"], now=task.now,
    )  # fmt: skip
    return JobOutcome(f"Đã chấm lại tuần {round.number}: bản kết quả thứ {result.version}.")


HANDLERS: dict[str, Handler] = {
     CLOSE: close_week, REMARK: mark_week_anew,
}  # fmt: skip
