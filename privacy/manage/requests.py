"""The list of requests of persons about their own data, and the page of each."""

import uuid
from datetime import date
from typing import Any, NoReturn

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask import request as http_request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.labels import STATE
from account.views.current import actor, link_to, present_account
from commune.queries import list_units
from core import clock
from core.values.week import local_date
from core.web.access import requires, scope
from core.web.downloads import word_file
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from core.web.paging import paging
from core.web.rooms import declared
from core.workdays import holidays_around
from privacy import labels
from privacy.documents import held_docx
from privacy.forms.requests import IdentifyForm, ReceiveForm, SureForm
from privacy.manage.approval import find_correction, show_change
from privacy.models import PersonRequest
from privacy.models.holder import Clues, DataSubject, holders_of
from privacy.operations import answers
from privacy.operations import requests as operations
from privacy.operations.requests import Asker
from privacy.queries import requests
from privacy.queries.held import held_about
from privacy.rules.deadlines import Kind
from privacy.rules.names import is_other_person

blueprint = Blueprint("privacy", __name__, url_prefix="/quan-tri/yeu-cau")
Page = tuple[str, int]
MESSAGES = {
    "bao-nhan": labels.STEP["acknowledged"],
    "han-che": labels.STEP["restricted"],
    "bo-han-che": labels.STEP["lifted"],
    "da-tra-loi": labels.STEP["answered"],
    "khong-giu": labels.STEP["nothing"],
}
STEPS = {
    "rut": (Kind.WITHDRAW,), "han-che": (Kind.RESTRICT,), "bo-han-che": (Kind.RESTRICT,),
    "da-tra-loi": (Kind.VIEW, Kind.COPY, Kind.CORRECT),
}  # fmt: skip
"""The kinds of request that a step answers; other steps go with every kind."""


@blueprint.get("/")
@requires("person.serve")
def listed() -> str:
    """List the open requests, the nearest legal day first, and the answered ones."""
    page = paging(requests.count_answered_requests(db.session, scope()))
    return render_template(
        "privacy/manage/requests.html",
        open_requests=requests.list_open_requests(db.session, scope()),
        answered=requests.list_answered_requests(db.session, scope(), page.part),
        page=page,
        today=today(),
        kind_label=labels.KIND,
        outcome_label=labels.OUTCOME,
    )


@blueprint.route("/them", methods=["GET", "POST"])
@requires("person.serve")
def receive() -> Page | Response:
    """Write down a request that came by phone, on paper or at a counter."""
    form = ReceiveForm()
    form.unit.offer((unit.id, unit.label) for unit in list_units(db.session, scope(), today()))
    if form.validate_on_submit():
        asker = Asker(form.name.data or "", form.phone.data or "", form.details.data or "")
        made = operations.receive_request(
            db.session, keyring(), asker, unit_id=form.unit.data, kind=Kind(form.kind.data),
            channel=form.channel.data, holidays=holidays_around(today()), actor=actor(), now=clock.now(),
        )  # fmt: skip
        db.session.commit()
        return redirect(url_for(".one", id=made.id))
    return render_template("privacy/manage/request_form.html", form=form), 422 if form.is_submitted() else 200


@blueprint.get("/<uuid:id>")
@requires("person.serve")
def one(id: uuid.UUID) -> Page:
    """Show a request with its steps and the next one; the search is filled with the name and phone of the asker."""
    request = request_or_404(id)
    name, phone, _details = requests.read_asker(db.session, keyring(), request) or ("", "", "")
    return _page(request, IdentifyForm(name=name, phone=phone), 200)


@blueprint.route("/<uuid:id>/tim", methods=["GET", "POST"])
@requires("person.serve")
def identify(id: uuid.UUID) -> Page | Response:
    """Find the person by code, or by name and phone together, where staff of one's units answer for them."""
    request, form = request_or_404(id), IdentifyForm()
    if not form.is_submitted():
        return back_to(id)
    if request.answered_at is not None or request.subjects:
        is_over = request.answered_at is not None
        flash(_("Yêu cầu này đã được trả lời.") if is_over else _("Yêu cầu này đã được xác định là của ai."), "warning")
        return back_to(id)
    if not form.validate_on_submit():
        return _page(request, form, 422)
    found = _find(form)
    if not found:
        return _not_found(request, form)
    asker = requests.read_asker(db.session, keyring(), request) or ("", "", "")
    done = operations.identify(db.session, keyring(), request, found, Asker(*asker), actor=actor(), now=clock.now())
    db.session.commit()
    _flash(done, _("Đã xác định: %(n)s lần đăng ký.", n=len(found)))
    return back_to(id)


@blueprint.post("/<uuid:id>/<any('bao-nhan','rut','han-che','bo-han-che','da-tra-loi','khong-giu'):step>")
@requires("person.serve")
def take(id: uuid.UUID, step: str) -> Response:
    """Take a step that needs no form; a step that was taken already changes nothing."""
    request = asked_for(id, *STEPS.get(step, Kind))
    if step == "khong-giu" and request.subjects:
        _refuse(request)
    if ActionForm().validate_on_submit():
        done = _take(request, step)
        db.session.commit()
        _flash(done, _outcome_of(request, step))
    return back_to(id)


@blueprint.post("/<uuid:id>/ban-sao.docx")
@requires("person.serve")
def export(id: uuid.UUID) -> Response:
    """Download a copy of everything that is held about the person, and record that it was made."""
    request = request_or_404(id)
    people = requests.list_cards(db.session, keyring(), request)
    if not people or not ActionForm().validate_on_submit():
        return back_to(id)
    operations.note_export(db.session, request, actor=actor(), now=clock.now())
    db.session.commit()
    keepers = [each.keeper for each in requests.words_of(db.session, request)]
    sections = held_about(db.session, keyring(), [each.subject for each in people], declared().audit_actions)
    content = held_docx(sections, keepers, issuer=people[0].issuer, place=request.unit.name, today=today())
    return word_file(content, f"ban sao {request.received_at:%Y%m%d}")


@blueprint.route("/<uuid:id>/xoa", methods=["GET", "POST"])
@requires("person.serve")
def erase(id: uuid.UUID) -> Page | Response:
    """Erase the person, after a confirmation."""
    request, form = asked_for(id, Kind.DELETE), SureForm()
    people = requests.list_cards(db.session, keyring(), request)
    if not people or request.answered_at or request.is_put_off:
        return back_to(id)
    if form.validate_on_submit():
        done = answers.erase(db.session, keyring(), request, actor=actor(), now=clock.now())
        db.session.commit()
        _flash(
            done,
            _(labels.STEP["put_off"])
            if request.is_put_off
            else _("Đã xóa và ghi là đã trả lời. Xin báo kết quả cho người yêu cầu."),
        )
        return back_to(id)
    words = {**_persons(request), "words": requests.words_of(db.session, request), "awaited": _awaited(request)}
    page = render_template("privacy/manage/request_erase.html", request_=request, form=form, **words)
    return page, 422 if form.is_submitted() else 200


def request_or_404(id: uuid.UUID) -> PersonRequest:
    """Return a request of one of the account's units, as it was shown on the page whose form is sent."""
    found = requests.find_request(db.session, id, scope()) or abort(404)
    if http_request.form.get("seen", found.fingerprint) != found.fingerprint:
        flash(_("Yêu cầu này vừa được sửa ở nơi khác nên chưa làm gì. Xin xem lại rồi làm tiếp."), "warning")
        abort(back_to(id))
    return found


def asked_for(id: uuid.UUID, *kinds: Kind) -> PersonRequest:
    """Return the request if it is of one of *kinds*; otherwise go back, since nothing else was asked."""
    request = request_or_404(id)
    return request if request.kind in kinds else _refuse(request)


def _refuse(request: PersonRequest) -> NoReturn:
    kind = _(labels.KIND[Kind(request.kind)])
    flash(
        _("Chưa làm gì: yêu cầu này là “%(kind)s”. Ghi sai loại thì bấm “Sửa yêu cầu ghi sai”.", kind=kind), "warning"
    )
    abort(back_to(request.id))


def today() -> date:
    """Return the local day."""
    return local_date(clock.now())


def _find(form: IdentifyForm) -> list[DataSubject]:
    clues = Clues(form.readings, form.name.data or "", form.phone.data or "")
    if not clues.codes and not (clues.name and clues.phone):
        return []
    holders = holders_of(db.session).values()
    return [each for holder in holders for each in holder.find(db.session, keyring(), clues, scope())]


def _not_found(request: PersonRequest, form: IdentifyForm) -> Page:
    operations.note_search(db.session, request, actor=actor(), now=clock.now())
    db.session.commit()
    form.code.errors = [" ".join(_(each.words.not_found) for each in holders_of(db.session).values())]
    return _page(request, form, 404)


def _take(request: PersonRequest, step: str) -> bool:
    if step == "bao-nhan":
        return operations.acknowledge(db.session, request, actor=actor(), now=clock.now())
    if step == "bo-han-che":
        answers.lift(db.session, request, actor=actor(), now=clock.now())
        return True
    if step in ("da-tra-loi", "khong-giu"):
        outcome = "done" if step == "da-tra-loi" else "nothing"
        return operations.answer_request(db.session, request, actor=actor(), now=clock.now(), outcome=outcome)
    deed = answers.withdraw if step == "rut" else answers.restrict
    return deed(db.session, request, actor=actor(), now=clock.now())


def _outcome_of(request: PersonRequest, step: str) -> str:
    if step == "rut":
        return " ".join(_(each.withdrawn) for each in requests.words_of(db.session, request))
    return str(_(MESSAGES[step]))


def _page(request: PersonRequest, form: IdentifyForm, status: int) -> Page:
    correction = find_correction(request)
    page = render_template(
        "privacy/manage/request.html",
        request_=request,
        form=form,
        words=requests.words_of(db.session, request),
        **_persons(request),
        awaited=_awaited(request) if request.is_put_off else [],
        today=today(),
        correction=correction,
        change=show_change(db.session, keyring(), correction) if correction else (),
        me=present_account(),
        link_to=link_to,
        state_label=STATE,
        kind_label=labels.KIND,
        channel_label=labels.CHANNEL,
        deed_label=labels.DEED,
        outcome_label=labels.OUTCOME,
    )
    return page, status


def _persons(request: PersonRequest) -> dict[str, Any]:
    """Return who asked, of whom it is, and the name of that person where it is another one."""
    people = requests.list_cards(db.session, keyring(), request)
    asker = requests.read_asker(db.session, keyring(), request)
    names = [each.contact.name for each in people if each.contact]
    # a name that is to be corrected differs by its nature
    is_other = asker is not None and request.kind != Kind.CORRECT and is_other_person(asker[0], names)
    return {"people": people, "asker": asker, "is_other": names[0] if is_other else ""}


def _awaited(request: PersonRequest) -> list[str]:
    return requests.list_awaited(db.session, request, clock.now())


def _flash(done: bool, message: str) -> None:
    if done:
        flash(message, "success")
    else:
        flash(_("Yêu cầu này vừa được xử lý, xin xem lại."), "warning")


def back_to(id: uuid.UUID) -> Response:
    """Return a redirect to the page of the request."""
    return redirect(url_for(".one", id=id))
