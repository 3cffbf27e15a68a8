"""Re-mark a round whose key was wrong: previewed, requested by one person, done after another's approval."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.labels import STATE
from account.models import Approval
from account.operations.approval import LATER, Handler, NoLonger, Part, decided_by
from account.rules.chain import Plain
from account.rules.signed import Signed
from account.views.current import actor, link_to, present_account, request_approval
from core import clock
from core.crypto import Keyring
from core.jobs import Order, enqueue
from core.values.content import shown
from core.values.kept import kept
from core.values.numbers import thousands
from core.values.text import N_
from core.web.access import requires
from core.web.extensions import db
from core.web.jobs import owner
from core.web.rooms import declared
from quiz.contest.labels.rounds import kept_round
from quiz.contest.manage import asks_second, blueprint, round_or_404
from quiz.contest.models import Round, RoundQuestion
from quiz.contest.operations import audit_subjects
from quiz.contest.rules.actions import QuizAction
from quiz.results.forms.remark import KeyForm, RemarkForm
from quiz.results.jobs import REMARK
from quiz.results.manage.exclusion import refused, stale, waiting
from quiz.results.manage.items_view import item_cards
from quiz.results.manage.large import correction_job, is_large, started
from quiz.results.manage.moves import parts_of
from quiz.results.models import RoundAnswers
from quiz.results.operations import remark
from quiz.results.operations.audit_subjects import key_words
from quiz.results.operations.remark import Remark
from quiz.results.operations.versions import Changed, NothingToDo, TooEarly
from quiz.results.queries.remark import VOID, key_of
from quiz.results.queries.result import find_result

Page = Response | tuple[str, int]
_TITLE = kept(N_("Chấm lại %(round)s, %(contest)s"))
"""The title of the job."""


@blueprint.get("/<slug>/tuan/<int:number>/cham-lai")
@requires("contest.manage")
def keys(slug: str, number: int) -> str | Response:
    """List the questions of a closed round with what people chose, those whose key is probably wrong first."""
    round = round_or_404(slug, number)
    if round.closed_at is None:
        flash(_("Hãy khóa bài và xếp hạng trước."), "error")
        return redirect(url_for(".round", slug=slug, number=number))
    cards = item_cards(round, db.session.get(RoundAnswers, round.id))
    return render_template("quiz/results/manage/keys.html", contest=round.contest, round=round, cards=cards)


@blueprint.route("/<slug>/tuan/<int:number>/cham-lai/<int:position>", methods=["GET", "POST"])
@requires("contest.manage")
def mark_again(slug: str, number: int, position: int) -> Page:
    """Show one question: choose its right key, preview the re-mark, and accept the request."""
    round = round_or_404(slug, number)
    if round.closed_at is None:
        flash(_("Hãy khóa bài và xếp hạng trước."), "error")
        return redirect(url_for(".round", slug=slug, number=number))
    question = next((each for each in round.questions if each.position == position), None) or abort(404)
    key_form, form = KeyForm.about(question), RemarkForm()
    if request.method != "POST":
        fix = key_form.read_fix(question) if request.args else None
        return _page(round, question, key_form, form, fix, 422 if request.args and fix is None else 200)
    if not form.validate_on_submit():
        return _page(round, question, key_form, form, form.fix.data, 422)
    return _asked(round, question, key_form, form)


def _asked(round: Round, question: RoundQuestion, key_form: KeyForm, form: RemarkForm) -> Page:
    try:
        return _ask(round, question, form.fix.data or "", form)
    except (Changed, NothingToDo):
        db.session.rollback()
        flash(_("Danh sách đã thay đổi sau khi mở trang này. Xin xem lại rồi gửi lần nữa."), "warning")
        return _page(round, question, key_form, form, form.fix.data, 409)


def _ask(round: Round, question: RoundQuestion, fix: str, form: RemarkForm) -> Page:
    seen, about = form.seen.data or "", audit_subjects.of_question(round, question.position)
    if remark.preview_remark(db.session, round, question.position, fix).preview.digest != seen:
        raise Changed
    back = url_for(".round", slug=round.contest.slug, number=round.number)
    details: dict[str, Plain] = {"round": round.id, "position": question.position, "fix": fix, "seen": seen}
    if asks_second(round.contest):
        return request_approval(QuizAction.ROUND_REMARK, about, reason=form.reason.data, details=details, back=back)
    if is_large(db.session, round):
        return started(_job(round, details, reason=form.reason.data, owner=owner()), round)
    result = remark.remark_round(
        db.session, actor(), round, question.position, fix, seen=seen, reason=form.reason.data, now=clock.now()
    )
    db.session.commit()
    flash(_("Đã chấm lại: bản kết quả thứ %(version)s.", version=result.version), "success")
    return redirect(back)


def _page(
    round: Round, question: RoundQuestion, key_form: KeyForm, form: RemarkForm, fix: str | None, code: int
) -> tuple[str, int]:
    found = _preview(round, question, fix)
    if found:
        form.fix.data, form.seen.data = fix, found.preview.digest
    page = render_template(
        "quiz/results/manage/remark.html",
        contest=round.contest,
        round=round,
        question=question,
        key_form=key_form,
        form=form,
        fix_words=key_words(fix) if found and fix else "",
        parts=remark_parts(db.session, found) if found else (),
        warning=_warning(found) if found else "",
        asked=waiting(audit_subjects.of_question(round, question.position), QuizAction.ROUND_REMARK),
        refused=_refused(round, question),
        action_label=declared().audit_actions,
        state_label=STATE,
        needs_second=asks_second(round.contest),
        me=present_account(),
        link_to=link_to,
    )
    return page, code


def _refused(round: Round, question: RoundQuestion) -> Approval | None:
    result = find_result(db.session, round)
    about = audit_subjects.of_question(round, question.position)
    return refused(about, QuizAction.ROUND_REMARK, result.made_at) if result else None


def _preview(round: Round, question: RoundQuestion, fix: str | None) -> Remark | None:
    try:
        return remark.preview_remark(db.session, round, question.position, fix) if fix else None
    except NothingToDo:
        return None


def _warning(found: Remark) -> str:
    """Return a warning when half of the entries or more change, since the new key is then probably wrong."""
    marks = found.marks
    if not marks.is_sweeping:
        return ""
    words = {"n": thousands(len(marks.changed.marks)), "papers": thousands(marks.papers)}
    return str(_("%(n)s trong %(papers)s bài sẽ đổi điểm. Xin đối chiếu lại đáp án mới trước khi chấm lại.", **words))


def remark_parts(session: Session, found: Remark) -> Sequence[Part]:
    """Return how many entries gain and lose, and the changes to the list of prizes."""
    marks = found.marks
    lines = [
        (_("Bài thêm một câu đúng"), Signed(thousands(marks.gained))),
        (_("Bài bớt một câu đúng"), Signed(thousands(marks.lost))),
    ]
    if marks.unmarked:
        kept = _("%(n)s (nhập từ bảng tính, chỉ có điểm nên giữ nguyên điểm)", n=thousands(marks.unmarked))
        lines.append((_("Bài không chấm lại được"), Signed(kept)))
    return Part(_("Điểm thay đổi"), lines), *parts_of(session, found.preview)


def show_remark(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return both keys and the preview; only a warning if it differs from the request."""
    given = approval.details
    round, fix = session.get_one(Round, given["round"]), str(given["fix"])
    try:
        found = remark.preview_remark(session, round, int(str(given["position"])), fix)
    except (NothingToDo, TooEarly):
        return (stale(),)
    if found.preview.digest != given["seen"]:
        return (stale(),)
    published = _("Kết quả đã công bố: trang công bố sẽ ghi đính chính.")
    lines = [
        (_("Nội dung câu hỏi"), found.question.text),
        (_("Đáp án đang dùng"), _spelt(found.question, key_of(found.question))),
        (_("Đáp án mới"), Signed(_spelt(found.question, fix))),
        (_("Công bố"), published if round.published_at else _("Kết quả chưa công bố.")),
    ]
    if warning := _warning(found):
        lines.append((_("Xin chú ý"), warning))
    return Part(_("Việc sẽ làm"), lines), *remark_parts(session, found)


def _spelt(question: RoundQuestion, fix: str) -> str:
    """Return a key with the text of its choices, since the approver may not have the questions at hand."""
    chosen = [f"{each.letter}. {shown(each.words)}" for each in question.choices if fix != VOID and each.letter in fix]
    return "; ".join(chosen) or key_words(fix)


def do_remark(session: Session, keyring: Keyring, approval: Approval, now: datetime) -> str | None:
    """Re-mark as requested and shown, or not at all."""
    given = approval.details
    round, position, fix = session.get_one(Round, given["round"]), int(str(given["position"])), str(given["fix"])
    if is_large(session, round):
        asker = f"account:{approval.asked_by_id}"
        order = _job(round, given, reason=approval.reason, owner=asker, approval=approval)
        enqueue(session, keyring, order, now=now)
        return LATER
    seen, decider = str(given["seen"]), decided_by(approval)
    try:
        remark.remark_round(
            session, decider, round, position, fix, seen=seen, reason=approval.reason, now=now, approval=approval
        )
    except (Changed, NothingToDo, TooEarly) as error:
        raise NoLonger(_("Kết quả đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới.")) from error
    return None


def _job(
    round: Round, details: Mapping[str, Plain], *, reason: str, owner: str, approval: Approval | None = None
) -> Order:
    title = _TITLE % {"round": kept_round(round), "contest": round.contest.title}
    return correction_job(REMARK, title, round, details, reason=reason, owner=owner, approval=approval)


HANDLER = Handler(QuizAction.ROUND_REMARK, "contest.manage", show_remark, do_remark)
