"""The page of a round's files, and the files: workbook, minutes, decision, list to sign, bulletin."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from account.views.current import actor, present_account
from core import clock
from core.docx import DOCX
from core.values.week import local_date
from core.web.access import requires, scope_of
from core.web.downloads import XLSX, download
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from quiz.awards.documents.bulletin import bulletin_docx, press_text
from quiz.awards.documents.decision import decision_docx, sign_off_docx
from quiz.awards.documents.minutes import minutes_docx
from quiz.awards.files.round_workbook import round_workbook
from quiz.awards.manage.file_page import RoundFilePage, file_page
from quiz.awards.operations.taken import record_file_taken
from quiz.awards.queries.round_file import RoundFile, read_round_file
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.queries import phase_of
from quiz.contest.rules.schedule import Phase
from quiz.results.models.contact import FRONT, WINNERS
from quiz.results.queries import result as results
from quiz.results.queries.contact import list_openings

DOCUMENTS: Mapping[str, Callable[[RoundFile, date], bytes]] = {
    "bien-ban.docx": minutes_docx,
    "quyet-dinh.docx": decision_docx,
    "danh-sach-ky-nhan.docx": sign_off_docx,
    "ban-tin.docx": bulletin_docx,
}
"""The writer of each document, by the end of its address."""
BULLETIN = "ban-tin.docx"


@dataclass(frozen=True)
class OwnFile:
    """The file of a round as the signed-in account may read it; `front` are opened names of the standings."""

    file: RoundFile
    front: Mapping[UUID, str]
    opened: frozenset[str]


@blueprint.get("/<slug>/tuan/<int:number>/ho-so")
@requires("result.see")
def round_file(slug: str, number: int) -> str:
    """Show every file of a closed round, and why some are not ready yet."""
    round = round_or_404(slug, number)
    own = own_file(round)
    page: RoundFilePage | None = None
    if own is not None:
        page = file_page(own.file, is_published=is_published(round), are_open=WINNERS in own.opened)
    text = press_text(own.file) if own is not None and is_published(round) else ""
    return render_template(
        "quiz/awards/manage/round_file.html", contest=round.contest, round=round, page=page, press=text,
        form=ActionForm(),
    )  # fmt: skip


@blueprint.get("/<slug>/tuan/<int:number>/ho-so/so-lieu.xlsx")
@requires("result.see")
def round_figures_file(slug: str, number: int) -> BaseResponse:
    """Send the workbook of a closed round; names are those that are open to this account."""
    round, target = round_or_404(slug, number), BytesIO()
    own = own_file(round)
    if own is None:
        return to_files(round)
    round_workbook(db.session, own.file, target, own.front)
    record_taken(round, "so-lieu.xlsx", len(own.front) + opened_people(own))
    return download(target.getvalue(), XLSX, f"{_name(round)} so lieu.xlsx")


@blueprint.get(
    "/<slug>/tuan/<int:number>/ho-so/"
    "<any('bien-ban.docx','quyet-dinh.docx','danh-sach-ky-nhan.docx','ban-tin.docx'):name>"
)
@requires("result.see")
def round_document(slug: str, number: int, name: str) -> BaseResponse:
    """Send a document of a closed round, to be filled in and signed; the bulletin after the publication alone."""
    round = round_or_404(slug, number)
    own = own_file(round)
    if own is None or (name == BULLETIN and not is_published(round)):
        return to_files(round)
    content = DOCUMENTS[name](own.file, local_date(clock.now()))
    if name != BULLETIN:
        record_taken(round, name, opened_people(own))
    return download(content, DOCX, f"{_name(round)} {name.replace('-', ' ')}")


def own_file(round: Round) -> OwnFile | None:
    """Return the file of *round* for the signed-in account; None before the close."""
    now = clock.now()
    may_open = round.contest.unit_id in scope_of("contact.open")
    opened = frozenset(list_openings(db.session, round, present_account().id, now) if may_open else ())
    file = read_round_file(db.session, keyring(), round, opened & {WINNERS}, now)
    if file is None:
        return None
    front = results.list_standings(db.session, file.result, limit=results.FRONT) if FRONT in opened else []
    contacts = results.contacts_of(db.session, keyring(), [row.participant for row in front])
    return OwnFile(file, {id: contact.name for id, contact in contacts.items()}, opened)


def to_files(round: Round) -> BaseResponse:
    """Redirect to the page of the files, which says what is not ready and why."""
    return redirect(url_for(".round_file", slug=round.contest.slug, number=round.number))


def is_published(round: Round) -> bool:
    """Whether the results of *round* are public now."""
    return phase_of(round, clock.now()) is Phase.PUBLISHED


def opened_people(own: OwnFile) -> int:
    """Return the people whose names the file has because they were opened."""
    return sum(bool(line.name) for line in own.file.winners) if WINNERS in own.opened else 0


def record_taken(round: Round, name: str, people: int) -> None:
    """Record and commit that the account took a file with the opened names of so many *people*."""
    record_file_taken(db.session, actor(), round, file=name, people=people, now=clock.now())
    db.session.commit()


def _name(round: Round) -> str:
    return f"{round.contest.slug} tuan {round.number}"
