"""What is done once a day: what has run out is deleted, what has come due is done."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from core.duties import fulfil
from core.jobs.queue import purge_beats, purge_jobs
from core.messages.outbox import purge_messages
from core.replay import purge_replies
from core.sheets.memory import purge_drafts
from core.values.numbers import thousands
from core.values.week import VIETNAM

BEATS_KEPT = timedelta(days=2)


def tidy(session: Session, today: date) -> Iterator[str]:
    """Do it as of *today*, and tell of each; doing it again changes nothing more."""
    replies, drafts = purge_replies(session, today), purge_drafts(session, today)
    yield f"Đã xóa {thousands(replies)} phản hồi gửi lại đã hết hạn."
    yield f"Đã xóa {thousands(drafts)} bảng tính tải lên mà chưa nhập."
    jobs, messages = purge_jobs(session, today), purge_messages(session, today)
    yield f"Đã xóa {thousands(jobs)} việc đã xong quá hạn giữ, {thousands(messages)} tin đã gửi quá hạn giữ."
    purge_beats(session, datetime.combine(today, time.min, VIETNAM) - BEATS_KEPT)
    yield from fulfil("daily", session, today)
