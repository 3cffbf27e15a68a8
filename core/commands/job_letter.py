"""Mail a notice that a job is done, in the transaction of the job's end."""

from sqlalchemy.orm import Session

from core import clock
from core.jobs.handlers import NOTIFY
from core.jobs.models import Job
from core.jobs.queue import Claim
from core.jobs.task import JobOutcome
from core.messages.letters import PageLink
from core.messages.outbox import post_letter


def notify_owner(session: Session, claim: Claim, outcome: JobOutcome) -> None:
    """Post a letter to the address in the job's payload, if there is one."""
    to = claim.payload.get(NOTIFY)
    if to:
        title = session.get_one(Job, claim.id).title
        link = PageLink("jobs.show", {"job_id": claim.id})
        post_letter(session, "job_done", to=to, now=clock.now(), title=title, said=outcome.said, link=link)
