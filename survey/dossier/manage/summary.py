"""The tab of an office with its dossiers: in time or late, the gaps, the provincial system's total, the samples."""

from flask import render_template

from commune.models import Office
from core.clock import now
from core.values.week import local_date
from core.web.access import requires
from core.web.extensions import db
from survey.counter.manage.office import blueprint, office_or_404
from survey.dossier.manage.period import Periods, period_words, periods_of
from survey.dossier.queries import (
    count_gaps,
    count_punctuality,
    count_unnumbered,
    find_total,
    last_import,
    list_samples,
)
from survey.dossier.rules.period import DossierPeriod
from survey.dossier.rules.punctuality import Agreement
from survey.dossier.rules.sample import sample_size


@blueprint.get("/<slug>/ho-so")
@requires("office.see")
def dossiers(slug: str) -> str:
    """Show what an office's list of dossiers says of a period."""
    office = office_or_404(slug)
    periods = periods_of(office)
    figures = _figures(office, periods) if periods.span else {}
    return render_template(
        "survey/dossier/manage/summary.html", office=office, periods=periods, period_words=period_words, **figures
    )


def _figures(office: Office, periods: Periods) -> dict[str, object]:
    period, session = periods.chosen, db.session
    imported_at = last_import(session, office)
    as_of = min(period.last, local_date(imported_at or now()))
    counted, total = count_punctuality(session, office, period, as_of), find_total(session, office, period)
    return {
        "counted": counted,
        "as_of": as_of,
        "imported_at": imported_at,
        "total": total,
        "agreement": Agreement(counted.returned, total.returned) if total else None,
        "gaps": count_gaps(session, office, period),
        "unnumbered": count_unnumbered(session, office, period),
        "samples": [
            (each, period_words(DossierPeriod(each.first_day, each.last_day))) for each in list_samples(session, office)
        ],
        "would_draw": sample_size(counted.returned),
    }
