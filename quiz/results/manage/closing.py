"""Close a round, which can't be undone, after a page that shows its figures; a round without entries, or with a paper
sheet that waits for the second account, needs confirmation.
"""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.queries.approval import list_of_part
from account.views.current import actor
from core import clock
from core.values.kept import kept
from core.values.text import N_
from core.values.week import local_date
from core.web.access import requires
from core.web.extensions import db, keyring
from core.web.forms import ActionForm, StaffForm
from core.web.jobs import owner, start_job
from quiz.attempt.queries.origin import count_entries
from quiz.attempt.queries.paper_sheets import SheetCounts, count_sheets
from quiz.contest.labels.rounds import kept_round
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.queries import phase_of
from quiz.contest.rules.actions import SHEET, QuizAction
from quiz.contest.rules.schedule import Phase
from quiz.results.forms.closing import CloseEmptyForm, CloseUnfinishedForm
from quiz.results.jobs import CLOSE, ENTRIES_IN_A_PAGE
from quiz.results.manage.lines import list_open_lines
from quiz.results.operations.closing import close_round
from quiz.results.operations.versions import TooEarly

Page = Response | tuple[str, int]
_TITLE = kept(N_("Chốt %(round)s, %(contest)s"))
"""The title of the job."""


@blueprint.route("/<slug>/tuan/<int:number>/chot", methods=["GET", "POST"])
@requires("contest.manage")
def close(slug: str, number: int) -> Page:
    """Lock and rank the entries."""
    round = round_or_404(slug, number)
    if phase_of(round, clock.now()) is not Phase.ENDED or not round.contest.takes_papers:
        return _back(round)
    people = count_entries(db.session, round)
    sheets = count_sheets(db.session, round)
    form = _form(people, sheets)
    if not form.validate_on_submit():
        return _page(round, people, sheets, form)
    if people > ENTRIES_IN_A_PAGE:
        return _close_as_a_job(round)
    _close(round)
    return _back(round)


def _form(people: int, sheets: SheetCounts) -> StaffForm:
    if sheets.waiting:
        return CloseUnfinishedForm().about(sheets.untouched + sheets.waiting)
    return ActionForm() if people else CloseEmptyForm()


def _page(round: Round, people: int, sheets: SheetCounts, form: StaffForm) -> tuple[str, int]:
    imports = list_of_part(db.session, SHEET, round.id, QuizAction.ENTRY_IMPORT)
    waiting = sum(each.is_open_on(local_date(clock.now())) for each in imports)
    shared = list_open_lines(round)
    words = {
        "contest": round.contest,
        "shared": shared,
        "round": round,
        "people": people,
        "printed": sheets,
        "form": form,
        "waiting": waiting,
    }
    return render_template("quiz/results/manage/close.html", **words), 422 if form.is_submitted() else 200


def _close_as_a_job(round: Round) -> Response:
    title = _TITLE % {"round": kept_round(round), "contest": round.contest.title}
    unit_id, dedupe = round.contest.unit_id, f"{CLOSE}:{round.id}:{owner()}"
    needs = ("contest.manage", [unit_id])
    back = url_for(".round", slug=round.contest.slug, number=round.number)
    payload = {"round": round.id}
    return start_job(CLOSE, title, needs=needs, unit_id=unit_id, payload=payload, back=back, dedupe=dedupe)


def _close(round: Round) -> None:
    try:
        result = close_round(db.session, keyring(), actor(), round, now=clock.now(), between=db.session.commit)
    except TooEarly:
        db.session.rollback()
        flash(_("Chưa chốt được: xin đợi một phút sau giờ đóng, để bài đến đúng giờ được nhận hết."), "error")
        return
    db.session.commit()
    if result is not None:
        flash(_("Đã khóa bài và xếp hạng %(n)s bài dự thi.", n=result.people), "success")


def _back(round: Round) -> Response:
    return redirect(url_for(".round", slug=round.contest.slug, number=round.number))
