"""The daily clean-up: retention rules of the machinery, and the run that purges and does the daily duties."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from core import retention
from core.duties import Duty, run_duties
from core.idempotency import purge_replies
from core.jobs.queue import purge_beats, purge_jobs
from core.messages.outbox import purge_messages
from core.retention import Rule
from core.sheets.memory import purge_drafts
from core.values.numbers import thousands
from core.values.text import N_
from core.values.week import VIETNAM

BEATS_KEPT = timedelta(days=2)


def _purge_beats(session: Session, today: date) -> int:
    return purge_beats(session, datetime.combine(today, time.min, VIETNAM) - BEATS_KEPT)


RETENTION = (
    Rule(
        "replies", N_("Bản trả lời đã gửi, giữ để bấm gửi hai lần chỉ tính một"), N_("24 giờ"),
        N_("Chỉ để gửi lại mà không bị tính hai lần"), purge_replies,
    ),
    Rule(
        "drafts", N_("Bảng tính tải lên mà chưa nhập"), N_("1 ngày; chờ phê duyệt: 14 ngày"),
        N_("Chỉ để xem lại trước khi nhập"), purge_drafts,
    ),
    Rule("jobs", N_("Việc chạy nền đã xong và tệp kết quả"), N_("7 ngày"), N_("Đủ để tải kết quả về"), purge_jobs),
    Rule(
        "messages", N_("Thư và tin nhắn đã gửi"), N_("3 ngày; tin không gửi được giữ 14 ngày"),
        N_("Đủ để biết đã gửi hay chưa"), purge_messages,
    ),
    Rule("beats", N_("Dấu báo chương trình nền còn chạy"), N_("2 ngày"), N_("Để biết còn chạy"), _purge_beats),
)  # fmt: skip
"""The retention rules of core's own tables."""


def tidy(
    session: Session, today: date, now: datetime, *, is_trial: bool = False, checked: Sequence[Duty] = ()
) -> Iterator[str]:
    """Apply every retention rule as of *today*, run the daily duties, and yield a sentence for each; idempotent.

    *checked* are the duties that mend what today's checks found. A trial says what would be removed and runs no duty;
    the caller rolls back.
    """
    word = N_("sẽ xóa") if is_trial else N_("đã xóa")
    for run in retention.purge(session, today=today, now=now):
        yield f"{run.kind}: {word} {thousands(run.removed)}."
    if not is_trial:
        yield from run_duties("daily", session, today, *checked)
