"""Calling those in line for the prizes of the whole contest: open the numbers, record each call."""

import uuid

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor, present_account
from core import clock
from core.web.access import requires
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from quiz.awards.manage.season import season_page
from quiz.awards.manage.season_refusals import CALL_REFUSALS, why_not_called
from quiz.awards.operations.season_calls import (
    confirm_season,
    miss_season,
    open_season_contacts,
    pass_season,
    recall_season,
)
from quiz.contest.manage import blueprint, contest_or_404
from quiz.results.forms.closing import OpeningForm, PassForm
from quiz.results.operations.versions import TooEarly

Page = Response | tuple[str, int]
DEEDS = {"xac-nhan": confirm_season, "khong-nghe-may": miss_season, "goi-lai": recall_season}


@blueprint.post("/<slug>/giai-chung-cuoc/mo-lien-he")
@requires("contact.open")
def open_season(slug: str) -> Page:
    """Open names and numbers of those in line for a day, with a reason."""
    contest, form = contest_or_404(slug), OpeningForm()
    if not form.validate_on_submit():
        return season_page(contest, opening=form), 422
    reason, me = form.reason.data, present_account().id
    try:
        open_season_contacts(db.session, actor(), contest, account_id=me, reason=reason, now=clock.now())
    except TooEarly as error:
        db.session.rollback()
        flash(why_not_called(error), "error")
    else:
        db.session.commit()
        flash(_("Đã mở trong 24 giờ, chỉ cho tài khoản này. Việc mở đã được ghi vào nhật ký."), "success")
    return redirect(url_for(".season", slug=slug))


@blueprint.post("/<slug>/giai-chung-cuoc/<uuid:participant_id>/<any('xac-nhan','khong-nghe-may','goi-lai'):answer>")
@requires("contest.manage")
def call_of_season(slug: str, participant_id: uuid.UUID, answer: str) -> Response:
    """Record a call to somebody in line, or that somebody passed over is called again."""
    contest = contest_or_404(slug)
    if ActionForm().validate_on_submit():
        try:
            DEEDS[answer](db.session, keyring(), actor(), contest, participant_id, now=clock.now())
            db.session.commit()
        except CALL_REFUSALS as error:
            db.session.rollback()
            flash(why_not_called(error), "error")
    return redirect(url_for(".season", slug=slug))


@blueprint.post("/<slug>/giai-chung-cuoc/<uuid:participant_id>/bo-qua")
@requires("contest.manage")
def pass_of_season(slug: str, participant_id: uuid.UUID) -> Page:
    """Pass somebody over, with a reason that the second person of the decision reads."""
    contest, form = contest_or_404(slug), PassForm().about(participant_id)
    if not form.validate_on_submit():
        return season_page(contest, passing=form), 422
    why = form.why.data or ""
    try:
        pass_season(db.session, keyring(), actor(), contest, participant_id, reason=why, now=clock.now())
        db.session.commit()
    except CALL_REFUSALS as error:
        db.session.rollback()
        flash(why_not_called(error), "error")
    return redirect(url_for(".season", slug=slug))
