"""Erase all participants of a finished contest early: requested by one person, approved by another."""

from collections.abc import Sequence
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.operations.approval import LATER, Handler, NoLonger, Part, decided_by
from account.rules.signed import Signed
from account.views.current import actor, link_to, present_account, request_approval
from core import clock
from core.crypto import Keyring
from core.jobs import Order, enqueue
from core.values.kept import kept
from core.values.numbers import thousands
from core.values.text import N_
from core.web.access import requires
from core.web.extensions import db, keyring
from core.web.jobs import owner, start_order
from quiz.contest.manage import asks_second, blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.contest.operations import audit_subjects
from quiz.contest.rules.actions import QuizAction
from quiz.persons.forms.deletion import DeleteForm
from quiz.persons.jobs import ERASE, PEOPLE_IN_A_PAGE
from quiz.persons.operations import deletion
from quiz.persons.operations.deletion import StillNeeded
from quiz.results.manage.exclusion import waiting

Page = Response | tuple[str, int]
_TITLE = kept(N_("Xóa dữ liệu cá nhân, %(contest)s"))
"""The title of the job."""


@blueprint.route("/<slug>/xoa-du-lieu", methods=["GET", "POST"])
@requires("contest.manage")
def delete_people(slug: str) -> Page:
    """Show what an early deletion erases and what stays, and request it."""
    contest, form = contest_or_404(slug), DeleteForm()
    if not form.validate_on_submit():
        return _page(contest, form, 422 if form.is_submitted() else 200)
    if not deletion.is_finished(db.session, contest, clock.now()):
        return _page(contest, form, 409)
    back = url_for(".contest", slug=slug)
    if asks_second(contest):
        about, details = audit_subjects.of_contest(contest), {"contest": contest.id}
        return request_approval(QuizAction.DATA_DELETE, about, reason=form.reason.data, details=details, back=back)
    try:
        return _delete(contest, form.reason.data, back)
    except StillNeeded:  # a request came in, or a correction, while the page was open
        db.session.rollback()
        return _page(contest, form, 409)


def _delete(contest: Contest, reason: str, back: str) -> Response:
    """Delete without a second person, as a job if there are many; redirect to the job, else *back*."""
    if deletion.count_known(db.session, contest) > PEOPLE_IN_A_PAGE:
        order = order_of(contest, reason=reason, owner=owner())
        return start_order(order, back=back)
    erased = deletion.erase_contest(db.session, keyring(), actor(), contest, reason=reason, now=clock.now())
    db.session.commit()
    flash(_("Đã xóa thông tin cá nhân của %(n)s người dự thi.", n=thousands(erased)), "success")
    return redirect(back)


def _page(contest: Contest, form: DeleteForm, code: int) -> tuple[str, int]:
    page = render_template(
        "quiz/persons/manage/delete_people.html",
        contest=contest,
        form=form,
        people=deletion.count_known(db.session, contest),
        open=deletion.still_open(db.session, contest, clock.now()),
        is_finished=deletion.is_finished(db.session, contest, clock.now()),
        asked=waiting(audit_subjects.of_contest(contest), QuizAction.DATA_DELETE),
        needs_second=asks_second(contest),
        me=present_account(),
        link_to=link_to,
    )
    return page, code


def order_of(contest: Contest, *, reason: str, owner: str, approval: Approval | None = None) -> Order:
    """Return the order of the job that erases many people."""
    title = _TITLE % {"contest": contest.title}
    payload = {"contest": contest.id, "reason": reason, "approval": approval.id.hex if approval else None}
    return Order(ERASE, title, owner, contest.unit_id, payload, f"{ERASE}:{contest.id}")


def show_deletion(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return how many people would be erased, and what stays."""
    contest = session.get_one(Contest, approval.details["contest"])
    lines = [
        (_("Bị xóa"), _("Họ tên, số điện thoại, năm sinh, mã cá nhân của mọi người dự thi; cả tên đã công bố")),
        (_("Số người"), Signed(thousands(deletion.count_known(session, contest)))),
        (_("Còn lại"), _("Số liệu, xếp hạng, bài thi, không gắn với ai")),
        (_("Lấy lại được không"), _("Không")),
    ]  # fmt: skip
    return (Part(_("Việc sẽ làm"), lines),)


def do_deletion(session: Session, keyring: Keyring, approval: Approval, now: datetime) -> str | None:
    """Erase them, or start the job if there are many."""
    contest = session.get_one(Contest, approval.details["contest"])
    if deletion.count_known(session, contest) > PEOPLE_IN_A_PAGE:
        asker = f"account:{approval.asked_by_id}"
        order = order_of(contest, reason=approval.reason, owner=asker, approval=approval)
        enqueue(session, keyring, order, now=now)
        return LATER
    try:
        deletion.erase_contest(
            session, keyring, decided_by(approval), contest, reason=approval.reason, now=now, approval=approval
        )
    except StillNeeded as error:
        why = _("Cuộc thi còn đợt chưa công bố, người chưa gọi hoặc yêu cầu chưa trả lời, nên chưa xóa.")
        raise NoLonger(why) from error
    return None


HANDLER = Handler(QuizAction.DATA_DELETE, "contest.manage", show_deletion, do_deletion)
