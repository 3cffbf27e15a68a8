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
from account.rules.signed import Signed
from account.views.current import actor, request_approval
from commune.models import OWN_KINDS, Unit
from core import clock
from core.crypto import Keyring
from core.values.text import N_
from core.values.week import local_date
from core.web.access import requires, scope
from core.web.extensions import db
from quiz.attempt.forms.units import JoinForm
from quiz.attempt.operations.amending import NotAmendable
from quiz.attempt.operations.amending_headcounts import NoRoundAhead, first_with_notice
from quiz.attempt.operations.contest_units import (
    DividesVillages,
    NoneToJoin,
    OtherHeadcounts,
    RivalsNotSaid,
    brings_rivals,
    check_joining,
    divides,
    join_units,
    joining_headcounts,
    plan_joining,
)
from quiz.attempt.queries.own_units import list_communes, list_other_communes, list_own_units
from quiz.contest.labels.amendments import headcount_words
from quiz.contest.labels.rounds import round_name, round_words
from quiz.contest.manage import asks_second, blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.headcounts import HeadcountChange

Page = Response | tuple[str, int]
REFUSALS: dict[type[Exception], str] = {
    NoRoundAhead: N_(
        "Đơn vị vào thi cùng tranh giải thì phải được công bố trước ít nhất 24 giờ, mà không còn đợt nào mở sau 24 giờ "
        "nữa."
    ),
    DividesVillages: N_(
        "Cuộc thi này so các thôn, cơ quan, trường của một xã với nhau. Thêm xã khác thì bảng và giải tập thể chỉ còn "
        "đếm theo xã, các thôn mất thứ hạng đã công bố, nên không thêm được. Xã kia xin mở cuộc thi riêng."
    ),
    NotAmendable: N_("Cuộc thi chưa có người đăng ký, đã hủy hoặc đang diễn tập nên không thêm đơn vị ở đây."),
    NoneToJoin: N_("Các đơn vị này đã ở trong cuộc thi, hoặc mọi đợt đã hết giờ."),
    OtherHeadcounts: N_("Số dân của đơn vị đã đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới."),
}


@blueprint.route("/<slug>/don-vi/vao-thi", methods=["GET", "POST"])
@requires("contest.manage")
def join(slug: str) -> Page:
    """Let units of a list join the contest, or ask a second person."""
    contest, now = contest_or_404(slug), clock.now()
    offered = _offered(contest, now)
    form = JoinForm().offer(offered)
    if not form.validate_on_submit():
        return _page(contest, form, offered, 422 if form.is_submitted() else 200)
    try:
        return _join(contest, form, [unit for unit in offered if unit.id in (form.units.data or [])], now)
    except RivalsNotSaid:
        form.says_rivals.errors = [_("Đơn vị vào thi cùng tranh giải đã công bố. Nếu đúng ý, xin đánh dấu ô này.")]
    except tuple(REFUSALS) as refusal:
        form.form_errors.append(_(REFUSALS[type(refusal)]))
    db.session.rollback()
    return _page(contest_or_404(slug), form, offered, 409 if form.form_errors else 422)


def _join(contest: Contest, form: JoinForm, chosen: Sequence[Unit], now: datetime) -> Response:
    says, why = form.says_rivals.data, form.why.data or ""
    check_joining(db.session, contest, chosen, now=now, says_rivals=says)
    if asks_second(contest):
        return _ask(contest, chosen, why)
    join_units(db.session, actor(), contest, chosen, reason=why, now=now, says_rivals=says)
    db.session.commit()
    flash(_("Đã thêm; trang cuộc thi nêu đơn vị nào, từ bao giờ, vì sao."), "success")
    return redirect(url_for(".units", slug=contest.slug))


def _offered(contest: Contest, now: datetime) -> list[Unit]:
    """Return the villages, agencies and schools of the contest's communes that are not in it, then the other communes
    where one may still join.
    """
    own = list_own_units(db.session, contest, list_communes(db.session, contest, scope()), local_date(now))
    communes = _other_communes(contest, now)
    can_join = first_with_notice(contest, now) is not None and not divides(contest, communes[:1])
    return [*(each.unit for each in own if not each.enters), *(communes if can_join else ())]


def _other_communes(contest: Contest, now: datetime) -> list[Unit]:
    return list_other_communes(db.session, contest, scope(), local_date(now))


def _ask(contest: Contest, chosen: Sequence[Unit], why: str) -> Response:
    counts = [each.to_dict() for each in joining_headcounts(db.session, chosen, clock.now())]
    details = {"units": ",".join(str(unit.id) for unit in chosen), "headcounts": json.dumps(counts, ensure_ascii=False)}
    back = url_for(".units", slug=contest.slug)
    return request_approval(QuizAction.UNITS_JOIN, of_contest(contest), reason=why, details=details, back=back)


def _page(contest: Contest, form: JoinForm, offered: Sequence[Unit], status: int) -> Page:
    now = clock.now()
    communes, first = _other_communes(contest, now), first_with_notice(contest, now)
    page = render_template(
        "quiz/attempt/manage/join.html",
        contest=contest,
        form=form,
        offered=offered,
        is_grave=asks_second(contest),
        communes=communes,
        divides=divides(contest, communes[:1]),
        first=round_words(first) if first else "",
        has_rivals=brings_rivals(contest, offered),
        rivals_below=brings_rivals(contest, [unit for unit in offered if unit.kind in OWN_KINDS]),
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
    contest, units = session.get_one(Contest, int(approval.subject_id)), _chosen(session, approval)
    lines: list[tuple[str, str | Signed]] = [(_("Thêm đơn vị"), Signed(unit.label)) for unit in units]
    lines += _since(contest, units)
    lines += [(_("Số dân"), headcount_words(each.name, each.after)) for each in _seen(approval)]
    lines += [
        (_("Đang có"), _("%(n)s đơn vị; không bỏ, không đổi tên đơn vị nào", n=len(contest.units))),
        (_("Người đã đăng ký"), _("Giữ đơn vị của mình; muốn đổi thì tự gửi yêu cầu")),
    ]
    return (Part(_("Việc sẽ làm"), lines),)


def _since(contest: Contest, units: Sequence[Unit]) -> list[tuple[str, str]]:
    """Return from when on the units take part, and what that takes from those who are in the contest."""
    try:
        found = plan_joining(contest, units, clock.now())
    except (NoneToJoin, NoRoundAhead) as refusal:
        return [(_("Áp dụng từ"), _(REFUSALS[type(refusal)]))]
    lost = (
        [(_("Điều bất lợi cho người dự thi"), _("thêm người cùng tranh các giải đã công bố"))] if found.widens else []
    )
    return [(_("Áp dụng từ"), round_name(found.first)), *lost]


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
            says_rivals=True,
        )
    except tuple(REFUSALS) as refusal:
        raise NoLonger(_(REFUSALS[type(refusal)])) from refusal


HANDLER = Handler(QuizAction.UNITS_JOIN, "contest.manage", show_joining, do_joining)
