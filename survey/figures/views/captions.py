"""The words around figures that leave their page: title, unit, period, day of update and source."""

from core.charts.caption import Caption
from core.values.dates import day
from survey.figures.queries.figures import Figures
from survey.figures.rules.coverage import Coverage
from survey.figures.rules.periods import EVER
from survey.figures.views.compared import lower, upper
from survey.figures.views.model import SHOWN_MONTHS, PageSubject
from survey.figures.views.period_words import covered_words
from survey.figures.views.words import _, trend_finding


def reach_words(coverage: Coverage | None) -> str:
    """Return the days that figures cover and the day of their update; empty without figures."""
    if coverage is None:
        return ""
    return _(
        "Từ %(since)s đến hết Chủ nhật, %(until)s. Cập nhật thứ Hai, %(updated)s.",
        since=day(coverage.since),
        until=day(coverage.until),
        updated=day(coverage.updated_on),
    )


def source_words(brand: str, address: str) -> str:
    """Return who publishes figures, and at which *address*."""
    return f"{brand}, {address}"


def trend_caption(figures: Figures, subject: PageSubject, brand: str, address: str) -> Caption:
    """Return the caption of the months of *figures* as a file of its own."""
    title = _("%(name)s: %(finding)s", name=subject.title, finding=lower(trend_finding(figures.trend)))
    unit = _("Tỷ lệ hài lòng từng tháng, %%. Dải nền: tỷ lệ có thể xê dịch trong đó.").replace("%%", "%")
    name = subject.full if subject.office == subject.title else f"{subject.full}, {subject.office}"
    about = f"{brand}. " + _("Kết quả đánh giá: %(name)s", name=name)
    return Caption(title, unit, (about, _months(figures), address))


def _months(figures: Figures) -> str:
    """Return the months that are drawn, the last day of their ratings and the day of their update."""
    if figures.coverage is None:
        return ""
    drawn = [point.month for point in figures.trend[-SHOWN_MONTHS:]]
    return _(
        "%(months)s (số liệu đến hết Chủ nhật, %(until)s). Cập nhật thứ Hai, %(updated)s.",
        months=upper(covered_words(EVER, drawn)),
        until=day(figures.coverage.until),
        updated=day(figures.coverage.updated_on),
    )
