"""Send a letter to the address that asked for one when its job is done, in the transaction of the job's end."""

from sqlalchemy.orm import Session

from core import clock
from core.jobs.models import Job
from core.jobs.queue import Claim
from core.jobs.task import Outcome
from core.messages.letters import PageLink
from core.messages.outbox import post_letter

TELL = "tell"
"""The place in a job's payload of the address that wants to be told."""


def notify_owner(session: Session, claim: Claim, outcome: Outcome) -> None:
    """Post a letter to the address that the job was given, if it was given one."""
    to = claim.payload.get(TELL)
    if to:
        title = session.get_one(Job, claim.id).title
        link = PageLink("jobs.show", {"job_id": claim.id})
        post_letter(session, "job_done", to=to, now=clock.now(), title=title, said=outcome.said, link=link)
