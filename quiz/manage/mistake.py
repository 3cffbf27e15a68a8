"""A request that was written down by mistake is set aside: nothing was done about it, and the trail says why."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.rules.actions import Action
from account.views.present import note
from core.web.access import requires
from core.web.extensions import db
from quiz.forms.privacy import MistakeForm
from quiz.manage.requests import Page, back_to, blueprint, by, request_or_404
from quiz.operations import person_request as operations
from quiz.operations.trail import of_request


@blueprint.route("/<uuid:id>/ghi-nham", methods=["GET", "POST"])
@requires("person.serve")
def mistaken(id: uuid.UUID) -> Page | Response:
    """Say why it is none; what a person sent themselves is answered, never set aside."""
    request, form = request_or_404(id), MistakeForm()
    if request.channel == "online":
        abort(404)
    if request.answered_at:
        return back_to(id)
    if not form.validate_on_submit():
        page = render_template("quiz/manage/request_mistake.html", request_=request, form=form)
        return page, 422 if form.is_submitted() else 200
    if operations.set_aside(db.session, request, by=by()):
        note(Action.PERSON_STEP, of_request(request), after={"step": _("Bỏ vì ghi nhầm")}, reason=form.reason.data)
    db.session.commit()
    flash(_("Đã bỏ yêu cầu ghi nhầm. Không có gì được làm theo yêu cầu này."), "success")
    return back_to(id)
