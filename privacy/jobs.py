"""Retention of requests, the daily duty, and the duties around a restore that keep erasures in force."""

from datetime import date

from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from core import clock
from core.duties import Duty
from core.erasure_log import FILE, note, read
from core.messages.outbox import record_event
from core.retention import Rule
from core.translation import gettext
from core.values.numbers import thousands
from core.values.text import N_
from core.web.extensions import keyring, settings
from privacy.models.holder import holders_of
from privacy.operations.answers import erase_due, restrict_again
from privacy.operations.consent import withdraw_again
from privacy.operations.erasure import REQUESTS, erase_requests, erase_subjects, purge_requests
from privacy.queries.consents import list_withdrawn
from privacy.queries.events import falling_due
from privacy.queries.requests import list_erased_requests
from privacy.rules.retention import REQUEST_DAYS

RETENTION = (
    Rule(
        "requests",
        N_("Thông tin của người gửi yêu cầu về dữ liệu cá nhân"),
        lazy_gettext("%(days)s ngày sau khi trả lời", days=REQUEST_DAYS),
        N_("Để trả lời nếu người yêu cầu hỏi lại"),
        purge_requests,
    ),
)
"""The retention rule of requests."""


def note_erased(session: Session, _today: date) -> str:
    """Before a restore: add all that is erased in the present data to the log of erasures."""
    for holder in holders_of(session).values():
        note(session, holder.code, holder.list_erased(session))
    note(session, REQUESTS, list_erased_requests(session))
    return ""


def erase_again(session: Session, _today: date) -> str:
    """After a restore: erase again everybody in the log of erasures, and say how many they were."""
    file, count = settings().instance_path / FILE, 0
    for holder in holders_of(session).values():
        gone = sorted(read(file, holder.code))
        count += erase_subjects(session, keyring(), holder, gone, now=clock.now())
    erase_requests(session, read(file, REQUESTS))
    return (
        gettext("Đã xóa lại thông tin của %(count)s người đã được xóa sau bản sao lưu.", count=thousands(count))
        if count
        else ""
    )


def carry_withdrawals(session: Session) -> Duty:
    """Return the duty that repeats, after a restore, the withdrawals of consents in the present data."""
    ended = {holder.code: list_withdrawn(session, holder) for holder in holders_of(session).values()}

    def once_more(session: Session, _today: date) -> str:
        count = sum(withdraw_again(session, code, some) for code, some in ended.items())
        return (
            gettext("Đã ghi lại %(count)s lần rút lại sự đồng ý sau bản sao lưu.", count=thousands(count))
            if count
            else ""
        )

    return once_more


def carry_restrictions(session: Session) -> Duty:
    """Return the duty that repeats, after a restore, the restrictions in the present data."""
    stopped = [(holder, holder.list_restricted(session)) for holder in holders_of(session).values()]

    def once_more(session: Session, _today: date) -> str:
        count = sum(restrict_again(session, holder, some) for holder, some in stopped)
        return (
            gettext("Thông tin của %(count)s người vẫn tạm dừng sử dụng, như sau bản sao lưu.", count=thousands(count))
            if count
            else ""
        )

    return once_more


def carry_out_erasures(session: Session, _today: date) -> str:
    """Daily: erase people whose erasure waited for results that are published now."""
    count = erase_due(session, keyring(), now=clock.now())
    return (
        gettext("Đã xóa thông tin theo %(count)s yêu cầu chờ công bố kết quả.", count=thousands(count)) if count else ""
    )


def announce_due(session: Session, today: date) -> str:
    """Daily: send webhooks about requests whose last legal day is near."""
    for event in falling_due(session, today):
        record_event(session, event, now=clock.now())
    return ""
