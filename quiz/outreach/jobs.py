"""Put the messages of an announcement into the outbox, some at a time; keep what became of them, daily."""

import uuid
from datetime import date

from sqlalchemy.orm import Session

from core.jobs import Handler, JobFailed, JobOutcome, JobTask
from core.translation import gettext
from core.values.kept import kept
from core.values.numbers import thousands
from core.values.text import N_
from quiz.outreach.models import Announcement
from quiz.outreach.operations.announcement import JOB, Links, Sending, post_some, settle_states

_POSTED = kept(N_("Đã đưa %(n)s tin nhắn vào hàng chờ gửi."))
_KEPT = kept(N_("Đã ghi kết quả của %(n)s tin nhắn."))
_GONE = N_("Tin nhắn này không còn.")


def post_messages(task: JobTask) -> JobOutcome:
    """Post the next messages of an announcement. Payload: `announcement`, `after`, and the addresses of its links."""
    given = task.payload
    task.progress(0, 0)
    task.hold()
    announcement = task.session.get(Announcement, uuid.UUID(given["announcement"]))
    if announcement is None:
        raise JobFailed(_GONE)
    sending = Sending(Links(given["contest"], given["stop"]), task.owner)
    posted = post_some(task.session, task.keyring, announcement, sending, uuid.UUID(given["after"]), now=task.now)
    return JobOutcome(gettext(_POSTED, n=thousands(posted)))


def keep_states(session: Session, _today: date) -> str:
    """Daily: keep the state of messages that ended, before the outbox deletes them."""
    return gettext(_KEPT, n=settle_states(session))


HANDLERS: dict[str, Handler] = {JOB: post_messages}
