"""Wipe the ratings of rehearsals at an office."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core.clock import now
from core.web.access import requires
from core.web.extensions import db
from core.web.forms import ActionForm
from survey.counter.manage.office import blueprint, office_or_404
from survey.rating.operations import rehearsal
from survey.rating.queries.rating import count_rehearsed


@blueprint.route("/<slug>/xoa-dien-tap", methods=["GET", "POST"])
@requires("office.rehearse")
def wipe_rehearsal(slug: str) -> str | Response:
    """Delete the ratings of rehearsals at an office, after a page that asks for confirmation."""
    office, form = office_or_404(slug), ActionForm()
    if form.validate_on_submit():
        wiped = rehearsal.wipe_rehearsal(db.session, actor(), office, now=now())
        db.session.commit()
        flash(_("Đã xóa %(n)s lượt diễn tập.", n=wiped), "success")
        return redirect(url_for(".counters", slug=slug))
    rehearsed = count_rehearsed(db.session, office)
    return render_template("survey/rating/manage/wipe_rehearsal.html", office=office, form=form, rehearsed=rehearsed)
