"""Erase the participants of a large contest in the background."""

import uuid

from account.models import Approval
from account.operations.audit import actor_of
from core.jobs import Handler, JobFailed, JobOutcome, JobTask
from core.values.numbers import thousands
from core.values.text import N_
from quiz.contest.models import Contest
from quiz.persons.operations.erasure import StillNeeded, erase_contest

ERASE = "quiz.erase"


PEOPLE_IN_A_PAGE = 2000
"""Participants who are erased while the page waits; more are a job."""


_NEEDED = N_("Cuộc thi còn tuần chưa công bố, người chưa gọi hoặc yêu cầu chưa trả lời, nên chưa xóa.")


def erase_people(task: JobTask) -> JobOutcome:
    """Erase who everybody in a finished contest is. Payload: `contest`, `reason`, `approval`."""
    given, contest = task.payload, task.session.get_one(Contest, task.payload["contest"])
    task.progress(0, 0)
    task.hold()
    approval = task.session.get_one(Approval, uuid.UUID(given["approval"])) if given["approval"] else None
    try:
        erased = erase_contest(
            task.session, task.keyring, actor_of(task.owner), contest, reason=given["reason"], now=task.now,
            approval=approval,
        )  # fmt: skip
    except StillNeeded as error:
        raise JobFailed(_NEEDED) from error
    return JobOutcome(f"Đã xóa thông tin cá nhân của {thousands(erased)} người dự thi.")


HANDLERS: dict[str, Handler] = {ERASE: erase_people}
