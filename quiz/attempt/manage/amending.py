"""The organiser's page that amends rules, prizes and dates of a contest that has begun."""

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
from quiz.attempt.operations import amending
from quiz.contest.forms.amendment import AmendmentForm
from quiz.contest.labels.amendments import DATE_REFUSAL, LOSS, amendment_changes, plan_change, rule_change
from quiz.contest.labels.rounds import round_name, round_words
from quiz.contest.labels.schedule import MISTAKE
from quiz.contest.manage import asks_second, blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.queries.amendments import list_amendments
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.amendments import DateRefusal, DeclaredPlan
from quiz.contest.rules.presets import Rules

Page = Response | tuple[str, int]
REFUSALS: dict[type[Exception], str] = {
    amending.RoundHasOpened: N_("Đợt này đã mở. Thể lệ và giải chỉ đổi từ một đợt chưa mở."),
    amending.UnitPrizesFixed: N_(
        "Giải tập thể chỉ đổi khi còn một đợt mở sau ít nhất 24 giờ nữa: muộn hơn thì đã biết đơn vị nào dẫn đầu."
    ),
    amending.SeasonPrizesFixed: N_(
        "Giải chung cuộc chỉ đổi khi còn một đợt mở sau ít nhất 24 giờ nữa: muộn hơn thì đã biết ai dẫn đầu."
    ),
    amending.SeasonFixed: N_(
        "Cuộc thi có giải chung cuộc và đã có đợt chốt bài: cách cộng cả cuộc thi giữ nguyên, vì đã biết cộng cách nào "
        "thì ai dẫn đầu."
    ),
    amending.SameRules: N_("Thể lệ, ngày giờ, giải như đang dùng, không có gì để sửa đổi."),
    amending.OtherEligibility: N_("Ai được xếp hạng, nhận giải thì giữ nguyên: mọi người đã đăng ký theo điều ấy."),
    amending.LaterRules: N_(
        "Từ một đợt sau đã có luật khác do lần sửa đổi trước. Xin chọn đợt ấy, hoặc sửa đợt ấy về như đợt này trước."
    ),
    amending.NotAmendable: N_(
        "Cuộc thi này chưa cần sửa đổi: thể lệ còn sửa thẳng được, hoặc đã hủy, hoặc đang diễn tập."
    ),
}
"""Why an amendment is refused."""
REFUSED: tuple[type[Exception], ...] = (*REFUSALS, amending.DatesRefused, amending.LateLoss, amending.LossNotSaid)


@blueprint.route("/<slug>/sua-doi-the-le", methods=["GET", "POST"])
@requires("contest.manage")
def amend(slug: str) -> Page:
    """Amend rules and prizes from a round on, or dates, or ask a second person to agree."""
    contest, now = contest_or_404(slug), clock.now()
    movable, amendable = amending.list_movable(contest, now), amending.list_amendable(contest, now)
    form = AmendmentForm().offer(contest, amendable, movable)
    if not amending.can_amend(db.session, contest) or not movable:
        flash(_("Không còn đợt nào để sửa đổi thể lệ, hoặc thể lệ còn sửa thẳng được."), "info")
        return redirect(url_for(".contest", slug=slug))
    if not form.is_submitted():
        form.show(contest)
    elif form.validate_on_submit() and (done := _amend(contest, form, now)):
        return done
    return _page(contest, form, now, has_coming=bool(amendable))


def _page(contest: Contest, form: AmendmentForm, now: datetime, *, has_coming: bool) -> Page:
    page = render_template(
        "quiz/attempt/manage/amend.html",
        contest=contest,
        form=form,
        changes=amendment_changes(list_amendments(db.session, contest), contest),
        has_coming=has_coming,
        is_grave=asks_second(contest),
        now=now,
    )
    return page, 422 if form.is_submitted() else 200


def _amend(contest: Contest, form: AmendmentForm, now: datetime) -> Page | None:
    """Amend or ask; None where it is refused, with the reason beside the field."""
    number, reason, back = int(form.from_round.data), form.reason.data or "", url_for(".contest", slug=contest.slug)
    try:
        rules = form.rules_after(amending.rules_from(contest, number, now))
        after = amending.Declaration(rules, form.plan(amending.plan_of(contest)))
        said = form.says_losses.data
        before = amending.check_amendment(db.session, contest, number, after, now=now, says_losses=said)
        if asks_second(contest):
            details: dict[str, Plain] = {"from": number, "before": _written(before), "after": _written(after)}
            return request_approval(
                QuizAction.RULES_AMEND, of_contest(contest), reason=reason, details=details, back=back
            )
        amending.amend_rules(db.session, actor(), contest, number, after, reason=reason, now=now, says_losses=said)
    except REFUSED as refusal:
        db.session.rollback()
        _explain(form, refusal)
        return None
    db.session.commit()
    flash(_("Đã sửa đổi; trang cuộc thi nêu rõ sửa gì và vì sao."), "success")
    return redirect(back)


def _explain(form: AmendmentForm, refusal: Exception) -> None:
    """Put the reason of a refusal beside its field."""
    if isinstance(refusal, amending.LossNotSaid):
        lost = ", ".join(_(LOSS[each]) for each in refusal.found)
        words = _("Sửa đổi này bớt điều đã công bố: %(lost)s. Nếu đúng ý, xin đánh dấu ô này.", lost=lost)
        form.says_losses.errors = [words]
    elif isinstance(refusal, amending.LateLoss):
        form.from_round.errors = [late_words(refusal)]
    elif isinstance(refusal, amending.DatesRefused):
        why = DATE_REFUSAL[refusal.why] if isinstance(refusal.why, DateRefusal) else MISTAKE[refusal.why]
        row = form.row_of(refusal.number)
        (row.opens_day if row else form.from_round).errors = [_(why)]
    else:
        fields = {amending.UnitPrizesFixed: form.collective, amending.SeasonPrizesFixed: form.tiers}
        field = fields.get(type(refusal), form.from_round)
        field.errors = [_(REFUSALS[type(refusal)])]


def late_words(refusal: amending.LateLoss) -> str:
    """Return what an amendment takes too late, and what to do instead."""
    lost, round = ", ".join(_(LOSS[each]) for each in refusal.found), round_words(refusal.round)
    said = _("Sửa đổi này bớt điều đã công bố (%(lost)s) nên phải công bố trước ít nhất 24 giờ.", lost=lost)
    if refusal.later is None:
        todo = _("Không còn đợt nào mở sau 24 giờ nữa: giữ như đã công bố.")
    else:
        todo = _("Với %(round)s thì đã muộn. Xin áp dụng từ %(later)s.", round=round, later=round_words(refusal.later))
    return f"{said} {todo}"


def _written(declared: amending.Declaration) -> str:
    plan = declared.plan.to_dict() if declared.plan else None
    return json.dumps({"rules": declared.rules.to_dict(), "plan": plan}, sort_keys=True)


def _read(text: object) -> amending.Declaration:
    """Return what an approval keeps; one of an older program holds the rules alone."""
    found = json.loads(str(text))
    if "rules" not in found:
        return amending.Declaration(Rules.from_dict(found))
    plan = DeclaredPlan.from_dict(found["plan"]) if found["plan"] else None
    return amending.Declaration(Rules.from_dict(found["rules"]), plan)


def show_amending(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the round and the difference in words."""
    contest, given = session.get_one(Contest, int(approval.subject_id)), approval.details
    before, after = _read(given["before"]), _read(given["after"])
    changes = [rule_change(before.rules.to_dict(), after.rules.to_dict(), is_weekly=contest.is_weekly)]
    if before.plan and after.plan:
        wins = before.rules.earlier_wins
        changes.append(plan_change(contest, before.plan, after.plan, earlier_wins=wins))
    first = next((round for round in contest.rounds if round.number == given["from"]), None)
    lines: list[tuple[str, str | Signed]] = [(_("Áp dụng từ"), round_name(first))] if first else []
    lines += [(_("Bỏ"), each) for change in changes for each in change.gone if each not in change.prizes]
    lines += [(_("Thêm"), Signed(each)) for change in changes for each in change.come if each not in change.prizes]
    lines += [(name, Signed(words)) for change in changes for name, words in change.pairs]
    lines += [(_("Tổng giải thưởng"), Signed(each)) for change in changes for each in change.totals]
    lines += [(_("Điều bất lợi cho người dự thi"), change.lost) for change in changes if change.lost]
    return (Part(_("Sửa đổi thể lệ"), lines),)


def do_amending(session: Session, _keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Amend as requested and shown, if it is still possible and nothing changed since."""
    contest, given = session.get_one(Contest, int(approval.subject_id)), approval.details
    try:
        amending.amend_rules(
            session,
            decided_by(approval),
            contest,
            int(given["from"] or 0),
            _read(given["after"]),
            reason=approval.reason,
            now=now,
            approval=approval,
            seen=_read(given["before"]),
            says_losses=True,
        )
    except REFUSED as refusal:
        raise NoLonger(_("Đợt thi đã mở hoặc thể lệ đã đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới.")) from refusal


HANDLER = Handler(QuizAction.RULES_AMEND, "contest.manage", show_amending, do_amending)
