"""Retention rules of participants, and the job that erases those of a large contest early."""

import uuid
from datetime import date

from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.audit import actor_of
from core.erasure_log import FILE, read
from core.jobs import Handler, JobFailed, JobOutcome, JobTask
from core.retention import Rule
from core.translation import gettext
from core.values.kept import kept
from core.values.numbers import thousands
from core.values.text import N_
from core.web.extensions import keyring, settings
from quiz.contest.models import Contest
from quiz.contest.operations.roster import ROSTER, forget_rows
from quiz.persons.operations.deletion import StillNeeded, erase_contest
from quiz.persons.operations.retention import purge_contacts, purge_names
from quiz.persons.rules.retention import CONTACT_DAYS, NAMED_DAYS, OBJECTION_DAYS, YEAR

ERASE = "quiz.erase"


PEOPLE_IN_A_PAGE = 2000
"""The most participants that are erased within a request; more are a job."""
_ERASED = kept(N_("Đã xóa thông tin cá nhân của %(erased)s người dự thi."))


def forget_on_rosters_again(session: Session, _today: date) -> str:
    """After a restore: delete the rows of rosters of people who were erased since the copy was made."""
    forget_rows(session, read(settings().instance_path / FILE, ROSTER))
    return ""


_NEEDED = N_("Cuộc thi còn đợt chưa công bố, người chưa gọi hoặc yêu cầu chưa trả lời, nên chưa xóa.")


def erase_people(task: JobTask) -> JobOutcome:
    """Erase all participants of a finished contest. Payload: `contest`, `reason`, `approval`."""
    given, contest = task.payload, task.session.get_one(Contest, task.payload["contest"])
    task.progress(0, 0)
    task.hold()
    approval = task.session.get_one(Approval, uuid.UUID(given["approval"])) if given["approval"] else None
    try:
        erased = erase_contest(
            task.session, task.keyring, actor_of(task.owner), contest, reason=given["reason"], now=task.now,
            approval=approval,
        )  # fmt: skip
    except StillNeeded as error:
        raise JobFailed(_NEEDED) from error
    return JobOutcome(gettext(_ERASED, erased=thousands(erased)))


HANDLERS: dict[str, Handler] = {ERASE: erase_people}

RETENTION = (
    Rule(
        "contacts",
        N_("Họ tên, số điện thoại, năm sinh của người dự thi"),
        lazy_gettext("%(days)s ngày sau kết quả đợt cuối", days=OBJECTION_DAYS + CONTACT_DAYS),
        N_("Hết thời gian khiếu nại và trao giải thì không còn cần"),
        lambda session, today: purge_contacts(session, keyring(), today),
    ),
    Rule(
        "names",
        N_("Họ tên người đạt giải đã đồng ý nêu tên"),
        lazy_gettext(
            "%(years)s năm và %(days)s ngày sau kết quả đợt cuối", years=NAMED_DAYS // YEAR, days=OBJECTION_DAYS
        ),
        N_("Theo sự đồng ý; để đối chiếu danh sách đã công bố"),
        lambda session, today: purge_names(session, keyring(), today),
    ),
)
"""Retention rules of participants' personal data."""
