"""Turn the rehearsal of a counter on and off."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core.clock import now
from core.web.access import requires
from core.web.extensions import db
from core.web.forms import ActionForm
from survey.counter.manage.office import blueprint, counter_or_404
from survey.counter.operations.counters import switch_rehearsal


@blueprint.route("/<slug>/quay/<int:number>/dien-tap/<any('bat','tat'):turn>", methods=["GET", "POST"])
@requires("office.rehearse")
def rehearse(slug: str, number: int, turn: str) -> str | Response:
    """Turn a counter's rehearsal on, after a page that explains the effect, or off; its ratings stay separate."""
    counter, form = counter_or_404(slug, number), ActionForm()
    if form.validate_on_submit():
        switch_rehearsal(db.session, actor(), counter, turn == "bat", now=now())
        db.session.commit()
        if turn == "bat":
            flash(_("Quầy %(number)s đang diễn tập: lượt đánh giá không được tính.", number=number), "success")
        else:
            flash(_("Quầy %(number)s đã kết thúc diễn tập: lượt đánh giá được tính.", number=number), "success")
    elif turn == "bat" and not counter.is_rehearsal:
        return render_template("survey/counter/manage/rehearse.html", office=counter.office, counter=counter, form=form)
    return redirect(url_for(".counters", slug=slug))
