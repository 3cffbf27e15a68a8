"""Check background work: the worker, failed jobs, messages that can't be delivered."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from core.commands.doctor.finding import FIRST_START, NOT_YET, Finding, bad, good, look
from core.jobs.queries import count_failed, last_beat
from core.last_port import has_started
from core.messages.outbox import count_messages, last_trouble
from core.settings import Settings
from core.translation import gettext
from core.values.dates import moment
from core.values.numbers import thousands
from core.values.text import N_
from core.web.command_line import flask_line, make_line

SILENT = timedelta(minutes=5)
LATELY = timedelta(days=1)
_WORKER, _JOBS, _OUTBOX = N_("Tiến trình làm việc nền"), N_("Việc chạy nền"), N_("Hộp chờ gửi")


def check_worker(session: Session, settings: Settings, now: datetime) -> Finding:
    """Check that a worker was alive in the last minutes."""
    seen = last_beat(session)
    by_hand = make_line("serve")
    start = gettext(
        "Khởi động lại máy chủ web, nó được mở kèm theo (systemctl restart lang-nghe, hay %(by_hand)s); xem nhật ký.",
        by_hand=by_hand,
    )
    alone = gettext(
        "WORKER đang là off: tự chạy %(command)s, hoặc bỏ WORKER=off rồi khởi động lại máy chủ web.",
        command=flask_line("worker"),
    )
    remedy = start if settings.worker else alone
    if seen is None:
        if not has_started(settings.instance_path):
            return look(_WORKER, NOT_YET, FIRST_START)
        return bad(_WORKER, N_("không có tiến trình nào đang chạy"), remedy)
    if now - seen > SILENT:
        return bad(_WORKER, gettext("im lặng từ %(seen)s", seen=moment(seen)), remedy)
    return good(_WORKER, gettext("nghe thấy lúc %(seen)s", seen=moment(seen)))


def check_jobs(session: Session, now: datetime) -> Finding:
    """Check how many jobs failed in the last day."""
    failed = count_failed(session, now - LATELY)
    if failed:
        remedy = N_("Mở Việc chạy nền để đọc lý do; lỗi ngoài dự kiến thì xem nhật ký máy chủ.")
        return look(_JOBS, gettext("%(failed)s việc chưa làm được trong 24 giờ qua", failed=thousands(failed)), remedy)
    return good(_JOBS, N_("không có việc nào hỏng trong 24 giờ qua"))


def check_outbox(session: Session) -> Finding:
    """Check how many messages were given up, and how many wait."""
    counts = count_messages(session)
    failed, queued, trouble = counts.get("failed", 0), counts.get("queued", 0), last_trouble(session)
    if failed:
        state = gettext("%(failed)s tin không gửi được (%(trouble)s)", failed=thousands(failed), trouble=trouble)
        return bad(_OUTBOX, state, N_("Sửa nguyên nhân ghi trong ngoặc, rồi gửi lại lời mời hay thông báo ấy."))
    if trouble and queued:
        state = gettext(
            "%(queued)s tin đang chờ, lần gửi trước chưa được (%(trouble)s)", queued=thousands(queued), trouble=trouble
        )
        return look(_OUTBOX, state, N_("Sửa nguyên nhân ghi trong ngoặc; tin sẽ tự gửi lại."))
    return good(_OUTBOX, gettext("%(queued)s tin đang chờ", queued=thousands(queued)))
