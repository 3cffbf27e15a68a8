"""Publish a draft, delete it, or call off a public contest, each after a page that asks for confirmation."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.values.week import local_date
from core.web.access import requires
from core.web.extensions import db
from core.web.forms import ActionForm
from quiz.attempt.operations import lifecycle as operations
from quiz.contest.forms import CallOffForm
from quiz.contest.labels.published import published_sentences
from quiz.contest.labels.rounds import round_name
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.contest.queries import list_contest_units
from quiz.contest.queries.headcounts import list_rated
from quiz.contest.rules.headcounts import LEAST_RATED
from quiz.contest.rules.measures import by_measure
from quiz.contest.rules.terms import CollectiveMeasure

Page = Response | tuple[str, int]


def _back(contest: Contest) -> Response:
    return redirect(url_for(".contest", slug=contest.slug))


@blueprint.route("/<slug>/cong-khai", methods=["GET", "POST"])
@requires("contest.manage")
def show(slug: str) -> Page:
    """Make a draft public, after a page that shows what will be visible, and from when."""
    contest, form = contest_or_404(slug), ActionForm()
    if not contest.is_draft or contest.is_trial:
        return _back(contest)
    if form.validate_on_submit():
        try:
            operations.make_public(db.session, actor(), contest, now=clock.now())
        except operations.Rehearsing:
            db.session.rollback()
            return _ask_to_show(contest, form), 409
        db.session.commit()
        flash(_("Cuộc thi đã công khai. Hãy gửi đường dẫn trang cho người dự thi đến mọi người."), "success")
        return _back(contest)
    return _ask_to_show(contest, form), 422 if form.is_submitted() else 200


def _ask_to_show(contest: Contest, form: ActionForm) -> str:
    return render_template(
        "quiz/attempt/manage/show.html",
        contest=contest,
        form=form,
        units=list_contest_units(db.session, contest),
        rule_sentences=published_sentences(contest),
        has_begun=contest.rounds[0].opens_at <= clock.now(),
        lacks_rates=_lacks_rates(contest),
        blank=[round_name(round) for round in contest.rounds if not round.questions],
    )


def _lacks_rates(contest: Contest) -> bool:
    """Whether the prizes of units go by headcount and fewer than two units have a usable one."""
    tiers = (tier.value for tier in contest.collective_tiers)
    by_rate = CollectiveMeasure.RATE in by_measure(tiers, contest.prize_terms.measure)
    return by_rate and len(list_rated(db.session, contest, local_date(clock.now()))[0]) < LEAST_RATED


@blueprint.route("/<slug>/xoa", methods=["GET", "POST"])
@requires("contest.manage")
def delete(slug: str) -> Page:
    """Delete a draft with its questions."""
    contest, form = contest_or_404(slug), ActionForm()
    if contest.is_trial or not (contest.is_draft or form.is_submitted()):
        return _back(contest)
    if form.validate_on_submit():
        title = contest.title
        try:
            operations.delete_draft(db.session, actor(), contest, now=clock.now())
        except (operations.NoDraft, operations.HasTrial) as refusal:
            db.session.rollback()
            return _not_deleted(contest_or_404(slug), form, refusal)
        db.session.commit()
        flash(_("Đã xóa bản nháp “%(title)s”.", title=title), "success")
        return redirect(url_for(".contests"))
    return _delete_page(contest, form), 422 if form.is_submitted() else 200


def _not_deleted(contest: Contest, form: ActionForm, refusal: Exception) -> tuple[str, int]:
    if isinstance(refusal, operations.HasTrial):
        form.form_errors.append(_("Cuộc thi còn bản tổng duyệt. Xin xóa bản tổng duyệt trước."))
    else:
        form.form_errors.append(_("Cuộc thi đã công khai nên không xóa được nữa."))
    return _delete_page(contest, form), 409


def _delete_page(contest: Contest, form: ActionForm) -> str:
    return render_template("quiz/attempt/manage/delete.html", contest=contest, form=form)


@blueprint.route("/<slug>/huy", methods=["GET", "POST"])
@requires("contest.manage")
def call_off(slug: str) -> Page:
    """Call off a public contest before anybody has taken part, with a reason that is published."""
    contest, form = contest_or_404(slug), CallOffForm()
    if contest.is_draft:
        return redirect(url_for(".delete", slug=slug))
    if form.validate_on_submit():
        refusal = _call_off(contest, form.reason.data)
        if not refusal:
            flash(_("Đã hủy cuộc thi. Trang cuộc thi nói rõ đã hủy và lý do."), "success")
            return _back(contest)
        form.form_errors.append(refusal)
        return render_template("quiz/attempt/manage/call_off.html", contest=contest, form=form), 409
    return render_template(
        "quiz/attempt/manage/call_off.html", contest=contest, form=form
    ), 422 if form.is_submitted() else 200


def _call_off(contest: Contest, why: str) -> str:
    """Call the contest off and commit; return why it can't be, or the empty text."""
    try:
        operations.call_off(db.session, actor(), contest, why, now=clock.now())
    except operations.HasPapers:
        db.session.rollback()
        return str(_("Đã có người làm bài hoặc có đợt đã chốt nên không hủy được nữa."))
    except operations.Rehearsing:
        db.session.rollback()
        return str(_("Cuộc thi đang diễn tập. Xin kết thúc diễn tập rồi hủy."))
    db.session.commit()
    return ""
