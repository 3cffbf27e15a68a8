"""What the rooms' jobs do: app.py hands it in, the worker finds it by its kind."""

from collections.abc import Callable, Collection, Mapping

from flask import Flask, current_app
from sqlalchemy.orm import Session

from core.jobs.queue import Claim
from core.jobs.task import JobFailed, Outcome, Task
from core.values.text import N_

Handler = Callable[[Task], Outcome]
"""Does a job in the task's session without committing; says what it did. Errors pass through."""
May = Callable[[Session, str, str, Collection[int]], bool]
"""Session, owner, permission, units → whether the owner holds that permission in all of these units at this moment."""
NEEDS = "needs"
"""The place in a job's payload of the permission and the units without which it is not done."""
NO_LONGER = N_("Người gửi việc này không còn được giao việc đó nên việc không được thực hiện; chưa có gì thay đổi.")


def init_app(app: Flask, handlers: Mapping[str, Handler]) -> None:
    """Plug in the handlers of jobs, by kind."""
    app.extensions["jobs"] = dict(handlers)


def check_owners(app: Flask, may: May) -> None:
    """Plug in the check whether the owner of a job may still have it done."""
    app.extensions["jobs_may"] = may


def handlers() -> dict[str, Handler]:
    """The handlers of the running application, by kind."""
    found: dict[str, Handler] = current_app.extensions["jobs"]
    return found


def still_allowed(session: Session, claim: Claim) -> None:
    """Let a job through whose owner may have it done, and one that was asked for without saying what it needs.

    Raises:
        JobFailed: the owner lost the permission, or was switched off, since the job was asked for.
    """
    needs = claim.payload.get(NEEDS)
    may: May = current_app.extensions["jobs_may"]
    if needs and not may(session, claim.owner, needs["permission"], needs["units"]):
        raise JobFailed(NO_LONGER)
