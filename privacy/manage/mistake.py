"""A request that was written down wrongly is put right, or set aside: nothing was done about it; the trail says why."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.models.approval import PENDING
from account.views.current import actor
from core import clock
from core.web.access import requires
from core.web.extensions import db, keyring
from privacy.forms.requests import AmendForm, MistakeForm
from privacy.manage.approval import find_correction
from privacy.manage.requests import Page, back_to, blueprint, request_or_404
from privacy.models import PersonRequest
from privacy.operations import amendment
from privacy.operations import requests as operations
from privacy.operations.requests import Asker
from privacy.queries.requests import list_cards, read_asker, words_of
from privacy.rules.deadlines import Kind


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
        page = render_template("privacy/manage/request_mistake.html", request_=request, form=form)
        return page, 422 if form.is_submitted() else 200
    operations.set_aside(db.session, request, actor=actor(), now=clock.now(), reason=form.reason.data)
    db.session.commit()
    flash(_("Đã bỏ yêu cầu ghi nhầm. Không có gì được làm theo yêu cầu này."), "success")
    return back_to(id)


@blueprint.route("/<uuid:id>/sua-yeu-cau", methods=["GET", "POST"])
@requires("person.serve")
def amend(id: uuid.UUID) -> Page | Response:
    """Give a request its right kind, or its right person, before anything was done about it."""
    request = request_or_404(id)
    correction = find_correction(request)
    if not request.may_be_amended or (correction and correction.state == PENDING):
        flash(_("Yêu cầu này không sửa được nữa."), "warning")
        return back_to(id)
    form = AmendForm(kind=request.kind).speak_of(words_of(db.session, request))
    if form.validate_on_submit() and _is_other(request, form):
        return _amend(request, form)
    people = list_cards(db.session, keyring(), request)
    page = render_template("privacy/manage/request_amend.html", request_=request, form=form, people=people)
    return page, 422 if form.is_submitted() else 200


def _is_other(request: PersonRequest, form: AmendForm) -> bool:
    if form.kind.data != request.kind or (form.is_untied.data and request.subjects):
        return True
    form.kind.errors = [_("Chưa có gì khác với điều đã ghi.")]
    return False


def _amend(request: PersonRequest, form: AmendForm) -> Response:
    is_untied = bool(form.is_untied.data and request.subjects)
    asker = read_asker(db.session, keyring(), request)
    said = Asker(*asker) if asker else None
    right = amendment.Amendment(Kind(form.kind.data), is_untied, said, form.reason.data)
    done = amendment.amend(db.session, keyring(), actor(), request, right, now=clock.now())
    db.session.commit()
    if done:
        flash(_("Đã sửa yêu cầu. Hạn trả lời vẫn tính từ ngày nhận."), "success")
    else:
        flash(_("Yêu cầu này vừa được xử lý, xin xem lại."), "warning")
    return back_to(request.id)
