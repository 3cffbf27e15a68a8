"""What is done daily and around a restore about the data of participants, and how long it is kept."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from core import clock
from core.erasure_log import FILE, note, read
from core.lifecycle import Duty
from core.messages.outbox import record_event
from core.retention import Rule
from core.values.numbers import thousands
from core.values.text import N_
from core.web.extensions import keyring, settings
from quiz.contest.operations.consent import withdraw_again
from quiz.persons.operations import erasure
from quiz.persons.operations.erasure import ERASED
from quiz.persons.operations.person_request import restrict_again
from quiz.persons.operations.retention import purge_contacts, purge_names, purge_requests
from quiz.persons.queries.events import falling_due
from quiz.persons.queries.person_request import list_erased, list_restricted, list_withdrawn
from quiz.persons.rules.retention import CONTACT_DAYS, NAMED_DAYS, OBJECTION_DAYS, REQUEST_DAYS

RETENTION = (
    Rule(
        "contacts", N_("Họ tên, số điện thoại, năm sinh của người dự thi"),
        N_("{days} ngày sau kết quả tuần cuối").format(days=OBJECTION_DAYS + CONTACT_DAYS),
        N_("Hết thời gian khiếu nại và trao giải thì không còn cần"),
        lambda session, today: purge_contacts(session, keyring(), today),
    ),
    Rule(
        "names", N_("Họ tên người đạt giải đã đồng ý nêu tên"),
        N_("{days} ngày sau kết quả tuần cuối").format(days=OBJECTION_DAYS + NAMED_DAYS),
        N_("Theo sự đồng ý; để đối chiếu danh sách đã công bố"),
        lambda session, today: purge_names(session, keyring(), today),
    ),
    Rule(
        "requests", N_("Thông tin của người gửi yêu cầu về dữ liệu cá nhân"),
        N_("{days} ngày sau khi trả lời").format(days=REQUEST_DAYS),
        N_("Để trả lời nếu người yêu cầu hỏi lại"), purge_requests,
    ),
)  # fmt: skip
"""What a contest keeps of people, and how long."""


def note_erased(session: Session, _today: date) -> str:
    """A duty before data is replaced by a copy of its own past: whoever it doesn't know any more is remembered."""
    note(session, ERASED, list_erased(session))
    return ""


def erase_again(session: Session, _today: date) -> str:
    """A duty after a restore: whoever was erased since the backup is erased in it as well."""
    gone = read(settings().instance_path / FILE, ERASED)
    count = erasure.erase_again(session, keyring(), gone, now=clock.now())
    return f"Đã xóa lại thông tin của {thousands(count)} người đã được xóa sau bản sao lưu." if count else ""


def carry_withdrawals(session: Session) -> Duty:
    """What somebody took back since a copy was made, nobody agrees to in the copy either."""
    ended = list_withdrawn(session)

    def once_more(session: Session, _today: date) -> str:
        count = withdraw_again(session, ended)
        return f"Đã ghi lại {thousands(count)} lần rút lại sự đồng ý sau bản sao lưu." if count else ""

    return once_more


def carry_restrictions(session: Session) -> Duty:
    """Whoever had the use of their data stopped since a copy was made, is left alone in the copy too."""
    stopped = list_restricted(session)

    def once_more(session: Session, _today: date) -> str:
        count = restrict_again(session, stopped)
        return f"Thông tin của {thousands(count)} người vẫn tạm dừng sử dụng, như sau bản sao lưu." if count else ""

    return once_more


def tell_of_due(session: Session, today: date) -> str:
    """A daily duty: receivers of webhooks are told of requests whose last legal day is near."""
    for event in falling_due(session, today):
        record_event(session, event, now=clock.now())
    return ""
