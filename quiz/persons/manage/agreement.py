"""Writing down at a person's request what they agree to again."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core.web.access import requires
from core.web.extensions import db, keyring
from privacy.rules.deadlines import Kind
from quiz.contest.rules.consent import offered
from quiz.persons.forms.privacy import AgreeForm
from quiz.persons.manage.requests import Page, asked_for, blueprint, by
from quiz.persons.operations import person_request as operations
from quiz.results.queries.result import decrypt_contacts


@blueprint.route("/<uuid:id>/dong-y", methods=["GET", "POST"])
@requires("person.serve")
def agree(id: uuid.UUID) -> Page | Response:
    """What somebody said by phone, on paper or at a counter that they agree to, each purpose by itself."""
    request, form = asked_for(id, Kind.AGREE), AgreeForm()
    people = operations.list_subjects(db.session, request)
    if not people or request.answered_at:
        return redirect(url_for(".one", id=id))
    choices = offered((), is_child=all(each.may_be_child for each in people))
    agreed = form.agreed(choices)
    if form.validate_on_submit() and agreed:
        operations.agree(db.session, request, agreed, by=by())
        db.session.commit()
        flash(_("Đã ghi sự đồng ý và trả lời yêu cầu."), "success")
        return redirect(url_for(".one", id=id))
    if form.is_submitted() and not form.errors:
        form.miss(choices)
    words = {"people": people, "contacts": decrypt_contacts(db.session, keyring(), people), "offered": choices}
    page = render_template("quiz/persons/manage/request_agree.html", request_=request, form=form, **words)
    return page, 422 if form.is_submitted() else 200
