"""Trying a counter out, and wiping what came of it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import audit
from core.forms import ActionForm
from core.web.access import requires
from core.web.extensions import db
from survey import operations
from survey.manage.blueprint import blueprint
from survey.manage.office import counter_or_404, office_or_404
from survey.rules.actions import Action


@blueprint.route("/<slug>/quay/<int:number>/dien-tap/<any('bat','tat'):turn>", methods=["GET", "POST"])
@requires("office.rehearse")
def rehearse(slug: str, number: int, turn: str) -> str | Response:
    """Turn a counter's rehearsal on, once what that does has been read, or off; what was tried out stays apart."""
    counter, form = counter_or_404(slug, number), ActionForm()
    if form.validate_on_submit():
        operations.switch_rehearsal(db.session, counter, turn == "bat")
        deed = Action.REHEARSAL_BEGIN if turn == "bat" else Action.REHEARSAL_END
        audit(deed, operations.counter_subject(counter))
        db.session.commit()
        if turn == "bat":
            flash(_("Quầy %(number)s đang diễn tập: lượt đánh giá không được tính.", number=number), "success")
        else:
            flash(_("Quầy %(number)s đã kết thúc diễn tập: lượt đánh giá được tính.", number=number), "success")
    elif turn == "bat" and not counter.is_rehearsal:
        return render_template("survey/manage/rehearse.html", office=counter.office, counter=counter, form=form)
    return redirect(url_for(".office", slug=slug))


@blueprint.route("/<slug>/xoa-dien-tap", methods=["GET", "POST"])
@requires("office.rehearse")
def wipe_rehearsal(slug: str) -> str | Response:
    """Wipe what was tried out at the counters of an office: asked first."""
    office, form = office_or_404(slug), ActionForm()
    if form.validate_on_submit():
        wiped = operations.wipe_rehearsal(db.session, office)
        audit(Action.REHEARSAL_WIPE, operations.office_subject(office), after={"wiped": wiped})
        db.session.commit()
        flash(_("Đã xóa %(n)s lượt diễn tập.", n=wiped), "success")
        return redirect(url_for(".office", slug=slug))
    return render_template("survey/manage/wipe_rehearsal.html", office=office, form=form)
