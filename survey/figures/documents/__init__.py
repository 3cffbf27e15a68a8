"""An office's figures as printed sheets."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from io import BytesIO
from typing import Any

from flask_babel import gettext as _
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy.orm import Session

from commune.documents import printed_logo
from commune.models import Office
from core.pdf.fonts import register_fonts
from core.pdf.symbol import shorter
from core.values.content import shown
from core.values.dates import day_short
from core.values.language import present
from core.values.numbers import decimal, percent, thousands
from survey.counter.models import Counter
from survey.figures.documents.content import CounterLine, NamedReason, QuarterSheet, ReasonGroup
from survey.figures.documents.quarter import SIZE, draw_quarter
from survey.figures.labels import level_of
from survey.figures.queries.province import ProvinceFigures
from survey.figures.queries.quarter import QuarterFigures, quarter_from, share_of_province
from survey.figures.queries.reasons import list_reasons
from survey.figures.rules.contrast import Contrast, contrast
from survey.figures.rules.finding import FEW_RATINGS
from survey.figures.rules.quarter import Quarter, quarter_of
from survey.figures.rules.reasons import Reasons
from survey.figures.rules.scorecard import Scorecard
from survey.instrument.rules.quick import REASON_WORDS
from survey.rating.queries.tally import ShownWeek, released_of
from survey.rating.rules.channels import Channel

__all__ = ["CounterLine", "NamedReason", "QuarterSheet", "ReasonGroup", "quarter_pdf", "quarter_sheet"]


def quarter_pdf(sheet: QuarterSheet) -> bytes:
    """Return *sheet* as a PDF of one page; the same sheet gives the same bytes."""
    register_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=SIZE, invariant=1, lang=present())
    canvas.setTitle(unicodedata.normalize("NFC", f"{sheet.period}, {sheet.office}"))
    canvas.setAuthor(unicodedata.normalize("NFC", sheet.host))
    draw_quarter(canvas, sheet)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def quarter_sheet(
    session: Session,
    office: Office,
    counters: Collection[Counter],
    province: ProvinceFigures | None,
    quarter: Quarter,
    today: date,
    address: str,
) -> QuarterSheet | None:
    """Return the sheet of *office* for *quarter*; None while fewer ratings than the minimum are released.

    *address* is that of the office's public page, *province* what it is compared with.
    """
    released = _released(session, counters, today)
    found = quarter_from(released, quarter, today)
    if found is None:
        return None
    low, high = list_reasons(session, counters, released, quarter)
    return QuarterSheet(
        office=shown(office.name),
        host=office.host,
        card=found.card,
        since=found.coverage.since,
        until=found.coverage.until,
        updated_on=found.coverage.updated_on,
        url=shorter(address),
        typed_address=address.split("://")[1],
        hotline=office.hotline,
        logo=printed_logo(session, office.unit_id),
        is_illustrative=office.is_illustrative,
        **_said(found, province, quarter, today),
        counters=_lines(counters, found.counters),
        reasons=(_group(low, is_satisfied=False), _group(high, is_satisfied=True)),
    )


def _released(session: Session, counters: Collection[Counter], today: date) -> list[ShownWeek]:
    found = released_of(session, [counter.id for counter in counters], today, Channel.OPEN)
    return [row for rows in found.values() for row in rows]


def _said(found: QuarterFigures, province: ProvinceFigures | None, quarter: Quarter, today: date) -> dict[str, Any]:
    """Return the quarter, the finding and what it is compared with, in words."""
    reference, level = share_of_province(province, quarter), _(level_of(province))
    of_hundred = decimal(100 * found.card.share, 0)
    return {
        "period": _period(quarter, today, found.coverage.until),
        "finding": _("Cứ 100 lượt đánh giá thì %(n)s\u00a0lượt\u00a0hài\u00a0lòng", n=of_hundred),
        "remark": _remark(found.card, reference, level),
        "reference": reference,
        "level": level,
    }


def _period(quarter: Quarter, today: date, until: date) -> str:
    """Return the quarter in words, with its last counted day while it goes on."""
    if quarter_of(today) != quarter:
        return str(_("Kết quả quý %(number)s năm %(year)s", number=quarter.number, year=quarter.year))
    values = {"number": quarter.number, "year": quarter.year, "day": day_short(until)}
    return str(_("Kết quả quý %(number)s năm %(year)s, tính đến %(day)s", **values))


def _remark(card: Scorecard, reference: float | None, level: str) -> str:
    """Return how the figures stand beside the province, or that they are few."""
    if card.n < FEW_RATINGS:
        return str(_("Mới có %(n)s lượt nên chưa nói chắc được", n=thousands(card.n)))
    if reference is None:
        return ""
    values = {"level": level, "share": percent(reference)}
    said = {
        Contrast.HIGHER: _("Cao hơn rõ %(level)s (%(share)s)", **values),
        Contrast.LOWER: _("Thấp hơn rõ %(level)s (%(share)s)", **values),
        Contrast.UNCLEAR: _("Chưa thể nói hơn hay kém %(level)s (%(share)s)", **values),
    }
    return str(said[contrast(card.satisfied, card.n, reference)])


def _lines(counters: Collection[Counter], cards: Mapping[int, Scorecard]) -> tuple[CounterLine, ...]:
    """Return the counters with figures, the least satisfied first; none where there is one alone."""
    listed = sorted((each for each in counters if each.id in cards), key=lambda each: cards[each.id].share)
    lines = [CounterLine(_("Quầy %(number)s", number=each.number), cards[each.id], shown(each.name)) for each in listed]
    return tuple(lines) if len(lines) > 1 else ()


def _group(reasons: Reasons | None, *, is_satisfied: bool) -> ReasonGroup:
    """Return the reasons of a group that were given five times or more."""
    counts = reasons.counts if reasons else ()
    named = tuple(NamedReason(_(REASON_WORDS[row.reason]), row.count) for row in counts if row.count is not None)
    return ReasonGroup(is_satisfied, reasons.n if reasons else 0, named)
