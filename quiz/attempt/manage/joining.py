"""The organiser's page on which units join a contest that has begun: visibly, for a reason, by two people."""

import json
from collections.abc import Sequence
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.operations.approval import Handler, NoLonger, Part, decided_by
from account.views.current import actor, request_approval
from commune.models import Unit
from core import clock
from core.crypto import Keyring
from core.values.text import N_
from core.values.week import local_date
from core.web.access import requires, scope
from core.web.extensions import db
from quiz.attempt.forms.units import JoinForm
from quiz.attempt.operations.amending import NotAmendable
from quiz.attempt.operations.contest_units import (
    NoneToJoin,
    OtherHeadcounts,
    check_joining,
    join_units,
    joining_headcounts,
)
from quiz.attempt.queries.own_units import list_communes, list_own_units
from quiz.contest.labels.amendments import headcount_words
from quiz.contest.manage import asks_second, blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.headcounts import HeadcountChange

Page = Response | tuple[str, int]
REFUSALS: dict[type[Exception], str] = {
    NotAmendable: N_("Cuộc thi chưa có người đăng ký, đã hủy hoặc đang diễn tập nên không thêm đơn vị ở đây."),
    NoneToJoin: N_("Các đơn vị này đã ở trong cuộc thi, hoặc mọi đợt đã hết giờ."),
    OtherHeadcounts: N_("Số dân của đơn vị đã đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới."),
}


@blueprint.route("/<slug>/don-vi/vao-thi", methods=["GET", "POST"])
@requires("contest.manage")
def join(slug: str) -> Page:
    """Let units of a list join the contest, or ask a second person."""
    contest, now = contest_or_404(slug), clock.now()
    offered = _offered(contest)
    form = JoinForm().offer(offered)
    if not form.validate_on_submit():
        return _page(contest, form, offered, 422 if form.is_submitted() else 200)
    chosen, why = [unit for unit in offered if unit.id in (form.units.data or [])], form.why.data or ""
    try:
        check_joining(db.session, contest, chosen, now=now)
        if asks_second(contest):
            return _ask(contest, chosen, why)
        join_units(db.session, actor(), contest, chosen, reason=why, now=now)
    except tuple(REFUSALS) as refusal:
        db.session.rollback()
        form.form_errors.append(_(REFUSALS[type(refusal)]))
        return _page(contest_or_404(slug), form, offered, 409)
    db.session.commit()
    flash(_("Đã thêm; trang cuộc thi nêu đơn vị nào, từ bao giờ, vì sao."), "success")
    return redirect(url_for(".units", slug=slug))


def _offered(contest: Contest) -> list[Unit]:
    """Return the villages, agencies and schools of the contest's communes that are not in it."""
    own = list_own_units(db.session, contest, list_communes(db.session, contest, scope()), local_date(clock.now()))
    return [each.unit for each in own if not each.enters]


def _ask(contest: Contest, chosen: Sequence[Unit], why: str) -> Response:
    counts = [each.to_dict() for each in joining_headcounts(db.session, chosen, clock.now())]
    details = {"units": ",".join(str(unit.id) for unit in chosen), "headcounts": json.dumps(counts, ensure_ascii=False)}
    back = url_for(".units", slug=contest.slug)
    return request_approval(QuizAction.UNITS_JOIN, of_contest(contest), reason=why, details=details, back=back)


def _page(contest: Contest, form: JoinForm, offered: Sequence[Unit], status: int) -> Page:
    page = render_template(
        "quiz/attempt/manage/join.html", contest=contest, form=form, offered=offered, is_grave=asks_second(contest)
    )
    return page, status


def _chosen(session: Session, approval: Approval) -> list[Unit]:
    ids = [int(each) for each in str(approval.details["units"]).split(",")]
    return list(session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.sort_key)))


def _seen(approval: Approval) -> list[HeadcountChange]:
    """Return the headcounts of a request; one of an older program has none."""
    return [HeadcountChange.from_dict(each) for each in json.loads(str(approval.details.get("headcounts") or "[]"))]


def show_joining(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the units, and what stays."""
    contest = session.get_one(Contest, int(approval.subject_id))
    lines = [(_("Thêm đơn vị"), unit.label) for unit in _chosen(session, approval)]
    lines += [(_("Số dân"), headcount_words(each.name, each.after)) for each in _seen(approval)]
    lines += [
        (_("Đang có"), _("%(n)s đơn vị; không bỏ, không đổi tên đơn vị nào", n=len(contest.units))),
        (_("Người đã đăng ký"), _("Giữ đơn vị của mình; muốn đổi thì tự gửi yêu cầu")),
    ]
    return (Part(_("Việc sẽ làm"), lines),)


def do_joining(session: Session, _keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Let them join, if it is still possible."""
    contest = session.get_one(Contest, int(approval.subject_id))
    try:
        join_units(
            session,
            decided_by(approval),
            contest,
            _chosen(session, approval),
            reason=approval.reason,
            now=now,
            approval=approval,
            seen=_seen(approval) if "headcounts" in approval.details else None,
        )
    except tuple(REFUSALS) as refusal:
        raise NoLonger(_(REFUSALS[type(refusal)])) from refusal


HANDLER = Handler(QuizAction.UNITS_JOIN, "contest.manage", show_joining, do_joining)
