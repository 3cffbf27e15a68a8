"""Write the certificates of many prizes, and the workbook of a large round, in the background."""

from pathlib import Path

from account.operations.audit import actor_of
from core.jobs import Handler, JobFailed, JobOutcome, JobTask
from core.translation import gettext
from core.values.kept import kept
from core.values.text import N_
from core.values.week import local_date
from quiz.awards.documents.round_certificates import write_certificates
from quiz.awards.files.paper_file import opened_names, papers_workbook
from quiz.awards.files.round_workbook import round_workbook
from quiz.awards.queries.paper_file import stream_filed
from quiz.awards.queries.round_file import RoundFile, read_round_file
from quiz.contest.labels.rounds import round_words
from quiz.contest.models import Round
from quiz.results.operations.taken import record_file_taken
from quiz.results.queries.contact import list_openings

CERTIFICATES = "quiz.certificates"
CERTIFICATES_IN_A_PAGE = 40
"""The most certificates that are written within the request."""
CERTIFICATE_FILE = "giay-chung-nhan.pdf"
WORKBOOK = "quiz.workbook"
LINES_IN_A_PAGE = 10_000
"""The most lines of the standings that are written within the request."""
WORKBOOK_FILE = "so-lieu.xlsx"
PAPERS = "quiz.papers"
PAPERS_FILE = "tat-ca-bai.xlsx"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NONE = N_("Không còn tên nào đọc được: danh sách người đạt giải không còn mở. Hãy mở lại rồi in.")
_NOT_CLOSED = N_("Đợt này chưa chốt nên chưa có tệp.")
_CERTIFICATES = kept(N_("Đã viết %(n)s giấy chứng nhận."))
_WORKBOOK = kept(N_("Đã viết bảng số liệu %(round)s."))
_PAPERS = kept(N_("Đã viết tất cả bài dự thi, %(round)s."))


def write_many_certificates(task: JobTask) -> JobOutcome:
    """Write the certificates of a round. Payload: `round`, `address`, `account`.

    The names are those that are open to the account when the job runs.
    """
    file, target = _file(task), _target(task, CERTIFICATE_FILE)
    if not any(line.name for line in file.prizes):
        raise JobFailed(_NONE)
    address, today = task.payload["address"], local_date(task.now)
    count = write_certificates(task.session, task.keyring, file, target, address=address, today=today)
    _record(task, file, CERTIFICATE_FILE, file.opened_people)
    said = gettext(_CERTIFICATES, n=count)
    return JobOutcome(said, target, f"giay chung nhan tuan {file.round.number}.pdf", PDF)


def write_large_workbook(task: JobTask) -> JobOutcome:
    """Write the workbook of a round with many entries. Payload: `round`, `account`; names as for certificates."""
    file, target = _file(task), _target(task, WORKBOOK_FILE)
    round_workbook(task.session, file, target, watch=lambda lines: task.watched(lines, file.ranked, str(N_("bài"))))
    _record(task, file, WORKBOOK_FILE, len(file.front) + file.opened_people)
    said = gettext(_WORKBOOK, round=round_words(file.round))
    return JobOutcome(said, target, f"so lieu tuan {file.round.number}.xlsx", XLSX)


def write_all_papers(task: JobTask) -> JobOutcome:
    """Write the workbook of all papers of a round. Payload: `round`, `account`; names as for certificates."""
    file, target = _file(task), _target(task, PAPERS_FILE)
    papers, total = stream_filed(task.session, file.result), file.result.turns
    papers_workbook(file, papers, target, watch=lambda some: task.watched(some, total, str(N_("bài"))))
    _record(task, file, PAPERS_FILE, len(opened_names(file)))
    said = gettext(_PAPERS, round=round_words(file.round))
    return JobOutcome(said, target, f"bai du thi tuan {file.round.number}.xlsx", XLSX)


def _file(task: JobTask) -> RoundFile:
    """Return the round's file as the account may read it now."""
    task.progress(0, 0)
    round = task.session.get_one(Round, task.payload["round"])
    opened = list_openings(task.session, round, task.payload["account"], task.now)
    file = read_round_file(task.session, task.keyring, round, opened.keys(), task.now)
    if file is None:
        raise JobFailed(_NOT_CLOSED)
    return file


def _target(task: JobTask, name: str) -> Path:
    task.folder.mkdir(parents=True, exist_ok=True)
    return task.folder / name


def _record(task: JobTask, file: RoundFile, name: str, people: int) -> None:
    """Record the file; from here on the job writes."""
    task.hold()
    record_file_taken(task.session, actor_of(task.owner), file.round, file=name, people=people, now=task.now)


HANDLERS: dict[str, Handler] = {
    CERTIFICATES: write_many_certificates,
    WORKBOOK: write_large_workbook,
    PAPERS: write_all_papers,
}
