"""Print paper sheets of a round again: the same ones, where the file or the paper was lost."""

from flask import render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.web.access import requires
from core.web.extensions import db, keyring
from quiz.attempt.forms.paper_sheet import MOST_PRINTED, ReprintForm
from quiz.attempt.manage.paper_sheets import NOT_PRINTED
from quiz.attempt.manage.sheet_file import sheets_file
from quiz.attempt.operations.sheet_printing import reprint_sheets
from quiz.attempt.queries.printed import list_blank_sheets
from quiz.attempt.rules.printed import spans_of
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round

Page = Response | tuple[str, int]


@blueprint.route("/<slug>/tuan/<int:number>/phieu-giay/in-lai", methods=["GET", "POST"])
@requires("contest.manage")
def reprint(slug: str, number: int) -> Page:
    """Ask which of the printed sheets are to be printed again, and send them."""
    round, form = round_or_404(slug, number), ReprintForm()
    if not form.validate_on_submit():
        return _page(round, form, 422 if form.is_submitted() else 200)
    first, last = form.first.data or 0, form.last.data or 0
    try:
        sheets = reprint_sheets(db.session, keyring(), actor(), round, first, last, now=clock.now())
    except tuple(NOT_PRINTED) as refusal:
        db.session.rollback()
        form.form_errors.append(_(NOT_PRINTED[type(refusal)]))
        return _page(round_or_404(slug, number), form, 409)
    if not sheets:
        form.first.errors = [_("Các phiếu này không in lại được: đã nhập, có tên, hoặc in trước khi đề đổi.")]
        return _page(round, form, 409)
    reply = sheets_file(round, sheets, f"phieu-giay-{sheets[0].number}-{sheets[-1].number}")
    db.session.commit()
    return reply


def _page(round: Round, form: ReprintForm, status: int) -> Page:
    blank = [each.number for each in list_blank_sheets(db.session, keyring(), round)]
    if blank and not form.is_submitted():
        latest = blank[-MOST_PRINTED:]
        form.first.data, form.last.data = max(latest[0], latest[-1] - MOST_PRINTED + 1), latest[-1]
    words = {"contest": round.contest, "round": round, "form": form, "blank": spans_of(blank)}
    return render_template("quiz/attempt/manage/reprint.html", **words), status
