"""Correct a name, a year or a unit at a person's request; a name that was published waits for a second person."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.models import Approval
from account.models.approval import PENDING
from account.views.current import actor, needs_second, request_approval
from core import clock
from core.web.access import requires
from core.web.extensions import db, keyring
from privacy.forms.requests import CorrectForm
from privacy.manage.approval import details_of, find_correction, is_same
from privacy.manage.requests import Page, asked_for, blueprint
from privacy.models import PersonRequest
from privacy.models.holder import Contact, FactsTaken, NewFacts, SubjectCard
from privacy.operations import answers
from privacy.operations.audit_subjects import of_request
from privacy.queries.requests import first_person, ids_by_holder, list_cards, list_published, words_of
from privacy.rules.actions import PrivacyAction
from privacy.rules.deadlines import Kind


@blueprint.route("/<uuid:id>/sua", methods=["GET", "POST"])
@requires("person.serve")
def correct(id: uuid.UUID) -> Page | Response:
    """Correct a name, a year or a unit; a name sent from an old page replaces the one that waits for approval."""
    request, form = asked_for(id, Kind.CORRECT), CorrectForm()
    people, asked = list_cards(db.session, keyring(), request), find_correction(request)
    waits = asked is not None and asked.state == PENDING
    if not people or request.answered_at or (waits and not form.is_submitted()):
        return _back(request)
    form = _correction(request, people)
    is_grave = needs_second() and bool(list_published(db.session, request))
    if form.validate_on_submit() and _is_new(people, form):
        is_asked = is_grave and (waits or _renames(people, form))
        answer = _ask(request, people, form, asked if waits else None) if is_asked else _correct(request, people, form)
        if answer is not None:
            return answer
    words = {"is_grave": is_grave, "words": words_of(db.session, request)}
    page = render_template("privacy/manage/request_correct.html", request_=request, form=form, **words)
    return page, 422 if form.is_submitted() else 200


def _correction(request: PersonRequest, people: list[SubjectCard]) -> CorrectForm:
    known = next((each.contact for each in people if each.contact), Contact("", None, None))
    form = CorrectForm(name=known.name, year=known.birth_year, unit=people[0].home_id)
    held = ids_by_holder(db.session, request)
    units = {id: label for holder, ids in held for id, label in holder.units(db.session, ids)}
    return form.offer(units, next((_(holder.words.unit) for holder, _ids in held if holder.words.unit), ""))


def _is_new(people: list[SubjectCard], form: CorrectForm) -> bool:
    """Return whether anything changes; if nothing does, the form says so and the request stays open."""
    if _renames(people, form) or any(each.home_id not in (None, form.unit_id) for each in people):
        return True
    form.name.errors = [_("Chưa có gì khác với thông tin đang giữ. Xin sửa họ tên, năm sinh hoặc đơn vị.")]
    return False


def _renames(people: list[SubjectCard], form: CorrectForm) -> bool:
    """Return whether name or year change; the year decides whose name may be published."""
    known = [each.contact for each in people if each.contact]
    return any(each.name != form.name.data or form.year.data not in (None, each.birth_year) for each in known)


def _ask(
    request: PersonRequest, people: list[SubjectCard], form: CorrectForm, waiting: Approval | None
) -> Response | None:
    """Request approval for a correction; return None if everybody was erased meanwhile.

    The same correction sent again is the request that is *waiting*; values sealed twice differ, so they are opened.
    """
    person = first_person(db.session, keyring(), [each.subject for each in people])
    if person is None:
        return None
    details = details_of(request, people, person, name=form.name.data, year=form.year.data, unit=form.unit_id)
    if waiting is not None and is_same(person, waiting.details, details):
        details = waiting.details
    whose = ", ".join(_(each.person) for each in words_of(db.session, request))
    reason, back = _("%(person)s yêu cầu sửa họ tên ghi sai", person=whose), url_for(".one", id=request.id)
    return request_approval(
        PrivacyAction.PERSON_CORRECT, of_request(request), reason=reason, details=details, back=back
    )


def _correct(request: PersonRequest, people: list[SubjectCard], form: CorrectForm) -> Page | Response | None:
    """Correct at once; ask for approval if the name was published meanwhile; return None if the form has an error."""
    name = form.name.data or ""
    try:
        facts, is_grave = NewFacts(name, form.year.data, form.unit_id), needs_second()
        answers.correct(db.session, keyring(), actor(), request, facts, now=clock.now(), needs_second=is_grave)
    except FactsTaken:
        db.session.rollback()
        form.name.errors = [" ".join(_(each.taken) for each in words_of(db.session, request))]
        return None
    except answers.NeedsSecond:
        db.session.rollback()
        return _ask(request, people, form, None)
    db.session.commit()
    flash(_("Đã sửa; yêu cầu được ghi là đã trả lời. Xin báo kết quả cho người yêu cầu."), "success")
    return _back(request)


def _back(request: PersonRequest) -> Response:
    return redirect(url_for(".one", id=request.id))
