"""An office's figures as printed sheets."""

import unicodedata
from io import BytesIO

from flask_babel import force_locale
from reportlab.pdfgen.canvas import Canvas

from core.pdf.fonts import register_fonts
from survey.figures.documents.content import NamedReason, QuarterSheet, ReasonGroup
from survey.figures.documents.quarter import SIZE, draw_quarter

__all__ = ["NamedReason", "QuarterSheet", "ReasonGroup", "quarter_pdf"]

LANGUAGE = "vi"


def quarter_pdf(sheet: QuarterSheet) -> bytes:
    """Return *sheet* as a PDF of one page; the same sheet gives the same bytes."""
    register_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=SIZE, invariant=1, lang="vi-VN")
    canvas.setTitle(unicodedata.normalize("NFC", f"{sheet.period}, {sheet.office}"))
    canvas.setAuthor(unicodedata.normalize("NFC", sheet.host))
    with force_locale(LANGUAGE):  # it hangs before citizens, whatever language its printer reads the pages in
        draw_quarter(canvas, sheet)
    canvas.showPage()
    canvas.save()
    return file.getvalue()
