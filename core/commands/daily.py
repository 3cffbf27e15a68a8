"""The daily duties as a job: once a day in Vietnam, by any one worker."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from core.commands.housekeeping import tidy
from core.crypto import Keyring
from core.duties import check_daily
from core.jobs.queue import Order, enqueue
from core.jobs.task import JobOutcome, JobTask
from core.values.kept import kept
from core.values.text import N_
from core.values.week import local_date

KIND = "core.daily"
OWNER = "system"
_TITLE = kept(N_("Việc hằng ngày %(day)s"))


def enqueue_today(session: Session, keyring: Keyring, now: datetime) -> None:
    """Enqueue today's duties, unless they were enqueued before."""
    today = local_date(now)
    title = _TITLE % {"day": f"{today:%d/%m/%Y}"}
    day = today.isoformat()
    order = Order(KIND, title, OWNER, payload={"day": day}, dedupe=f"daily:{day}", may_come_again=False)
    enqueue(session, keyring, order, now=now)


def run(task: JobTask) -> JobOutcome:
    """Purge what has expired and run the daily duties."""
    today = date.fromisoformat(task.payload["day"])
    checked = check_daily(task.session)
    task.session.rollback()  # a lock is taken on what stands now, not on what the checks began to read
    task.hold()
    return JobOutcome(" ".join(tidy(task.session, today, task.now, checked=checked)))
