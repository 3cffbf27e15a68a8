"""The second approver's pages: the waiting requests, one request readable on a phone, approve and refuse."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from account import labels
from account.forms.approval import AnswerForm
from account.models import Account, Approval
from account.models.approval import APPROVED
from account.operations import approval as operations
from account.queries import approval as queries
from account.queries.account import list_approvers, names_of
from account.queries.kinship import kinship_of, list_unrelated, list_unrelated_inviters
from account.rules.relation import Relation
from account.views.current import days_late, handlers, latest_first, link_to, present_account, public_page, shown
from commune.models import Unit
from core import clock
from core.values.week import local_date
from core.web import errors
from core.web.access import may, requires, scope, scope_of
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from core.web.rooms import declared

blueprint = Blueprint("account_approval", __name__, url_prefix="/quan-tri/phe-duyet")
LATELY = 20
"""The most decided requests on the list."""
SOON = timedelta(days=3)
"""A request that expires within so many days is marked."""

Page = str | Response | tuple[str, int] | errors.Page


@blueprint.app_template_global()
def approvers_of(unit: Unit, but: Account | None = None) -> list[Account]:
    """Return the accounts that may approve an action in *unit* besides the requester: *but*, or the signed-in
    account.
    """
    return list_approvers(db.session, unit, but=but or present_account())


@blueprint.app_template_global()
def unrelated_of(people: Sequence[Account]) -> list[Account]:
    """Return those of *people* whose approval of the signed-in account's requests is published without a remark."""
    return list_unrelated(db.session, present_account().id, people)


@blueprint.app_template_global()
def unrelated_inviters(unit: Unit, asker: Account | None = None) -> list[Account]:
    """Return the administrators who could invite an approver for *unit* that has no ties to the requester: *asker*, or
    the signed-in account.
    """
    return list_unrelated_inviters(db.session, unit, asker or present_account())


def approval_or_404(id: uuid.UUID) -> Approval:
    """Return the request if it belongs to one of the account's units, else abort with 404."""
    return queries.find_approval(db.session, id, scope()) or abort(404)


def count_mine() -> int:
    """Return how many requests wait for an answer of the signed-in account; 0 for one that may not answer."""
    units = scope_of("approval.decide")
    if not units:
        return 0
    return queries.count_waiting(db.session, units, local_date(clock.now()), other_than=present_account())


@blueprint.get("/")
@requires("approval.decide")
def waiting() -> str:
    """List the waiting requests of the account's units, and the latest decisions."""
    today = local_date(clock.now())
    return render_template(
        "account/approval/list.html",
        waiting=latest_first(queries.list_waiting(db.session, scope(), today)),
        soon=today + SOON,
        decided=queries.list_decided(db.session, scope(), LATELY),
        me=present_account(),
        action_label=declared().audit_actions,
        state_label=labels.STATE,
    )


@blueprint.get("/<uuid:id>")
@requires("approval.decide")
def one(id: uuid.UUID) -> Page:
    """Show a request: what, by whom, why, its effect, and the buttons to approve and refuse."""
    return _page(approval_or_404(id), AnswerForm(), 200)


@blueprint.get("/<uuid:id>/cua-toi")
@requires("console.see")
def mine(id: uuid.UUID) -> Page:
    """Show the requester the link to send on, or what became of their own request."""
    asked = queries.find_asked(db.session, id, present_account()) or abort(404)
    if not asked.is_open_on(local_date(clock.now())):
        return _page(asked, AnswerForm(), 200)
    return render_template(
        "account/approval/asked.html",
        approval=asked,
        link=link_to(asked),
        me=present_account(),
        back=_back_to(request.args.get("ve", "")),
        action_label=declared().audit_actions,
    )


@blueprint.before_request
def lead_requester() -> Response | None:
    """Lead a requester who may not approve from the approver's page, whose link they send on, to their own."""
    if request.endpoint != f"{blueprint.name}.one" or not current_user.is_authenticated or may("approval.decide"):
        return None
    id = (request.view_args or {})["id"]
    is_own = queries.find_asked(db.session, id, present_account()) is not None
    return redirect(url_for(".mine", id=id)) if is_own else None


@blueprint.route("/<uuid:id>/<any('dong-y','tu-choi'):answer>", methods=["GET", "POST"])
@requires("approval.decide")
def decide(id: uuid.UUID, answer: str) -> Page:
    """Approve a request and perform it, or refuse it; a GET leads back to the request."""
    approval, form = approval_or_404(id), AnswerForm()
    if not form.is_submitted():
        return redirect(url_for(".one", id=id))
    if not form.validate_on_submit() or (answer == "tu-choi" and not form.is_explained()):
        return _page(approval, form, 422)
    try:
        message = _decide(approval, answer, form.note.data or "")
    except operations.OwnRequest:
        db.session.rollback()
        return _own()
    except operations.AlreadyDecided:
        db.session.rollback()
        flash(_("Yêu cầu này vừa được trả lời hoặc không còn chờ nữa. Tình trạng hiện nay ở dưới đây."), "warning")
    else:
        db.session.commit()
        flash(*message)
    return redirect(url_for(".one", id=id))


def _decide(approval: Approval, answer: str, note: str) -> tuple[str, str]:
    """Return the message and its category for the approver."""
    account, now = present_account(), clock.now()
    if answer == "tu-choi":
        operations.refuse(db.session, approval, account, note=note, now=now)
        return str(_("Đã trả lời không đồng ý. Chưa có gì thay đổi.")), "success"
    state = operations.approve(db.session, keyring(), approval, account, handlers(), note=note, now=now)
    if state == APPROVED:
        return str(_("Đã phê duyệt và thực hiện xong.")), "success"
    if state == operations.LATER:
        return str(_("Đã phê duyệt. Việc nhiều nên đang chạy ở phía sau; xong thì ghi vào nhật ký.")), "success"
    return str(_("Chưa thực hiện được: %(why)s", why=approval.note)), "error"


def _own() -> errors.Page:
    return errors.page(
        403,
        title=_("Việc này cần một người khác phê duyệt"),
        message=_(
            "Ông/bà là người gửi yêu cầu nên không tự phê duyệt được. Hãy gửi đường dẫn của yêu cầu cho người phê "
            "duyệt khác của đơn vị hoặc của cấp trên. Yêu cầu vẫn đang chờ, chưa có gì thay đổi."
        ),
    )


@blueprint.post("/<uuid:id>/rut")
@requires("console.see")
def withdraw(id: uuid.UUID) -> Response:
    """Withdraw one's own request."""
    asked = queries.find_asked(db.session, id, present_account()) or abort(404)
    if ActionForm().validate_on_submit():
        try:
            operations.withdraw(db.session, asked, present_account(), now=clock.now())
            db.session.commit()
            flash(_("Đã rút yêu cầu. Chưa có gì thay đổi."), "success")
        except operations.AlreadyDecided:
            db.session.rollback()
            flash(_("Yêu cầu này đã được trả lời trước khi rút."), "warning")
    return redirect(_back_to(request.form.get("ve", "")))


def _back_to(path: str) -> str:
    """Return *path* if it is a staff page, else the staff's home."""
    is_ours = path.startswith("/quan-tri/") and "//" not in path and "\\" not in path
    return path if is_ours and path.isprintable() else url_for("report_manage.home")


def _page(approval: Approval, form: AnswerForm, code: int) -> tuple[str, int]:
    is_open = approval.is_open_on(local_date(clock.now()))
    page = render_template(
        "account/approval/one.html",
        approval=approval,
        form=form,
        parts=shown(approval) if is_open and approval.unit_id in scope_of("approval.decide") else (),
        is_open=is_open,
        days_late=days_late(approval) if is_open else 0,
        is_mine=approval.asked_by_id == present_account().id,
        rest=None if is_open else _rest(),
        **_shown_kinship(approval, is_open),
        link=link_to(approval),
        public_page=public_page(approval) if approval.state == APPROVED else None,
        action_label=declared().audit_actions,
        state_label=labels.STATE,
    )
    return page, code


def _rest() -> list[Approval] | None:
    """Return the requests that wait for an answer of the signed-in account; None for one that may not answer."""
    units, me = scope_of("approval.decide"), present_account()
    if not units:
        return None
    waiting = latest_first(queries.list_waiting(db.session, units, local_date(clock.now())))
    return [each for each, _late in waiting if each.asked_by_id != me.id]


def _shown_kinship(approval: Approval, is_open: bool) -> dict[str, object]:
    """Return how the requester is related to the signed-in account, or, after the answer, to the one that answered.

    Requesters themselves read nothing of it while the request waits for its answer.
    """
    related, kinship = approval.related == Relation.RELATED, approval.kinship
    if is_open and approval.asked_by_id not in (None, present_account().id):
        kinship = kinship_of(db.session, approval.asked_by_id, present_account().id)
        related = kinship is not None
    names = names_of(db.session, kinship.accounts) if kinship else {}
    return {"is_related": related, "kinship": kinship, "names": names, "tie_label": labels.TIE}
