"""Putting a name, a year or a unit right at a person's request; a published winner's waits for a second person."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.models import Approval
from account.models.approval import PENDING
from account.views.current import actor, needs_second, request_approval
from core.person_keys import Person, find_person
from core.web.access import requires
from core.web.extensions import db, keyring
from core.web.forms import options
from quiz.contest.models import Participant, PersonRequest
from quiz.contest.operations.registration import AlreadyRegistered
from quiz.contest.queries import list_contest_units
from quiz.contest.rules.actions import Action
from quiz.contest.rules.deadlines import Kind
from quiz.persons.forms.privacy import CorrectForm
from quiz.persons.manage.approval_person import details_of, find_correction, is_same
from quiz.persons.manage.requests import Page, asked_for, blueprint, by
from quiz.persons.operations import person_request as operations
from quiz.persons.operations.audit_subjects import of_request
from quiz.persons.operations.correction import correct as correct_person
from quiz.persons.queries.person_request import list_published_prizes
from quiz.results.queries.result import Contact, decrypt_contacts


@blueprint.route("/<uuid:id>/sua", methods=["GET", "POST"])
@requires("person.serve")
def correct(id: uuid.UUID) -> Page | Response:
    """Put a name, a year or a unit right; what is sent from an old page while another name waits takes its place."""
    request, form = asked_for(id, Kind.CORRECT), CorrectForm()
    people, asked = operations.list_subjects(db.session, request), find_correction(request)
    waits = asked is not None and asked.state == PENDING
    if not people or request.answered_at or (waits and not form.is_submitted()):
        return _back(request)
    form, is_grave = _correction(people), needs_second() and bool(list_published_prizes(db.session, people))
    if form.validate_on_submit() and _is_new(people, form):
        is_asked = is_grave and (waits or _renames(people, form))
        answer = _ask(request, people, form, asked if waits else None) if is_asked else _correct(request, form)
        if answer is not None:
            return answer
    page = render_template("quiz/persons/manage/request_correct.html", request_=request, form=form, is_grave=is_grave)
    return page, 422 if form.is_submitted() else 200


def _correction(people: list[Participant]) -> CorrectForm:
    contacts = decrypt_contacts(db.session, keyring(), people)
    known = next((contacts[each.id] for each in people if each.id in contacts), Contact("", None, None))
    form = CorrectForm(name=known.name, year=known.birth_year, unit=people[0].unit_id)
    units = {unit.id: unit.label for each in people for unit in list_contest_units(db.session, each.contest)}
    form.unit.choices = options(units.items())
    return form


def _is_new(people: list[Participant], form: CorrectForm) -> bool:
    """Something is put right; where all is as it is held, the form says so instead of answering by nothing."""
    if _renames(people, form) or any(each.unit_id != form.unit.data for each in people):
        return True
    form.name.errors = [_("Chưa có gì khác với thông tin đang giữ. Xin sửa họ tên, năm sinh hoặc đơn vị.")]
    return False


def _renames(people: list[Participant], form: CorrectForm) -> bool:
    """Another name, or another year: by that it is told whose name may be published."""
    known = decrypt_contacts(db.session, keyring(), people).values()
    return any(each.name != form.name.data or form.year.data not in (None, each.birth_year) for each in known)


def _ask(request: PersonRequest, people: list[Participant], form: CorrectForm, waiting: Approval | None) -> Page | None:
    """Ask for a correction of a name that was published; None when nobody is there to be corrected any more.

    The very same asked again is the request that is *waiting*: what is sealed twice differs, so it is read.
    """
    person = _person_of(people)
    if person is None:
        return None
    details = details_of(request, people, person, name=form.name.data, year=form.year.data, unit=form.unit.data)
    if waiting is not None and is_same(person, waiting.details, details):
        details = waiting.details
    reason, back = _("Người dự thi yêu cầu sửa họ tên ghi sai"), url_for(".one", id=request.id)
    return request_approval(Action.PERSON_CORRECT, of_request(request), reason=reason, details=details, back=back)


def _correct(request: PersonRequest, form: CorrectForm) -> Response | None:
    """Correct at once; None when the form says why not."""
    name = form.name.data or ""
    try:
        correct_person(
            db.session, keyring(), actor(), request, name=name, unit_id=form.unit.data, year=form.year.data, by=by()
        )
    except AlreadyRegistered:
        db.session.rollback()
        form.name.errors = [_("Trong cuộc thi đã có người trùng họ tên, số điện thoại và năm sinh.")]
        return None
    db.session.commit()
    flash(_("Đã sửa; yêu cầu được ghi là đã trả lời. Xin báo kết quả cho người yêu cầu."), "success")
    return _back(request)


def _person_of(people: list[Participant]) -> Person | None:
    found = (find_person(db.session, keyring(), each.person_id) for each in people)
    return next((person for person in found if person is not None), None)


def _back(request: PersonRequest) -> Response:
    return redirect(url_for(".one", id=request.id))
