"""State the provincial system's count of returned dossiers."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from core.clock import now
from core.web.access import requires
from core.web.extensions import db
from survey.counter.manage.office import blueprint, office_or_404
from survey.dossier.forms import TotalForm
from survey.dossier.manage.period import period_words, periods_of
from survey.dossier.operations import state_total
from survey.dossier.queries import find_total


@blueprint.route("/<slug>/ho-so/he-thong-tinh", methods=["GET", "POST"])
@requires("dossier.import")
def dossier_total(slug: str) -> tuple[str, int] | Response:
    """Type how many dossiers of a period the provincial system says were returned."""
    office = office_or_404(slug)
    period = periods_of(office).chosen
    stored = find_total(db.session, office, period)
    form = TotalForm(returned=stored.returned if stored else None)
    if form.validate_on_submit():
        state_total(db.session, actor(), office, period, form.returned.data or 0, now=now())
        db.session.commit()
        flash(_("Đã ghi số của hệ thống tỉnh cho kỳ này."), "success")
        return redirect(url_for(".dossiers", slug=slug, ky=period.code))
    page = render_template(
        "survey/dossier/manage/total.html", form=form, office=office, period=period, period_name=period_words(period)
    )
    return page, 422 if form.is_submitted() else 200
