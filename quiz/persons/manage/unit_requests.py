"""The organiser's page of requests for another unit."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.web.access import requires
from core.web.extensions import db, keyring
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.persons.forms.unit_request import GRANT, UnitDecisionForm
from quiz.persons.operations.unit_requests import NoRoundLeft, UnitRequestDecided, decide_request, takes_requests
from quiz.persons.queries.unit_requests import find_request, list_requests

Page = Response | tuple[str, int]


@blueprint.get("/<slug>/doi-don-vi")
@requires("contest.manage")
def unit_requests(slug: str) -> Page:
    """Show the requests that wait, and what was decided on earlier ones; without a name."""
    return _page(contest_or_404(slug), UnitDecisionForm(None), 200)


@blueprint.post("/<slug>/doi-don-vi/<uuid:id>")
@requires("contest.manage")
def decide_unit(slug: str, id: UUID) -> Page:
    """Grant or refuse a request."""
    contest, form = contest_or_404(slug), UnitDecisionForm()
    found = find_request(db.session, contest, id) or abort(404)
    if not form.validate_on_submit():
        return _page(contest, form, 422, failed=id)
    is_granted, answer = form.deed.data == GRANT, form.answer.data or ""
    try:
        decide_request(db.session, actor(), found, is_granted=is_granted, answer=answer, now=clock.now())
    except NoRoundLeft:
        db.session.rollback()
        flash(_("Cuộc thi không còn đợt nào nhận bài, nên không đổi đơn vị được nữa."), "error")
    except UnitRequestDecided:
        db.session.rollback()
        flash(_("Yêu cầu này đã được quyết định, hoặc thông tin của người ấy đã xóa."), "warning")
    else:
        db.session.commit()
        flash(_("Đã đổi đơn vị.") if is_granted else _("Đã trả lời: giữ nguyên đơn vị."), "success")
    return redirect(url_for(".unit_requests", slug=slug))


def _page(contest: Contest, form: UnitDecisionForm, status: int, failed: UUID | None = None) -> Page:
    page = render_template(
        "quiz/persons/manage/unit_requests.html",
        contest=contest,
        form=form,
        failed=failed,
        waiting=list_requests(db.session, keyring(), contest, waiting=True),
        decided=list_requests(db.session, keyring(), contest, waiting=False),
        may_move=takes_requests(contest, clock.now()),
    )
    return page, status
