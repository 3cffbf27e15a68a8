"""An office's figures as printed sheets."""

import unicodedata
from collections.abc import Collection
from datetime import date
from io import BytesIO

from flask_babel import gettext as _
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy.orm import Session

from commune.documents import printed_logo
from commune.models import Office
from core.pdf.fonts import register_fonts
from core.pdf.symbol import shorter
from core.values.content import shown
from core.values.language import present
from core.values.numbers import decimal, thousands
from survey.counter.models import Counter
from survey.figures.documents.content import NamedReason, QuarterSheet, ReasonGroup
from survey.figures.documents.quarter import SIZE, draw_quarter
from survey.figures.queries.quarter import quarter_from
from survey.figures.queries.reasons import list_reasons
from survey.figures.rules.quarter import Quarter
from survey.figures.rules.reasons import Reasons
from survey.figures.rules.scorecard import Scorecard
from survey.instrument.rules.quick import REASON_WORDS
from survey.rating.queries.tally import released_of
from survey.rating.rules.channels import Channel

__all__ = ["NamedReason", "QuarterSheet", "ReasonGroup", "quarter_pdf", "quarter_sheet"]

FEW = 30
"""Under this many ratings a sheet says how few they are."""


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
    session: Session, office: Office, counters: Collection[Counter], quarter: Quarter, today: date, address: str
) -> QuarterSheet | None:
    """Return the sheet of *office* for *quarter*; None while fewer ratings than the minimum are released.

    *address* is that of the office's public page.
    """
    by_counter = released_of(session, [counter.id for counter in counters], today, Channel.OPEN)
    released = [row for rows in by_counter.values() for row in rows]
    found = quarter_from(released, quarter, today)
    if found is None:
        return None
    low, high = list_reasons(session, counters, released)
    period, finding, remark = _words(quarter, found.card)
    reasons = [*_group(low, is_satisfied=False), *_group(high, is_satisfied=True)]
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
        period=period,
        finding=finding,
        remark=remark,
        reasons=tuple(reasons),
        reasons_since=min(row.week for row in released) if reasons else None,
    )


def _words(quarter: Quarter, card: Scorecard) -> tuple[str, str, str]:
    """Return the quarter, the finding and a remark in words."""
    of_hundred = decimal(100 * card.share, 0)
    few = _("Mới có %(n)s lượt nên chưa nói chắc được", n=thousands(card.n))
    return (
        _("Kết quả quý %(number)s năm %(year)s", number=quarter.number, year=quarter.year),
        _("Cứ 100 lượt đánh giá thì %(n)s\u00a0lượt\u00a0hài\u00a0lòng", n=of_hundred),
        few if card.n < FEW else "",
    )


def _group(reasons: Reasons | None, *, is_satisfied: bool) -> list[ReasonGroup]:
    """Return the reasons of a group; nothing where each was given fewer than five times.

    They are of all released weeks, as on the public page: a quarter's would split the batches in which they advance.
    """
    counts = reasons.counts if reasons else ()
    named = tuple(NamedReason(_(REASON_WORDS[row.reason]), row.count) for row in counts if row.count is not None)
    return [ReasonGroup(is_satisfied, reasons.n, named)] if reasons and named else []
