"""Work that takes longer than a page may: rows in the application's own database, done by `flask worker`.

A room says what its jobs do (`<room>/jobs.py`), `app.py` hands that in, a door enqueues in the transaction of its own
act. What a job changes and that it is done are committed together or not at all, so that nothing takes effect twice.
"""

from core.jobs.handlers import Handler, check_owners, init_app
from core.jobs.models import Job, State
from core.jobs.queue import Order, enqueue
from core.jobs.task import Cancelled, JobFailed, LostLease, Outcome, Stopping, Task

__all__ = [
    "Cancelled",
    "Handler",
    "Job",
    "JobFailed",
    "LostLease",
    "Order",
    "Outcome",
    "State",
    "Stopping",
    "Task",
    "check_owners",
    "enqueue",
    "init_app",
]
