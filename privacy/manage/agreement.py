"""Record, at a person's request, what they agree to again."""

import uuid

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.web.access import requires
from core.web.extensions import db, keyring
from privacy.forms.consent import agree_form
from privacy.manage.requests import Page, asked_for, blueprint
from privacy.models import PersonRequest
from privacy.models.holder import SubjectCard
from privacy.operations import answers
from privacy.queries.requests import ids_by_holder, list_cards
from privacy.rules.deadlines import Kind


@blueprint.route("/<uuid:id>/dong-y", methods=["GET", "POST"])
@requires("person.serve")
def agree(id: uuid.UUID) -> Page | Response:
    """Record the consents that somebody gave by phone, on paper or at a counter, each purpose by itself."""
    request = asked_for(id, Kind.AGREE)
    people = list_cards(db.session, keyring(), request)
    if not people or request.answered_at:
        return redirect(url_for(".one", id=id))
    choices = _offered(request, people)
    form = agree_form(choices)
    agreed = form.agreed(choices)
    if form.validate_on_submit() and agreed:
        answers.agree(db.session, request, agreed, actor=actor(), now=clock.now())
        db.session.commit()
        flash(_("Đã ghi sự đồng ý và trả lời yêu cầu."), "success")
        return redirect(url_for(".one", id=id))
    if form.is_submitted() and not form.errors:
        form.miss(list(choices))
    child_note = {holder.code: holder.words.child for holder, _ids in ids_by_holder(db.session, request)}
    words = {"people": people, "offered": list(choices), "child_note": child_note}
    page = render_template("privacy/manage/request_agree.html", request_=request, form=form, **words)
    return page, 422 if form.is_submitted() else 200


def _offered(request: PersonRequest, people: list[SubjectCard]) -> dict[str, str]:
    """Return the texts of the boxes by purpose; purposes for adults only where somebody of the holder is one."""
    found: dict[str, str] = {}
    for holder, ids in ids_by_holder(db.session, request):
        is_child = all(each.subject.may_be_child for each in people if each.subject.id in ids)
        found |= holder.notices.boxes(holder.notices.offered(is_child=is_child))
    return found
