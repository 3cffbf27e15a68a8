"""The organiser's page on which a contest that has begun takes over newer headcounts: visibly, for a reason."""

import json
from collections.abc import Sequence
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.operations.approval import Handler, NoLonger, Part, decided_by
from account.rules.chain import Plain
from account.rules.signed import Signed
from account.views.current import actor, request_approval
from core import clock
from core.crypto import Keyring
from core.values.text import N_
from core.web.access import requires
from core.web.extensions import db
from quiz.attempt.forms.units import HeadcountsForm
from quiz.attempt.operations.amending import NotAmendable
from quiz.attempt.operations.amending_headcounts import (
    NoRoundAhead,
    SameHeadcounts,
    amend_headcounts,
    check_headcounts,
    first_with_notice,
    list_newer,
    takes_corrections,
)
from quiz.contest.labels.amendments import headcount_words
from quiz.contest.labels.rounds import round_name, round_words
from quiz.contest.manage import asks_second, blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.headcounts import HeadcountChange

Page = Response | tuple[str, int]
REFUSALS: dict[type[Exception], str] = {
    NotAmendable: N_("Cuộc thi chưa có người đăng ký nên đang dùng số dân mới nhất, hoặc đã hủy hay đang diễn tập."),
    NoRoundAhead: N_(
        "Các đợt còn lại mở trong vòng 24 giờ hoặc đã mở: chỉ đính chính được số ghi sai của đúng ngày đang dùng, "
        "trước khi công bố kết quả đợt cuối."
    ),
    SameHeadcounts: N_("Số dân của các nơi này vừa thay đổi. Xin xem lại danh sách rồi chọn lần nữa."),
}


@blueprint.route("/<slug>/don-vi/so-dan", methods=["GET", "POST"])
@requires("contest.manage")
def headcounts(slug: str) -> Page:
    """Let the contest use newer headcounts from a round on that has not opened, or ask a second person."""
    contest, now = contest_or_404(slug), clock.now()
    newer = list_newer(db.session, contest, now) if contest.headcounts_fixed_at else []
    form = HeadcountsForm().offer(_possible(contest, newer, now))
    if not form.validate_on_submit():
        return _page(contest, form, newer, 422 if form.is_submitted() else 200)
    chosen, why = [each for each in newer if each.unit_id in (form.units.data or [])], form.why.data or ""
    try:
        check_headcounts(db.session, contest, chosen, now=now)
        if asks_second(contest):
            return _ask(contest, chosen, why)
        amend_headcounts(db.session, actor(), contest, chosen, reason=why, now=now)
    except tuple(REFUSALS) as refusal:
        db.session.rollback()
        form.form_errors.append(_(REFUSALS[type(refusal)]))
        return _page(contest_or_404(slug), form, newer, 409)
    db.session.commit()
    flash(_("Đã sửa đổi số dân; trang cuộc thi nêu số nào, từ đợt nào, vì sao."), "success")
    return redirect(url_for(".units", slug=slug))


def _possible(contest: Contest, newer: Sequence[HeadcountChange], now: datetime) -> list[HeadcountChange]:
    """Return those of *newer* that may still be used: all of them, or in the end corrections alone."""
    if first_with_notice(contest, now) is not None:
        return list(newer)
    return [each for each in newer if each.is_correction and takes_corrections(contest)]


def _ask(contest: Contest, chosen: Sequence[HeadcountChange], why: str) -> Response:
    details: dict[str, Plain] = {"headcounts": json.dumps([each.to_dict() for each in chosen], ensure_ascii=False)}
    about, back = of_contest(contest), url_for(".units", slug=contest.slug)
    return request_approval(QuizAction.HEADCOUNTS_AMEND, about, reason=why, details=details, back=back)


def _page(contest: Contest, form: HeadcountsForm, newer: Sequence[HeadcountChange], status: int) -> Page:
    now = clock.now()
    first = first_with_notice(contest, now)
    page = render_template(
        "quiz/attempt/manage/headcounts.html",
        contest=contest,
        form=form,
        newer=newer,
        possible=_possible(contest, newer, now),
        first=round_words(first) if first else "",
        is_grave=asks_second(contest),
    )
    return page, status


def _asked(approval: Approval) -> list[HeadcountChange]:
    return [HeadcountChange.from_dict(each) for each in json.loads(str(approval.details["headcounts"]))]


def show_headcounts(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return each figure that goes and that comes, the first round, and what they move."""
    contest, changes = session.get_one(Contest, int(approval.subject_id)), _asked(approval)
    first = first_with_notice(contest, clock.now())
    lines: list[tuple[str, str | Signed]] = [(_("Áp dụng từ"), round_name(first or contest.rounds[-1]))]
    if first is None:
        lines.append(
            (_("Đính chính"), _("Số dân đang dùng ghi sai; giải tập thể chỉ được quyết định sau ít nhất 24 giờ."))
        )
    lines += [(_("Bỏ"), headcount_words(each.name, each.before)) for each in changes if each.before]
    lines += [(_("Thêm"), Signed(headcount_words(each.name, each.after))) for each in changes]
    lines.append((_("Ảnh hưởng"), _("tỷ lệ trên số dân từ đợt ấy, của cả cuộc thi, và giải tập thể xếp theo số dân")))
    return (Part(_("Sửa đổi số dân của cuộc thi"), lines),)


def do_headcounts(session: Session, _keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Amend as requested and shown, if it is still possible and nothing changed since."""
    contest, changes = session.get_one(Contest, int(approval.subject_id)), _asked(approval)
    who, why = decided_by(approval), approval.reason
    try:
        amend_headcounts(session, who, contest, changes, reason=why, now=now, approval=approval)
    except tuple(REFUSALS) as refusal:
        raise NoLonger(_(REFUSALS[type(refusal)])) from refusal


HANDLER = Handler(QuizAction.HEADCOUNTS_AMEND, "contest.manage", show_headcounts, do_headcounts)
