"""Close and re-mark large rounds in the background."""

import uuid

from account.models import Approval
from account.operations.audit import actor_of
from core.jobs import Handler, JobFailed, JobOutcome, JobTask
from core.translation import gettext
from core.values.text import N_
from quiz.contest.labels.rounds import round_name, round_words
from quiz.contest.models import Round
from quiz.results.operations.closing import close_round
from quiz.results.operations.remark import remark_round
from quiz.results.operations.versions import Changed, NothingToDo, TooEarly

CLOSE, REMARK = "quiz.close", "quiz.remark"
ENTRIES_IN_A_PAGE = 5_000
"""The most entries of a round that is closed within the request; a larger one is closed by a job."""
_STALE = N_("Kết quả đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới.")
_EARLY = N_("Chưa chốt được: xin đợi một phút sau giờ đóng, để bài đến đúng giờ được nhận hết.")


def close_large_round(task: JobTask) -> JobOutcome:
    """Close a large round. Payload: `round`."""
    round = task.session.get_one(Round, task.payload["round"])
    task.progress(0, 0)

    def between() -> None:
        task.session.commit()
        task.progress(0, 0)

    try:
        result = close_round(task.session, task.keyring, actor_of(task.owner), round, now=task.now, between=between)
    except TooEarly as early:
        raise JobFailed(_EARLY) from early
    if result is None:
        return JobOutcome(gettext("%(round)s đã được chốt từ trước.", round=round_name(round)))
    return JobOutcome(
        gettext("Đã khóa bài và xếp hạng %(round)s.", round=round_words(round))
    )  # no figures: accounts that may see jobs may lack the permission to see results


def remark_large_round(task: JobTask) -> JobOutcome:
    """Re-mark a large round by another key, as it was previewed and approved.

    Payload: `round`, `position`, `fix`, `seen`, `reason`, and `approval`, the id of the second person's approval, None
    when one person decided alone.
    """
    given, round = task.payload, task.session.get_one(Round, task.payload["round"])
    task.progress(0, 0)
    task.hold()
    approval = task.session.get_one(Approval, uuid.UUID(given["approval"])) if given["approval"] else None
    try:
        result = remark_round(
            task.session, actor_of(task.owner), round, given["position"], given["fix"], seen=given["seen"],
            reason=given["reason"], now=task.now, approval=approval,
        )  # fmt: skip
    except (Changed, NothingToDo, TooEarly) as error:
        raise JobFailed(_STALE) from error
    return JobOutcome(
        gettext("Đã chấm lại %(round)s: bản kết quả thứ %(version)s.", round=round_words(round), version=result.version)
    )


HANDLERS: dict[str, Handler] = {
     CLOSE: close_large_round, REMARK: remark_large_round,
}  # fmt: skip
