"""Begin the rehearsal of a contest, and wipe it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core import clock
from core.web.access import requires
from core.web.extensions import db
from core.web.forms import ActionForm
from quiz.attempt.operations import rehearsal as operations
from quiz.contest.manage import blueprint, contest_or_404


@blueprint.post("/<slug>/dien-tap")
@requires("contest.manage")
def rehearse(slug: str) -> Response:
    """Open the rehearsal at once, independent of the schedule."""
    contest = contest_or_404(slug)
    if ActionForm().validate_on_submit():
        try:
            operations.begin_rehearsal(db.session, actor(), contest, now=clock.now())
        except operations.NotNow:
            db.session.rollback()
            flash(_("Cuộc thi đã có lượt thi thật nên không diễn tập được nữa."), "error")
        else:
            db.session.commit()
            flash(_("Đang diễn tập: trang cuộc thi mở cho thi thử ngay, với câu hỏi thử."), "success")
    return redirect(url_for(".contest", slug=slug))


@blueprint.route("/<slug>/xoa-dien-tap", methods=["GET", "POST"])
@requires("contest.manage")
def end_rehearsal(slug: str) -> str | Response:
    """End the rehearsal and delete its data, after a page that asks for confirmation."""
    contest, form = contest_or_404(slug), ActionForm()
    if form.validate_on_submit():
        papers = operations.wipe_rehearsal(db.session, actor(), contest, now=clock.now())
        db.session.commit()
        flash(_wiped(papers), "success")
        return redirect(url_for(".contest", slug=slug))
    return render_template("quiz/attempt/manage/end_rehearsal.html", contest=contest, form=form)


def _wiped(papers: int) -> str:
    if not papers:
        return str(_("Đã kết thúc diễn tập và xóa mọi người đăng ký thử; chưa có bài thi thử nào."))
    return str(_("Đã kết thúc diễn tập và xóa %(n)s bài thi thử cùng mọi người đăng ký thử.", n=papers))
