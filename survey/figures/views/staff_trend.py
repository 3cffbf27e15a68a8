"""The trend of an office in the page of its staff, drawn as on the public page."""

from markupsafe import Markup

from commune.models import Office
from core.web.reply_cache import public_version
from survey.figures.queries.figures import Figures
from survey.figures.rules.trend import MonthPoint
from survey.figures.views.drawings import inline_trend, trend_drawn
from survey.figures.views.model import SHOWN_MONTHS, PageSubject
from survey.figures.views.office import province_beside
from survey.figures.views.words import trend_finding
from survey.rating.views.rate import blueprint


@blueprint.app_template_global()
def drawn_trend(office: Office, figures: Figures) -> tuple[str, Markup, list[tuple[MonthPoint, None]]] | None:
    """Return the finding and the drawing of *figures* by month beside the province, and the months of its table, the
    newest first; None where no month has a share.
    """
    province = province_beside(office, public_version())
    trend = trend_drawn(figures, province, PageSubject.of(office).short, SHOWN_MONTHS)
    months = [(point, None) for point in reversed(figures.trend)]
    return (trend_finding(figures.trend), inline_trend(trend), months) if trend else None
