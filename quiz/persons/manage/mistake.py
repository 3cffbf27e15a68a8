"""A request that was written down wrongly is put right, or set aside: nothing was done about it; the trail says why."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.models.approval import PENDING
from core.web.access import requires
from core.web.extensions import db, keyring
from privacy.rules.deadlines import Kind
from quiz.contest.models import PersonRequest
from quiz.persons.forms.privacy import AmendForm, MistakeForm
from quiz.persons.manage.approval_person import find_correction
from quiz.persons.manage.requests import Page, back_to, blueprint, by, request_or_404
from quiz.persons.operations import amendment
from quiz.persons.operations import person_request as operations
from quiz.persons.operations.person_request import Asker
from quiz.persons.queries.person_request import read_asker
from quiz.results.queries.result import decrypt_contacts


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
        page = render_template("quiz/persons/manage/request_mistake.html", request_=request, form=form)
        return page, 422 if form.is_submitted() else 200
    operations.set_aside(db.session, request, by=by(), reason=form.reason.data)
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
    form = AmendForm(kind=request.kind)
    if form.validate_on_submit() and _is_other(request, form):
        return _amend(request, form)
    people = [subject.participant for subject in request.subjects]
    words = {"people": people, "contacts": decrypt_contacts(db.session, keyring(), people)}
    page = render_template("quiz/persons/manage/request_amend.html", request_=request, form=form, **words)
    return page, 422 if form.is_submitted() else 200


def _is_other(request: PersonRequest, form: AmendForm) -> bool:
    if form.kind.data != request.kind or (form.is_untied.data and request.subjects):
        return True
    form.kind.errors = [_("Chưa có gì khác với điều đã ghi.")]
    return False


def _amend(request: PersonRequest, form: AmendForm) -> Response:
    is_untied = bool(form.is_untied.data and request.subjects)
    told = read_asker(db.session, keyring(), request, operations.PURPOSE)
    done = amendment.amend(
        db.session, keyring(), request, Asker(*told) if told else None, kind=Kind(form.kind.data),
        is_untied=is_untied, by=by(), reason=form.reason.data,
    )  # fmt: skip
    db.session.commit()
    if done:
        flash(_("Đã sửa yêu cầu. Hạn trả lời vẫn tính từ ngày nhận."), "success")
    else:
        flash(_("Yêu cầu này vừa được xử lý, xin xem lại."), "warning")
    return back_to(request.id)
