"""Write the certificates of a round with many prizes in the background."""

from account.operations.audit import actor_of
from core.jobs import Handler, JobFailed, JobOutcome, JobTask
from core.translation import gettext
from core.values.text import N_
from core.values.week import local_date
from quiz.awards.documents.round_certificates import write_certificates
from quiz.awards.operations.taken import record_file_taken
from quiz.awards.queries.round_file import read_round_file
from quiz.contest.models import Round
from quiz.results.models.contact import WINNERS
from quiz.results.queries.contact import list_openings

CERTIFICATES = "quiz.certificates"
CERTIFICATES_IN_A_PAGE = 40
"""The most certificates that are written within the request."""
CERTIFICATE_FILE = "giay-chung-nhan.pdf"
PDF = "application/pdf"
_NONE = N_("Không còn tên nào đọc được: danh sách người đạt giải không còn mở. Hãy mở lại rồi in.")


def write_many_certificates(task: JobTask) -> JobOutcome:
    """Write the certificates of a round. Payload: `round`, `address`, `account`.

    The names are those that are open to the account when the job runs.
    """
    given, round = task.payload, task.session.get_one(Round, task.payload["round"])
    task.progress(0, 0)
    opened = {WINNERS} & list_openings(task.session, round, given["account"], task.now).keys()
    file = read_round_file(task.session, task.keyring, round, opened, task.now)
    if file is None or not any(line.name for line in file.prizes):
        raise JobFailed(_NONE)
    task.folder.mkdir(parents=True, exist_ok=True)
    target = task.folder / CERTIFICATE_FILE
    count = write_certificates(
        task.session, task.keyring, file, target, address=given["address"], today=local_date(task.now)
    )
    task.hold()
    record_file_taken(
        task.session, actor_of(task.owner), round, file=CERTIFICATE_FILE, people=count if opened else 0, now=task.now
    )
    said = gettext("Đã viết %(n)s giấy chứng nhận.", n=count)
    return JobOutcome(said, target, f"giay chung nhan tuan {round.number}.pdf", PDF)


HANDLERS: dict[str, Handler] = {CERTIFICATES: write_many_certificates}
