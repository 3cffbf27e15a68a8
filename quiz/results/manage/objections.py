"""Objections: the list of a round, the answer to each beside the paper and the key, and results made final."""

from collections.abc import Sequence
from datetime import datetime

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.labels import STATE
from account.models import Approval
from account.operations.approval import Handler, NoLonger, Part, decided_by
from account.rules.chain import Plain
from account.views.current import actor, link_to, present_account, request_approval
from core import clock
from core.crypto import Keyring
from core.values.dates import moment
from core.web.access import requires
from core.web.extensions import db, keyring
from core.web.rooms import declared
from quiz.contest.manage import asks_second, blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.rules.actions import QuizAction
from quiz.results.forms.objection import FinaliseForm, ObjectionAnswerForm
from quiz.results.labels.objections import OUTCOME
from quiz.results.manage.exclusion import refused, waiting
from quiz.results.models import Objection
from quiz.results.operations.objections import (
    ObjectionsWaiting,
    StillObjectable,
    answer_objection,
    check_finalisable,
    finalise_round,
)
from quiz.results.operations.versions import Changed, NothingToDo, TooEarly
from quiz.results.queries.correction import find_paper
from quiz.results.queries.objections import (
    count_objections,
    find_objection,
    find_period,
    list_objections,
    read_texts,
)
from quiz.results.queries.own_paper import own_paper
from quiz.results.queries.result import find_result
from quiz.results.rules.objections import ObjectionOutcome

Page = Response | tuple[str, int]


@blueprint.get("/<slug>/tuan/<int:number>/khieu-nai")
@requires("result.see")
def objections(slug: str, number: int) -> Page:
    """List the objections to a published round, and offer to make its results final."""
    return _list(round_or_404(slug, number), FinaliseForm(None), 200)


def _list(round: Round, form: FinaliseForm, status: int) -> Page:
    period = find_period(db.session, round, clock.now())
    if period is None:
        flash(_("Tuần này không nhận khiếu nại: chưa công bố, hoặc thể lệ không đặt hạn khiếu nại."), "warning")
        return redirect(url_for(".round", slug=round.contest.slug, number=round.number))
    about = of_round(round)
    asked = waiting(about, QuizAction.ROUND_FINALISE)
    page = render_template(
        "quiz/results/manage/objections.html",
        contest=round.contest,
        round=round,
        period=period,
        form=form,
        asked=asked,
        refused=None if asked else refused(about, QuizAction.ROUND_FINALISE, round.published_at or clock.now()),
        count=count_objections(db.session, round),
        objections=list_objections(db.session, round),
        outcome_label=OUTCOME,
        needs_second=asks_second(round.contest),
        me=present_account(),
        link_to=link_to,
        action_label=declared().audit_actions,
        state_label=STATE,
    )
    return page, status


@blueprint.route("/<slug>/tuan/<int:number>/khieu-nai/<int:position>", methods=["GET", "POST"])
@requires("contest.manage")
def objection(slug: str, number: int, position: int) -> Page:
    """Show an objection beside the paper and the key, and take the answer."""
    round = round_or_404(slug, number)
    if find_period(db.session, round, clock.now()) is None:
        return redirect(url_for(".objections", slug=slug, number=number))
    found, form = find_objection(db.session, round, position) or abort(404), ObjectionAnswerForm()
    if not form.validate_on_submit():
        return _one(round, found, form, 422 if form.is_submitted() else 200)
    back = url_for(".objections", slug=slug, number=number)
    outcome, answer = ObjectionOutcome(form.outcome.data), form.answer.data or ""
    try:
        answer_objection(db.session, keyring(), actor(), found, outcome, answer, now=clock.now())
    except NothingToDo:
        db.session.rollback()
        flash(_("Khiếu nại này đã được trả lời trước đó."), "warning")
        return redirect(back)
    db.session.commit()
    flash(_answered_words(outcome, position), "success")
    return redirect(back)


def _answered_words(outcome: ObjectionOutcome, position: int) -> str:
    words = _("Đã trả lời khiếu nại số %(n)s. Người khiếu nại đọc được ngay.", n=position)
    if outcome is ObjectionOutcome.ACCEPTED:
        words = _("Đã chấp nhận khiếu nại số %(n)s. Bước tiếp theo: chấm lại, bỏ câu hoặc đính chính.", n=position)
    return str(words)


def _one(round: Round, found: Objection, form: ObjectionAnswerForm, status: int) -> Page:
    details = find_paper(db.session, round, found.participant_id) or abort(404)
    page = render_template(
        "quiz/results/manage/objection.html",
        contest=round.contest,
        round=round,
        objection=found,
        texts=read_texts(db.session, keyring(), found),
        details=details,
        paper=own_paper(db.session, keyring(), details.entry.attempt),
        outcome_label=OUTCOME,
        form=form,
    )
    return page, status


@blueprint.post("/<slug>/tuan/<int:number>/chinh-thuc")
@requires("contest.manage")
def finalise(slug: str, number: int) -> Page:
    """Make the results final, or ask a second person to, once the period is over and every objection is answered."""
    round, form = round_or_404(slug, number), FinaliseForm()
    if not form.validate_on_submit():
        return _list(round, form, 422)
    back = url_for(".objections", slug=slug, number=number)
    try:
        return _finalise(round, form.reason.data or "", back)
    except (TooEarly, Changed, NothingToDo, StillObjectable, ObjectionsWaiting) as error:
        db.session.rollback()
        flash(_why_not(error), "error")
    return redirect(back)


def _finalise(round: Round, reason: str, back: str) -> Page:
    check_finalisable(db.session, round, now=clock.now())
    result = find_result(db.session, round)
    version = result.version if result else 0
    if asks_second(round.contest) and round.finalised_at is None:
        details: dict[str, Plain] = {"round": round.id, "version": version}
        return request_approval(QuizAction.ROUND_FINALISE, of_round(round), reason=reason, details=details, back=back)
    finalise_round(db.session, actor(), round, version=version, reason=reason, now=clock.now())
    db.session.commit()
    flash(_("Kết quả đã là chính thức."), "success")
    return redirect(back)


def _why_not(error: Exception) -> str:
    if isinstance(error, StillObjectable):
        return str(_("Còn trong hạn khiếu nại, đến %(moment)s.", moment=moment(error.until)))
    if isinstance(error, ObjectionsWaiting):
        return str(_("Còn %(n)s khiếu nại chưa trả lời.", n=error.count))
    if isinstance(error, NothingToDo):
        return str(_("Kết quả đã là chính thức từ trước."))
    if isinstance(error, Changed):
        return str(_("Kết quả đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới."))
    return str(_("Tuần này chưa công bố, hoặc thể lệ không đặt hạn khiếu nại."))


def show_finalisation(session: Session, keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return every objection with its answer, and which accepted ones no correction has followed."""
    round = session.get_one(Round, approval.details["round"])
    count, result = count_objections(session, round), find_result(session, round)
    version = result.version if result else 0
    lines = [
        (_("Bản kết quả"), str(version)),
        (_("Khiếu nại"), str(count.made)),
        (_("Chờ trả lời"), str(count.waiting)),
        (_("Chấp nhận; không chấp nhận"), f"{count.accepted}; {count.rejected}"),
    ]
    answered = [
        (_("Khiếu nại số %(n)s", n=each.number), _answered(session, keyring, each, version))
        for each in list_objections(session, round)
    ]
    none = [(_("Không có"), _("Không ai khiếu nại trong hạn"))]
    return Part(_("Kết quả thành chính thức"), lines), Part(_("Từng khiếu nại"), answered or none)


def _answered(session: Session, keyring: Keyring, objection: Objection, version: int) -> str:
    words = str(_(OUTCOME[objection.outcome]))
    if objection.outcome == ObjectionOutcome.ACCEPTED and objection.version == version:
        words = str(_("Chấp nhận, nhưng sau đó chưa có bản kết quả mới nào"))
    answer = read_texts(session, keyring, objection).answer
    return str(_("%(outcome)s: %(answer)s", outcome=words, answer=answer)) if answer else words


def do_finalisation(session: Session, _keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Make the shown version final, or nothing."""
    given, decider = approval.details, decided_by(approval)
    round, version = session.get_one(Round, given["round"]), int(str(given["version"]))
    try:
        finalise_round(session, decider, round, version=version, reason=approval.reason, now=now, approval=approval)
    except (TooEarly, Changed, NothingToDo, StillObjectable, ObjectionsWaiting) as error:
        raise NoLonger(_why_not(error)) from error


HANDLER = Handler(QuizAction.ROUND_FINALISE, "contest.manage", show_finalisation, do_finalisation)
