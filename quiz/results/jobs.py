"""Close and correct large rounds in the background."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from account.models import Approval
from account.operations.audit import actor_of
from core.jobs import Handler, JobFailed, JobOutcome, JobTask
from core.translation import gettext
from core.values.kept import kept
from core.values.text import N_
from quiz.contest.labels.rounds import round_name, round_words
from quiz.contest.models import Contest, Round
from quiz.contest.operations.confirmation import PhoneFull
from quiz.results.operations.closing import close_round
from quiz.results.operations.exclusion import exclude_entry
from quiz.results.operations.lines import confirm_on_line
from quiz.results.operations.remark import remark_round
from quiz.results.operations.review import decide_clusters
from quiz.results.operations.standings import Step
from quiz.results.operations.versions import Changed, NothingToDo, TooEarly
from quiz.results.rules.corrections import ExclusionReason

CLOSE, REMARK, EXCLUDE, DECIDE = "quiz.close", "quiz.remark", "quiz.exclude", "quiz.decide"
LINE = "quiz.line"
ENTRIES_IN_A_PAGE = 5_000
"""The most entries of a round that is closed within the request; a larger one is closed by a job."""
_STALE = N_("Kết quả đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới.")
_EARLY = N_("Chưa chốt được: xin đợi một phút sau giờ đóng, để bài đến đúng giờ được nhận hết.")
_CLOSED_BEFORE = kept(N_("%(round)s đã được chốt từ trước."))
_CLOSED = kept(N_("Đã khóa bài và xếp hạng %(round)s."))
_REMARKED = kept(N_("Đã chấm lại %(round)s: bản kết quả thứ %(version)s."))
_EXCLUDED = kept(N_("Đã lập bản kết quả thứ %(version)s của %(round)s."))
_LINE_CONFIRMED = kept(N_("Đã xác nhận: người này được xếp hạng khi chốt đợt."))
_LINE_RANKED = kept(N_("Đã xác nhận và xếp hạng lại đợt %(weeks)s."))
LINE_STALE = N_("Danh sách đã thay đổi, xin xem lại.")
LINE_PHONE_FULL = N_("Chưa xác nhận được: số điện thoại này đã có đủ người xác nhận.")
_DECIDED = kept(N_("Đã ghi quyết định về %(n)s cụm của %(round)s."))


def close_large_round(task: JobTask) -> JobOutcome:
    """Close a large round. Payload: `round`."""
    round = task.session.get_one(Round, task.payload["round"])
    task.progress(0, 0)
    try:
        result = close_round(
            task.session, task.keyring, actor_of(task.owner), round, now=task.now, between=_between(task)
        )
    except TooEarly as early:
        raise JobFailed(_EARLY) from early
    if result is None:
        return JobOutcome(gettext(_CLOSED_BEFORE, round=round_name(round)))
    return JobOutcome(
        gettext(_CLOSED, round=round_words(round))
    )  # no figures: accounts that may see jobs may lack the permission to see results


def remark_large_round(task: JobTask) -> JobOutcome:
    """Re-mark a large round by another key, as it was previewed and approved.

    Payload: `round`, `position`, `fix`, `seen`, `reason`, and `approval`, the id of the second person's approval, None
    when one person decided alone.
    """
    given, round = task.payload, task.session.get_one(Round, task.payload["round"])
    with _correcting(task) as correction:
        result = remark_round(
            task.session, actor_of(task.owner), round, given["position"], given["fix"], seen=given["seen"], **correction
        )
    return JobOutcome(gettext(_REMARKED, round=round_words(round), version=result.version))


def exclude_in_large_round(task: JobTask) -> JobOutcome:
    """Exclude an entry of a large round, or recognise it again, as it was previewed and approved.

    Payload: `round`, `participant`, `ground`, and as for a re-mark `seen`, `reason` and `approval`.
    """
    given, round = task.payload, task.session.get_one(Round, task.payload["round"])
    ground, who = _ground(given), uuid.UUID(given["participant"])
    with _correcting(task) as correction:
        result = exclude_entry(task.session, actor_of(task.owner), round, who, ground, seen=given["seen"], **correction)
    return JobOutcome(gettext(_EXCLUDED, version=result.version, round=round_words(round)))


def decide_in_large_round(task: JobTask) -> JobOutcome:
    """Decide on clusters of a large round, as it was previewed and approved.

    Payload: `round`, `clusters` and `kept` (numbers and ids in words), `ground`, and the rest as for a re-mark.
    """
    given, round = task.payload, task.session.get_one(Round, task.payload["round"])
    numbers, kept = list(map(int, given["clusters"].split())), list(map(uuid.UUID, given["kept"].split()))
    with _correcting(task) as correction:
        decide_clusters(
            task.session, actor_of(task.owner), round, numbers, _ground(given), seen=given["seen"], kept=kept,
            **correction,
        )  # fmt: skip
    return JobOutcome(gettext(_DECIDED, n=len(numbers), round=round_words(round)))


def confirm_in_large_contest(task: JobTask) -> JobOutcome:
    """Confirm a participant on a line of the roster, and rank large rounds anew. Payload: `contest`, `participant`, and
    `approval`, the id of the second person's approval where one was asked for.
    """
    id = task.payload.get("approval")
    approval = task.session.get_one(Approval, uuid.UUID(id)) if id else None
    contest, who = task.session.get_one(Contest, task.payload["contest"]), uuid.UUID(task.payload["participant"])
    task.progress(0, 0)
    try:
        again = confirm_on_line(
            task.session,
            task.keyring,
            actor_of(task.owner),
            contest,
            who,
            now=task.now,
            approval=approval,
            between=_between(task),
        )
    except PhoneFull as full:
        raise JobFailed(LINE_PHONE_FULL) from full
    except (Changed, NothingToDo) as error:
        raise JobFailed(LINE_STALE) from error
    return JobOutcome(line_confirmed(again))


def line_confirmed(again: Sequence[int]) -> str:
    """Return the sentence about a confirmed line by the numbers of the rounds that were ranked *again*."""
    return gettext(_LINE_RANKED, weeks=", ".join(map(str, again))) if again else gettext(_LINE_CONFIRMED)


def _ground(given: Mapping[str, Any]) -> ExclusionReason | None:
    return ExclusionReason(given["ground"]) if given["ground"] else None


@contextmanager
def _correcting(task: JobTask) -> Iterator[dict[str, Any]]:
    """Yield what every correction takes: reason, moment, approval, and the step that commits between its writes."""
    task.progress(0, 0)
    id, reason = task.payload["approval"], task.payload["reason"]
    approval = task.session.get_one(Approval, uuid.UUID(id)) if id else None
    try:
        yield {"reason": reason, "now": task.now, "approval": approval, "between": _between(task)}
    except (Changed, NothingToDo, TooEarly, LookupError) as error:
        raise JobFailed(_STALE) from error


def _between(task: JobTask) -> Step:
    def between() -> None:
        task.session.commit()
        task.progress(0, 0)

    return between


HANDLERS: dict[str, Handler] = {
    CLOSE: close_large_round,
    REMARK: remark_large_round,
    EXCLUDE: exclude_in_large_round,
    DECIDE: decide_in_large_round,
    LINE: confirm_in_large_contest,
}
