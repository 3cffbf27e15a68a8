"""The organiser's page of the nicknames of a round's winners, where one can be struck."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.web.access import may, requires
from core.web.extensions import db, keyring
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.operations.nicknames import NoNickname, strike_nickname
from quiz.results.forms.nickname import StrikeForm
from quiz.results.operations.audit_subjects import of_called
from quiz.results.queries.nicknames import list_nicknames
from quiz.results.queries.result import find_seat

Page = Response | tuple[str, int]


@blueprint.get("/<slug>/tuan/<int:number>/biet-danh")
@requires("result.see")
def nicknames(slug: str, number: int) -> Page:
    """List the nicknames that stand on the page of results, without a name, and those that were struck."""
    return _page(round_or_404(slug, number), StrikeForm(None), 200)


@blueprint.post("/<slug>/tuan/<int:number>/biet-danh/<uuid:participant_id>")
@requires("contest.manage")
def strike(slug: str, number: int, participant_id: UUID) -> Page:
    """Strike the nickname of a person in line for a prize."""
    round, form = round_or_404(slug, number), StrikeForm()
    if not form.validate_on_submit():
        return _page(round, form, 422, participant_id)
    seat = find_seat(db.session, round, participant_id) or abort(404)
    reason = form.reason.data or ""
    try:
        strike_nickname(
            db.session, keyring(), actor(), of_called(round, seat), seat.participant, reason=reason, now=clock.now()
        )
    except NoNickname:
        db.session.rollback()
        flash(_("Biệt danh này không còn: đã bỏ, hoặc người dự thi đã tự rút."), "warning")
    else:
        db.session.commit()
        flash(_("Đã bỏ biệt danh. Người dự thi đọc được lý do ở trang thông tin của mình."), "success")
    return redirect(url_for(".nicknames", slug=slug, number=number))


def _page(round: Round, form: StrikeForm, status: int, failed: UUID | None = None) -> Page:
    lines = list_nicknames(db.session, keyring(), round)
    page = render_template(
        "quiz/results/manage/nicknames.html",
        contest=round.contest,
        round=round,
        shown=[line for line in lines if line.struck is None],
        struck=[line for line in lines if line.struck],
        form=form,
        failed=failed,
        manages=may("contest.manage"),
    )
    return page, status
