"""Background jobs: rows in the application's own database, run by `flask worker`.

A room registers its handlers by kind, and a page enqueues in its own transaction. What a job changes and that it is
done are committed together, so that nothing takes effect twice.
"""

from core.jobs.handlers import Handler
from core.jobs.models import Job, State
from core.jobs.queue import Order, enqueue
from core.jobs.task import Cancelled, JobFailed, JobOutcome, JobTask, LostLease, Stopping

__all__ = [
    "Cancelled",
    "Handler",
    "Job",
    "JobFailed",
    "LostLease",
    "Order",
    "JobOutcome",
    "State",
    "Stopping",
    "JobTask",
    "enqueue",
]
