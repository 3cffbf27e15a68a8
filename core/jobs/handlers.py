"""The handler that a room registers for a kind of job, and the check that the job's owner is still permitted."""

from collections.abc import Callable, Collection

from sqlalchemy.orm import Session

from core.jobs.queue import Claim
from core.jobs.task import JobFailed, JobOutcome, JobTask
from core.values.text import N_

Handler = Callable[[JobTask], JobOutcome]
"""Does a job in the task's session without committing; says what it did. Errors pass through."""
May = Callable[[Session, str, str, Collection[int]], bool]
"""Session, owner, permission, units → whether the owner holds that permission in all of these units at this moment."""
NEEDS = "needs"
"""The place in a job's payload of the permission and the units without which it is not done."""
NOTIFY = "tell"
"""The place in a job's payload of the address that gets a letter when it is done."""
NO_LONGER = N_("Người gửi việc này không còn được giao việc đó nên việc không được thực hiện; chưa có gì thay đổi.")


def check_owner(session: Session, claim: Claim, may: May) -> None:
    """Check that the job's owner still holds the permission that the job needs; a job that needs none passes.

    Raises:
        JobFailed: the owner lost the permission, or was switched off, since the job was asked for.
    """
    needs = claim.payload.get(NEEDS)
    if needs and not may(session, claim.owner, needs["permission"], needs["units"]):
        raise JobFailed(NO_LONGER)
