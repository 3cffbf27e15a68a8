"""The prizes of units: the figures by every measure, the decision by the declared one, and its files."""

from collections.abc import Sequence
from dataclasses import dataclass
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
from core.values.numbers import thousands
from core.web.access import may, requires
from core.web.extensions import db
from quiz.attempt.operations.amending import can_amend, list_amendable
from quiz.awards.forms import DecideUnitsForm
from quiz.awards.labels import award_words, figure_words
from quiz.awards.manage.collective_refusals import REFUSALS, over_words, why_not
from quiz.awards.manage.decision_request import contest_of, request_words
from quiz.awards.manage.draw import ties_on_page
from quiz.awards.operations.collective import OverHeadcount, check_decidable, decide_collective
from quiz.awards.queries.collective import CollectiveDraft, draft_collective, find_decision
from quiz.awards.rules.collective import MeasureLead, UnitFigures, first_by_measure
from quiz.contest.labels.terms import MEASURE
from quiz.contest.manage import asks_second, blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.terms import CollectiveMeasure

Page = Response | tuple[str, int]
MOST_NAMED = 6
"""The equal units that are all named; of more, one less is, and the others are counted."""


@dataclass(frozen=True)
class MeasureLine:
    """A measure with its figure for each unit of the page, and the names of the units that would be first by it."""

    code: str
    label: str
    first: str
    is_declared: bool


@dataclass(frozen=True)
class MissingTerm:
    """The term of the rules without which no prize of units can be decided, and where it is set, if it still can be."""

    words: str
    how: str
    label: str = ""
    address: str = ""


@blueprint.get("/<slug>/giai-tap-the")
@requires("result.see")
def collective(slug: str) -> str:
    """Show the units by every measure, the prizes by the declared ones, and the newest decision."""
    contest, now = contest_or_404(slug), clock.now()
    decision, draft = find_decision(db.session, contest), draft_collective(db.session, contest, now)
    return render_template(
        "quiz/awards/manage/collective.html",
        contest=contest,
        decision=decision,
        form=DecideUnitsForm(None),
        lack=_missing_term(contest, now),
        **_obstacle(contest, now),
        manages=may("contest.manage"),
        **ties_on_page(contest, draft, is_decided=decision is not None),
        **_figures(draft),
        **request_words(contest, QuizAction.COLLECTIVE_DECIDE),
    )


def _missing_term(contest: Contest, now: datetime) -> MissingTerm | None:
    if contest.collective_tiers and contest.prize_terms.measure is not None:
        return None
    if contest.collective_tiers:
        words = _("Thể lệ có giải tập thể mà chưa nói xếp theo gì.")
        how = _("Xin chọn cách xếp rồi mới quyết định được.")
    else:
        words, how = _("Thể lệ không có giải tập thể."), _("Muốn trao giải cho đơn vị thì ghi giải vào thể lệ trước.")
    if not may("contest.manage"):
        return MissingTerm(words, how)
    if not can_amend(db.session, contest):
        return MissingTerm(words, how, _("Sửa cuộc thi"), url_for(".edit", slug=contest.slug) + "#muc-giai")
    if list_amendable(contest, now):
        return MissingTerm(words, how, _("Sửa đổi thể lệ"), url_for(".amend", slug=contest.slug) + "#muc-giai")
    return MissingTerm(words, how)


def _figures(draft: CollectiveDraft | None) -> dict[str, object]:
    return {
        "draft": draft,
        "measures": _measures(draft) if draft else [],
        "figures": _ordered(draft) if draft else [],
        "figure_words": figure_words,
        "award_words": award_words,
        "measure_label": MEASURE,
    }


def _measures(draft: CollectiveDraft) -> list[MeasureLine]:
    return [
        MeasureLine(
            measure.value,
            str(_(MEASURE[measure])),
            _lead_words(draft, lead),
            measure in {own.measure for own in draft.lists},
        )
        for measure, lead in first_by_measure(draft.figures).items()
        if measure is not CollectiveMeasure.CAPPED or draft.terms.cap
    ]


def _lead_words(draft: CollectiveDraft, lead: MeasureLead) -> str:
    """Return the names of the units in the lead, all of them or the first with the number of the others."""
    if lead.of and not lead.known:
        return str(_("chưa đơn vị dự thi nào có số dân"))
    if not lead.is_comparable:
        known, of = thousands(lead.known), thousands(lead.of)
        return str(_("chưa so được: mới %(known)s trong %(of)s đơn vị dự thi có số dân", known=known, of=of))
    names = [draft.units[ref].name for ref in lead.refs]
    if len(names) <= MOST_NAMED:
        return ", ".join(names) or "–"
    shown, others = ", ".join(names[: MOST_NAMED - 1]), thousands(len(names) - MOST_NAMED + 1)
    return str(_("%(units)s và %(n)s đơn vị nữa", units=shown, n=others))


def _ordered(draft: CollectiveDraft) -> list[UnitFigures]:
    placed = list(dict.fromkeys(each.figures for each in draft.awards))
    return placed + [each for each in draft.figures if each not in placed and each.people]


def _obstacle(contest: Contest, now: datetime) -> dict[str, str]:
    """Return why nothing can be decided now, or which units are to be looked at first."""
    try:
        check_decidable(db.session, contest, now=now)
    except OverHeadcount as error:
        return {"over": over_words(error.units), "why_not": ""}
    except REFUSALS as error:
        return {"over": "", "why_not": why_not(error)}
    return {"over": "", "why_not": ""}


@blueprint.post("/<slug>/giai-tap-the/de-nghi")
@requires("contest.manage")
def decide(slug: str) -> Page:
    """Decide on the prizes of units, or ask a second person to."""
    contest, form = contest_or_404(slug), DecideUnitsForm()
    back = url_for(".collective", slug=slug)
    if not form.validate_on_submit():
        return redirect(back)
    try:
        return _decide(contest, form, back)
    except REFUSALS as error:
        db.session.rollback()
        flash(why_not(error), "error")
    return redirect(back)


def _decide(contest: Contest, form: DecideUnitsForm, back: str) -> Page:
    reason, leaves_over = form.reason.data or "", bool(form.leaves_over.data)
    seen = check_decidable(db.session, contest, now=clock.now(), leaves_over=leaves_over)
    if asks_second(contest):
        details: dict[str, Plain] = {"contest": contest.id, "seen": seen, "leaves_over": leaves_over}
        about = of_contest(contest)
        return request_approval(QuizAction.COLLECTIVE_DECIDE, about, reason=reason, details=details, back=back)
    decision = decide_collective(
        db.session, actor(), contest, seen=seen, reason=reason, now=clock.now(), leaves_over=leaves_over
    )
    db.session.commit()
    flash(_("Đã quyết định giải tập thể, lần %(version)s.", version=decision.version), "success")
    return redirect(back)


def show_collective(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the prizes as they would be decided; only a warning where the figures have changed."""
    contest = contest_of(session, approval)
    draft = draft_collective(session, contest, clock.now())
    if draft is None or draft.terms.measure is None or draft.digest != approval.details["seen"]:
        why = _("Số liệu đã thay đổi sau khi gửi yêu cầu; đồng ý cũng không thực hiện được.")
        return (Part(_("Yêu cầu này không còn khớp"), [(_("Vì sao"), why)]),)
    lines = [
        (
            str(each.tier.name if each.tier else ""),
            Signed(
                draft.units[each.figures.ref].name,
                figure_words(measure, each.figures),
                _("%(amount)s đồng", amount=thousands(each.tier.amount)) if each.tier and each.tier.amount else "",
            ),
        )
        for measure, each in draft.winners
    ]
    about = [
        (_("Xếp theo"), "; ".join(str(_(MEASURE[own.measure])) for own in draft.lists)),
        (_("Đơn vị có số liệu"), thousands(len({each.figures.ref for each in draft.awards}))),
        (_("Không tính"), _("bài không được công nhận")),
        *((_("Không xếp theo tỷ lệ"), each) for each in _over(draft)),
    ]
    return Part(_("Giải tập thể"), lines), Part(_("Cách xếp"), about)


def _over(draft: CollectiveDraft) -> list[str]:
    return [
        _(
            "%(unit)s: %(people)s người thi, hơn số dân %(headcount)s",
            unit=draft.units[each.ref].name,
            people=thousands(each.people),
            headcount=thousands(each.headcount or 0),
        )
        for each in draft.over
    ]


def do_collective(session: Session, _keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Decide as requested and shown, or not at all."""
    contest, seen = contest_of(session, approval), str(approval.details["seen"])
    try:
        decide_collective(
            session,
            decided_by(approval),
            contest,
            seen=seen,
            reason=approval.reason,
            now=now,
            approval=approval,
            leaves_over=bool(approval.details.get("leaves_over")),
        )
    except REFUSALS as error:
        raise NoLonger(why_not(error)) from error


HANDLER = Handler(QuizAction.COLLECTIVE_DECIDE, "contest.manage", show_collective, do_collective)
