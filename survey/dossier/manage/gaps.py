"""The numbers that an office's list of dossiers does not hold."""

from flask import render_template

from core.web.access import requires
from core.web.extensions import db
from core.web.paging import paging
from survey.counter.manage.office import blueprint, office_or_404
from survey.dossier.manage.period import period_words, periods_of
from survey.dossier.queries import count_gaps, count_unnumbered, list_gaps


@blueprint.get("/<slug>/ho-so/so-trong")
@requires("office.see")
def dossier_gaps(slug: str) -> str:
    """List the gaps in the numbers of the dossiers received in a period."""
    office = office_or_404(slug)
    period = periods_of(office).chosen
    counted = count_gaps(db.session, office, period)
    page = paging(counted.places, ky=period.code)
    return render_template(
        "survey/dossier/manage/gaps.html",
        office=office,
        period=period,
        period_name=period_words(period),
        counted=counted,
        unnumbered=count_unnumbered(db.session, office, period),
        gaps=list_gaps(db.session, office, period, page.part),
        page=page,
    )
