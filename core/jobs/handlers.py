"""The type of a job's handler, and the check that the job's owner still has the permission it needs."""

from collections.abc import Callable, Collection

from sqlalchemy.orm import Session

from core.jobs.queue import Claim
from core.jobs.task import JobFailed, JobOutcome, JobTask
from core.values.text import N_

Handler = Callable[[JobTask], JobOutcome]
"""Runs a job in the task's session without committing; returns what it did. Errors pass through."""
May = Callable[[Session, str, str, Collection[int]], bool]
"""(session, owner, permission, units) → whether the owner has the permission in all of these units now."""
NEEDS = "needs"
"""Key of a job's payload: the permission and the units that the job needs."""
NOTIFY = "tell"
"""Key of a job's payload: the address to mail when it is done."""
BACK = "back"
"""Key of a job's payload: the page where its owner goes on, once it is over."""
NO_LONGER = N_("Người gửi việc này không còn được giao việc đó nên việc không được thực hiện; chưa có gì thay đổi.")


def check_owner(session: Session, claim: Claim, may: May) -> None:
    """Check that the job's owner still holds the permission that the job needs; a job that needs none passes.

    Raises:
        JobFailed: the owner lost the permission, or was switched off, since the job was asked for.
    """
    needs = claim.payload.get(NEEDS)
    if needs and not may(session, claim.owner, needs["permission"], needs["units"]):
        raise JobFailed(NO_LONGER)
