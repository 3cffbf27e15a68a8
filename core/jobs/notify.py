"""Whoever asked to be told when a job is done is sent a letter, in the transaction of its end."""

from sqlalchemy.orm import Session

from core import clock
from core.jobs.models import Job
from core.jobs.queue import Claim
from core.jobs.task import Outcome
from core.messages.letters import public_link, write
from core.messages.outbox import post_mail
from core.web.extensions import keyring, settings

TELL = "tell"
"""The place in a job's payload of the address that wants to be told."""


def notify_owner(session: Session, claim: Claim, outcome: Outcome) -> None:
    """A letter to the address that the job was given, if it was given one."""
    to = claim.payload.get(TELL)
    if to and settings().mail_url:
        title = session.get_one(Job, claim.id).title
        letter = write("job_done", title=title, said=outcome.said, link=public_link("jobs.show", job_id=claim.id))
        post_mail(session, keyring(), to=to, letter=letter, now=clock.now())
