"""Requests of persons about their own data: by deadline, and each from the receipt to the answer."""

import uuid
from datetime import date
from typing import NoReturn

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from account.labels import STATE
from account.views.current import link_to, present_account
from commune.queries import list_units
from core import clock
from core.values.week import local_date
from core.web.access import requires, scope
from core.web.downloads import word_file
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from core.web.paging import paging
from core.workdays import holidays_around
from privacy import labels
from privacy.rules.deadlines import Kind
from quiz.attempt.queries import attempt as find
from quiz.contest.models import Participant, PersonRequest
from quiz.contest.operations.registration import phone_hash
from quiz.persons.documents import held_docx
from quiz.persons.forms.privacy import IdentifyForm, ReceiveForm, SureForm
from quiz.persons.manage.approval_person import find_correction
from quiz.persons.operations import person_request as operations
from quiz.persons.operations.person_request import Asker, Deed
from quiz.persons.queries import person_request as requests
from quiz.persons.queries.held import held_about
from quiz.results.queries.result import decrypt_contacts

blueprint = Blueprint("quiz_requests", __name__, url_prefix="/quan-tri/yeu-cau")
Page = tuple[str, int]
TOLD = {
    "bao-nhan": labels.STEP["acknowledged"],
    "rut": labels.STEP["withdrawn"],
    "han-che": labels.STEP["restricted"],
    "bo-han-che": labels.STEP["lifted"],
    "da-tra-loi": labels.STEP["answered"],
    "khong-giu": labels.STEP["nothing"],
}
STEPS = {
    "rut": (Kind.WITHDRAW,), "han-che": (Kind.RESTRICT,), "bo-han-che": (Kind.RESTRICT,),
    "da-tra-loi": (Kind.VIEW, Kind.COPY, Kind.CORRECT),
}  # fmt: skip
"""What a step is an answer to; the others go with every request."""


@blueprint.get("/")
@requires("person.serve")
def listed() -> str:
    """What is to be done, the nearest legal day first; then what was answered."""
    page = paging(requests.count_answered_requests(db.session, scope()))
    return render_template(
        "quiz/persons/manage/requests.html",
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
            channel=form.channel.data, holidays=holidays_around(today()), by=by(),
        )  # fmt: skip
        db.session.commit()
        return redirect(url_for(".one", id=made.id))
    return render_template("quiz/persons/manage/request_form.html", form=form), 422 if form.is_submitted() else 200


@blueprint.get("/<uuid:id>")
@requires("person.serve")
def one(id: uuid.UUID) -> Page:
    """A request: what is asked, by when, what was done, and the next step; often it is about whoever asks."""
    request = request_or_404(id)
    name, phone, _details = requests.read_asker(db.session, keyring(), request, operations.PURPOSE) or ("", "", "")
    return _page(request, IdentifyForm(name=name, phone=phone), 200)


@blueprint.route("/<uuid:id>/tim", methods=["GET", "POST"])
@requires("person.serve")
def identify(id: uuid.UUID) -> Page | Response:
    """Find the participant by code, or by name and phone together, in the contests of one's units."""
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
        form.code.errors = [_("Không tìm thấy ai như vậy trong các cuộc thi của đơn vị.")]
        return _page(request, form, 404)
    told = requests.read_asker(db.session, keyring(), request, operations.PURPOSE) or ("", "", "")
    operations.identify(db.session, keyring(), request, found, Asker(*told), by=by())
    db.session.commit()
    flash(_("Đã xác định: %(n)s lần đăng ký.", n=len(found)), "success")
    return back_to(id)


@blueprint.post("/<uuid:id>/<any('bao-nhan','rut','han-che','bo-han-che','da-tra-loi','khong-giu'):step>")
@requires("person.serve")
def take(id: uuid.UUID, step: str) -> Response:
    """A step that needs nothing but a button; one that was taken already is not taken again."""
    request = asked_for(id, *STEPS.get(step, Kind))
    if step == "khong-giu" and request.subjects:
        _refuse(request)
    if ActionForm().validate_on_submit():
        done = _take(request, step)
        db.session.commit()
        _tell(done, _(TOLD[step]))
    return back_to(id)


@blueprint.post("/<uuid:id>/ban-sao.docx")
@requires("person.serve")
def export(id: uuid.UUID) -> Response:
    """Everything that is held about the person, to hand over; that it was made is written down."""
    request = request_or_404(id)
    people = operations.list_subjects(db.session, request)
    if not people or not ActionForm().validate_on_submit():
        return back_to(id)
    operations.note_export(db.session, request, by=by())
    db.session.commit()
    sections = held_about(db.session, keyring(), people)
    issuer = people[0].contest.organiser
    content = held_docx(sections, issuer=issuer, place=request.unit.name, today=today())
    return word_file(content, f"ban sao {request.received_at:%Y%m%d}")


@blueprint.route("/<uuid:id>/xoa", methods=["GET", "POST"])
@requires("person.serve")
def erase(id: uuid.UUID) -> Page | Response:
    """Erase who they are: asked twice, for nobody can bring it back."""
    request, form = asked_for(id, Kind.DELETE), SureForm()
    people = operations.list_subjects(db.session, request)
    if not people or request.answered_at:
        return back_to(id)
    if form.validate_on_submit():
        done = operations.erase(db.session, keyring(), request, by=by())
        db.session.commit()
        _tell(done, _("Đã xóa và trả lời yêu cầu."))
        return back_to(id)
    words = {"contacts": decrypt_contacts(db.session, keyring(), people), "people": people}
    page = render_template("quiz/persons/manage/request_erase.html", request_=request, form=form, **words)
    return page, 422 if form.is_submitted() else 200


def request_or_404(id: uuid.UUID) -> PersonRequest:
    """A request of one of one's units."""
    return requests.find_request(db.session, id, scope()) or abort(404)


def asked_for(id: uuid.UUID, *kinds: Kind) -> PersonRequest:
    """Such a request for one of *kinds*: nothing is done to somebody who asked for something else."""
    request = request_or_404(id)
    return request if request.kind in kinds else _refuse(request)


def _refuse(request: PersonRequest) -> NoReturn:
    flash(_("Việc này không phải điều người yêu cầu đã xin, nên chưa làm gì."), "warning")
    abort(back_to(request.id))


def today() -> date:
    """The local day."""
    return local_date(clock.now())


def by() -> Deed:
    """Who is signed in, now."""
    return Deed(current_user.account.id, clock.now())


def _find(form: IdentifyForm) -> list[Participant]:
    if form.read:
        holder = find.find_holder(db.session, keyring(), form.read)
        return [holder] if holder and holder.contest.unit_id in scope() else []
    if not form.name.data or not form.phone.data:
        return []
    contests = requests.list_contest_ids(db.session, scope())
    hashes = [phone_hash(keyring(), contest_id, form.phone.data) for contest_id in contests]
    return requests.list_namesakes(db.session, keyring(), hashes, form.name.data)


def _take(request: PersonRequest, step: str) -> bool:
    if step == "bao-nhan":
        return operations.acknowledge(db.session, request, by=by())
    if step == "bo-han-che":
        operations.lift(db.session, request, by=by())
        return True
    if step in ("da-tra-loi", "khong-giu"):
        outcome = "done" if step == "da-tra-loi" else "nothing"
        return operations.answer_request(db.session, request, by=by(), outcome=outcome)
    deed = operations.withdraw if step == "rut" else operations.restrict
    return deed(db.session, request, by=by())


def _page(request: PersonRequest, form: IdentifyForm, status: int) -> Page:
    people = [subject.participant for subject in request.subjects]
    page = render_template(
        "quiz/persons/manage/request.html",
        request_=request,
        form=form,
        people=people,
        contacts=decrypt_contacts(db.session, keyring(), people),
        asker=requests.read_asker(db.session, keyring(), request, operations.PURPOSE),
        today=today(),
        correction=find_correction(request),
        me=present_account(),
        link_to=link_to,
        state_label=STATE,
        kind_label=labels.KIND,
        channel_label=labels.CHANNEL,
        deed_label=labels.DEED,
        outcome_label=labels.OUTCOME,
    )
    return page, status


def _tell(done: bool, told: str) -> None:
    if done:
        flash(told, "success")
    else:
        flash(_("Yêu cầu này vừa được xử lý, xin xem lại."), "warning")


def back_to(id: uuid.UUID) -> Response:
    """The page of the request."""
    return redirect(url_for(".one", id=id))
