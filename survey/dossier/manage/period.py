"""The period that a page of dossiers is about, from its address."""

from dataclasses import dataclass
from datetime import date

from flask import request
from flask_babel import gettext as _

from commune.models import Office
from core.clock import now
from core.values.week import local_date
from core.web.extensions import db
from survey.dossier.queries import find_span
from survey.dossier.rules.period import DossierPeriod, periods_between, quarter_of, read_period


@dataclass(frozen=True)
class Periods:
    """The periods that a list can be seen by, the chosen one, and the days that the list reaches from and to."""

    chosen: DossierPeriod
    offered: list[DossierPeriod]
    span: tuple[date, date] | None


def periods_of(office: Office) -> Periods:
    """Return the periods of an office's list: the chosen one is that of the address, else its newest quarter."""
    span = find_span(db.session, office)
    newest = quarter_of(span[1] if span else local_date(now()))
    offered = periods_between(*span) if span else [newest]
    return Periods(read_period(request.args.get("ky", "")) or newest, offered, span)


def period_words(period: DossierPeriod) -> str:
    """Return the name of a period."""
    if period.months == 12:
        return str(_("Năm %(year)s", year=period.first.year))
    if period.months == 3:
        return str(_("Quý %(number)s/%(year)s", number=period.last.month // 3, year=period.first.year))
    return str(_("Tháng %(month)s", month=f"{period.first:%m/%Y}"))
