"""The page of a round's files, and the files: workbook, minutes, decision, list to sign, bulletin."""

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from account.views.current import actor, present_account
from core import clock
from core.docx import DOCX
from core.values.kept import kept
from core.values.text import N_
from core.values.week import local_date
from core.web.access import requires, scope_of
from core.web.downloads import XLSX, download
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from core.web.jobs import owner, start_job
from core.web.letters import public_link
from quiz.awards.documents.bulletin import bulletin_docx, press_text
from quiz.awards.documents.decision import decision_docx, sign_off_docx
from quiz.awards.documents.minutes import minutes_docx
from quiz.awards.files.round_workbook import round_workbook
from quiz.awards.jobs import LINES_IN_A_PAGE, WORKBOOK, WORKBOOK_FILE
from quiz.awards.manage.file_page import file_page
from quiz.awards.queries.round_file import RoundFile, read_round_file
from quiz.contest.labels.rounds import kept_round
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.queries import phase_of
from quiz.contest.rules.schedule import Phase
from quiz.results.operations.taken import record_file_taken
from quiz.results.queries.contact import list_openings

DOCUMENTS: Mapping[str, Callable[[RoundFile, date], bytes]] = {
    "bien-ban.docx": minutes_docx,
    "quyet-dinh.docx": decision_docx,
    "danh-sach-ky-nhan.docx": sign_off_docx,
    "ban-tin.docx": bulletin_docx,
}
"""The writer of each document, by the end of its address."""
BULLETIN = "ban-tin.docx"
_TITLE = kept(N_("Bảng số liệu %(round)s"))
"""The title of the job."""
_WITH_CONTEST = kept(N_("%(job)s, %(contest)s"))


@blueprint.get("/<slug>/tuan/<int:number>/ho-so")
@requires("result.see")
def round_file(slug: str, number: int) -> str:
    """Show every file of a closed round, and why some are not ready yet."""
    round = round_or_404(slug, number)
    file = own_file(round)
    page = file_page(file, is_published=is_published(round)) if file else None
    text = press_text(file) if file and is_published(round) else ""
    return render_template(
        "quiz/awards/manage/round_file.html",
        contest=round.contest,
        round=round,
        page=page,
        press=text,
        form=ActionForm(),
    )


@blueprint.get("/<slug>/tuan/<int:number>/ho-so/so-lieu.xlsx")
@requires("result.see")
def round_figures_file(slug: str, number: int) -> BaseResponse:
    """Send the workbook of a closed round; names are those that are open to this account."""
    round, target = round_or_404(slug, number), BytesIO()
    file = own_file(round)
    if file is None:
        return to_files(round)
    if file.ranked > LINES_IN_A_PAGE:
        return start_file(file, WORKBOOK, _TITLE % {"round": kept_round(round)})
    round_workbook(db.session, file, target)
    record_taken(round, WORKBOOK_FILE, len(file.front) + file.opened_people)
    return download(target.getvalue(), XLSX, f"{_name(round)} so lieu.xlsx")


@blueprint.get(
    "/<slug>/tuan/<int:number>/ho-so/"
    "<any('bien-ban.docx','quyet-dinh.docx','danh-sach-ky-nhan.docx','ban-tin.docx'):name>"
)
@requires("result.see")
def round_document(slug: str, number: int, name: str) -> BaseResponse:
    """Send a document of a closed round, to be filled in and signed; the bulletin after the publication alone."""
    round = round_or_404(slug, number)
    file = own_file(round)
    if file is None or (name == BULLETIN and not is_published(round)):
        return to_files(round)
    content = DOCUMENTS[name](file, local_date(clock.now()))
    if name != BULLETIN:
        record_taken(round, name, file.opened_people)
    return download(content, DOCX, f"{_name(round)} {name.replace('-', ' ')}")


def own_file(round: Round) -> RoundFile | None:
    """Return the file of *round* for the signed-in account; None before the close."""
    now = clock.now()
    may_open = round.contest.unit_id in scope_of("contact.open")
    opened = list_openings(db.session, round, present_account().id, now) if may_open else {}
    return read_round_file(db.session, keyring(), round, opened.keys(), now)


def start_file(file: RoundFile, kind: str, title: str) -> BaseResponse:
    """Start the job of a *kind* that writes a large file of a round, with the permission that its names need."""
    round = file.round
    permission = "contact.open" if file.names_opened or file.front else "result.see"
    payload = {"round": round.id, "address": public_link("quiz.verify"), "account": present_account().id}
    return start_job(
        kind,
        _WITH_CONTEST % {"job": title, "contest": round.contest.title},
        needs=(permission, [round.contest.unit_id]),
        unit_id=round.contest.unit_id,
        payload=payload,
        back=url_for(".round_file", slug=round.contest.slug, number=round.number),
        dedupe=f"{kind}:{round.id}:{owner()}",
    )


def to_files(round: Round) -> BaseResponse:
    """Redirect to the page of the files, which says what is not ready and why."""
    return redirect(url_for(".round_file", slug=round.contest.slug, number=round.number))


def is_published(round: Round) -> bool:
    """Whether the results of *round* are public now."""
    return phase_of(round, clock.now()) is Phase.PUBLISHED


def record_taken(round: Round, name: str, people: int) -> None:
    """Record and commit that the account took a file with the opened names of so many *people*."""
    record_file_taken(db.session, actor(), round, file=name, people=people, now=clock.now())
    db.session.commit()


def _name(round: Round) -> str:
    return f"{round.contest.slug} tuan {round.number}"
