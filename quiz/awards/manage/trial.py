"""The trial of a contest: begin it, take a paper, let the program hand in others, end its time, and delete it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response
from wtforms import HiddenField

from account.views.current import actor
from core import clock
from core.values.content import content_of
from core.web.access import requires
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from quiz.attempt.operations import trial as operations
from quiz.attempt.queries.entrance import Entrance, OpenRound
from quiz.attempt.queries.paper import Paper, find_paper
from quiz.attempt.queries.trial import find_trial
from quiz.attempt.views.paper_page import fresh_paper_page
from quiz.awards.operations.trial import confirm_winners
from quiz.awards.operations.trial import delete_trial as delete
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.results.manage.round import NOT_OPENED, TO_REVIEW, back_to
from quiz.results.operations.closing import ClustersUndecided
from quiz.results.operations.unreached import NotCalled


class PractiseForm(ActionForm):
    """Whether the trial asks the second person."""

    asks = HiddenField()


AT_ONCE = 8
"""The papers that the program hands in at once."""


@blueprint.post("/<slug>/tong-duyet")
@requires("contest.manage")
def begin_trial(slug: str) -> Response:
    """Make the trial of a contest, or open the one that is there."""
    contest = contest_or_404(slug)
    trial = find_trial(db.session, contest)
    if trial is None and not contest.is_trial and ActionForm().validate_on_submit():
        try:
            trial = operations.begin_trial(db.session, actor(), contest, now=clock.now())
            db.session.commit()
        except operations.NothingToTry:
            db.session.rollback()
            flash(_("Cuộc thi chưa có câu hỏi nào để tổng duyệt. Xin đưa câu hỏi vào trước."), "error")
        except IntegrityError:  # begun in another window
            db.session.rollback()
            trial = find_trial(db.session, contest)
    return _back(trial or contest)


@blueprint.post("/<slug>/tong-duyet/lam-bai")
@requires("contest.manage")
def try_paper(slug: str) -> Response | str:
    """Begin a paper of a trial, and show it as a participant sees it."""
    trial = contest_or_404(slug)
    if not trial.is_trial or not ActionForm().validate_on_submit():
        return _back(trial)
    now = clock.now()
    try:
        begun = operations.begin_paper(db.session, keyring(), trial, now=now)
    except operations.TrialOver:
        return _over(trial)
    db.session.commit()
    round = _open_round(trial)
    return fresh_paper_page(_entrance(trial, round), round, _paper(round), begun, now)


def _paper(round: OpenRound) -> Paper:
    return find_paper(db.session, round.id, round.paper_version)


def _open_round(trial: Contest) -> OpenRound:
    row = trial.rounds[0]
    return OpenRound(*(getattr(row, name) for name in OpenRound._fields))


def _entrance(trial: Contest, round: OpenRound) -> Entrance:
    """Return the trial as its paper shows it: like a rehearsal, so that no one takes it for a real one."""
    return Entrance(
        id=trial.id,
        slug=trial.slug,
        title=content_of(trial.title, None),
        hotline=trial.hotline,
        is_rehearsal=True,
        is_called_off=False,
        is_illustrative=trial.is_illustrative,
        round=round,
        title_text=None,
        logo=None,
        public=0,
        last_published=None,
    )


@blueprint.post("/<slug>/tong-duyet/them-bai")
@requires("contest.manage")
def add_trial_papers(slug: str) -> Response:
    """Let the program hand in some papers, so that there is something to rank."""
    trial = contest_or_404(slug)
    if trial.is_trial and ActionForm().validate_on_submit():
        try:
            count = operations.add_papers(db.session, keyring(), trial, AT_ONCE, now=clock.now())
        except operations.TrialOver:
            return _over(trial)
        db.session.commit()
        flash(_("Đã thêm %(n)s bài thử.", n=count), "success")
    return _back(trial)


@blueprint.post("/<slug>/tong-duyet/het-gio")
@requires("contest.manage")
def end_trial_round(slug: str) -> Response:
    """End the time of a trial, so that it can be closed."""
    trial = contest_or_404(slug)
    if trial.is_trial and ActionForm().validate_on_submit():
        try:
            operations.end_round(db.session, trial, now=clock.now())
        except operations.TrialOver:
            return _over(trial)
        db.session.commit()
        return redirect(url_for(".round", slug=slug, number=1))
    return _back(trial)


@blueprint.post("/<slug>/tong-duyet/phe-duyet")
@requires("contest.manage")
def practise_approval(slug: str) -> Response:
    """Let a trial ask the second person too, or go on alone again."""
    trial, form = contest_or_404(slug), PractiseForm()
    if trial.is_trial and form.validate_on_submit():
        operations.practise_approval(db.session, trial, asks=form.asks.data == "co")
        db.session.commit()
        if trial.trial_asks:
            flash(_("Từ nay bản tổng duyệt cũng xin người thứ hai đồng ý, như cuộc thi thật."), "success")
        else:
            flash(_("Từ nay ông/bà làm cả hai vai trong bản tổng duyệt."), "success")
    return _back(trial)


@blueprint.post("/<slug>/tong-duyet/xac-nhan-het")
@requires("contest.manage")
def confirm_trial_winners(slug: str) -> Response:
    """Record all calls of a trial as made and confirmed."""
    trial = contest_or_404(slug)
    if not trial.is_trial or not ActionForm().validate_on_submit():
        return _back(trial)
    try:
        count = confirm_winners(db.session, keyring(), actor(), trial, now=clock.now())
        db.session.commit()
        flash(_("Đã ghi xác nhận cả %(n)s người. Bước tiếp theo: công bố.", n=count), "success")
    except NotCalled:
        db.session.rollback()
        flash(NOT_OPENED, "error")
    except ClustersUndecided:
        db.session.rollback()
        flash(TO_REVIEW, "error")
    return back_to(slug, 1)


def _over(trial: Contest) -> Response:
    db.session.rollback()
    flash(_("Bản tổng duyệt đã hết giờ làm bài."), "error")
    return _back(trial)


def _back(contest: Contest) -> Response:
    return redirect(url_for(".contest", slug=contest.slug))


@blueprint.route("/<slug>/tong-duyet/xoa", methods=["GET", "POST"])
@requires("contest.manage")
def delete_trial(slug: str) -> Response | tuple[str, int]:
    """Delete a trial, after a page that asks for confirmation."""
    trial, form = contest_or_404(slug), ActionForm()
    if trial.trial_of_id is None:
        return redirect(url_for(".contest", slug=slug))
    real = db.session.get_one(Contest, trial.trial_of_id)
    if form.validate_on_submit():
        delete(db.session, actor(), trial, now=clock.now())
        db.session.commit()
        flash(_("Đã xóa bản tổng duyệt và mọi dữ liệu thử."), "success")
        return redirect(url_for(".contest", slug=real.slug))
    page = render_template("quiz/awards/manage/delete_trial.html", contest=trial, real=real, form=form)
    return page, 422 if form.is_submitted() else 200
