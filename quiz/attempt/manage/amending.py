"""The organiser's page that amends the rules of a contest that has begun."""

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
from account.views.current import actor, needs_second, request_approval
from core import clock
from core.crypto import Keyring
from core.values.text import N_
from core.web.access import requires
from core.web.extensions import db
from quiz.attempt.operations import amending
from quiz.contest.forms.amendment import AmendmentForm
from quiz.contest.labels.amendments import amendment_changes, rule_change
from quiz.contest.labels.rounds import round_name
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.queries.amendments import list_amendments
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.presets import Rules

Page = Response | tuple[str, int]
REFUSALS: dict[type[Exception], str] = {
    amending.RoundHasOpened: N_("Đợt này đã mở. Thể lệ chỉ đổi từ một đợt chưa mở."),
    amending.SameRules: N_("Thể lệ như đang dùng, không có gì để sửa đổi."),
    amending.OtherEligibility: N_("Ai được xếp hạng, nhận giải thì giữ nguyên: mọi người đã đăng ký theo điều ấy."),
    amending.NotAmendable: N_(
        "Cuộc thi này chưa cần sửa đổi: thể lệ còn sửa thẳng được, hoặc đã hủy, hoặc đang diễn tập."
    ),
}
"""Why an amendment is refused."""


@blueprint.route("/<slug>/sua-doi-the-le", methods=["GET", "POST"])
@requires("contest.manage")
def amend(slug: str) -> Page:
    """Amend the rules from a round on, or ask a second person to agree."""
    contest, now = contest_or_404(slug), clock.now()
    form = AmendmentForm().offer(amending.list_amendable(contest, now), Rules.from_dict(contest.rules))
    if not amending.can_amend(db.session, contest) or not form.from_round.choices:
        flash(_("Không còn đợt nào để sửa đổi thể lệ, hoặc thể lệ còn sửa thẳng được."), "info")
        return redirect(url_for(".contest", slug=slug))
    if not form.is_submitted():
        form.show(Rules.from_dict(contest.rules))
    elif form.validate_on_submit() and (done := _amend(contest, form, now)):
        return done
    changes = amendment_changes(list_amendments(db.session, contest), is_weekly=contest.is_weekly)
    page = render_template(
        "quiz/attempt/manage/amend.html", contest=contest, form=form, changes=changes, is_grave=needs_second()
    )
    return page, 422 if form.is_submitted() else 200


def _amend(contest: Contest, form: AmendmentForm, now: datetime) -> Page | None:
    """Amend or ask; None where it is refused, with the reason beside the field."""
    number, rules, reason = int(form.from_round.data), form.rules, form.reason.data or ""
    back = url_for(".contest", slug=contest.slug)
    try:
        before = amending.check_amendment(db.session, contest, number, rules, now=now)
        if needs_second():
            details: dict[str, Plain] = {
                "from": number,
                "before": json.dumps(before.to_dict(), sort_keys=True),
                "after": json.dumps(rules.to_dict(), sort_keys=True),
            }
            return request_approval(
                QuizAction.RULES_AMEND, of_contest(contest), reason=reason, details=details, back=back
            )
        amending.amend_rules(db.session, actor(), contest, number, rules, reason=reason, now=now)
    except tuple(REFUSALS) as refusal:
        db.session.rollback()
        form.from_round.errors = [_(REFUSALS[type(refusal)])]
        return None
    db.session.commit()
    flash(_("Đã sửa đổi thể lệ từ đợt đã chọn; trang cuộc thi nêu rõ sửa gì và vì sao."), "success")
    return redirect(back)


def show_amending(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the round and the difference in words."""
    contest, given = session.get_one(Contest, int(approval.subject_id)), approval.details
    before, after = (json.loads(str(given[each])) for each in ("before", "after"))
    change = rule_change(before, after, is_weekly=contest.is_weekly)
    first = next((round for round in contest.rounds if round.number == given["from"]), None)
    lines = [(_("Áp dụng từ"), round_name(first) if first else "")]
    lines += [(_("Bỏ"), each) for each in change.gone] + [(_("Thêm"), each) for each in change.come]
    return (Part(_("Sửa đổi thể lệ"), lines),)


def do_amending(session: Session, _keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Amend the rules, if the round has not opened and the rules are still those that were shown."""
    contest, given = session.get_one(Contest, int(approval.subject_id)), approval.details
    before, after = (Rules.from_dict(json.loads(str(given[each]))) for each in ("before", "after"))
    try:
        amending.amend_rules(
            session,
            decided_by(approval),
            contest,
            int(given["from"] or 0),
            after,
            reason=approval.reason,
            now=now,
            approval=approval,
            seen=before,
        )
    except tuple(REFUSALS) as refusal:
        raise NoLonger(_("Đợt thi đã mở hoặc thể lệ đã đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới.")) from refusal


HANDLER = Handler(QuizAction.RULES_AMEND, "contest.manage", show_amending, do_amending)
