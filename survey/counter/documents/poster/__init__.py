"""The posters of counters as PDF: a question, a QR code, and a check code against stickers pasted over it."""

import unicodedata
from collections.abc import Callable, Sequence
from hashlib import sha256
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from core.pdf.blocks import PrintedLogo
from core.pdf.fonts import register_fonts
from core.pdf.symbol import MM
from core.values.language import use
from survey.counter.documents.poster import layouts
from survey.counter.documents.poster.parts import Poster, Voice, voice_of
from survey.counter.documents.poster.words import LANGUAGES, BadWords, Words, read_words

__all__ = ["LANGUAGES", "SHEETS", "BadWords", "PrintedLogo", "Poster", "Words", "mark_of", "posters_pdf", "read_words"]

rl_config.useA85 = 0
"""Binary streams; as ASCII the file is a tenth larger and takes longer to write."""

LANGUAGE = "vi"
Size = tuple[float, float]
SHEETS: dict[str, tuple[Size, Callable[[Canvas, Voice], None]]] = {
    "a4": (layouts.A4, layouts.a4),
    "a5": ((148 * MM, 210 * MM), layouts.a5),
    "the": (layouts.A4, layouts.card),
    "nhan": (layouts.A4, layouts.stickers),
}
"""Each kind of sheet by its name in commands and addresses: its size, and what draws it."""


def posters_pdf(posters: Sequence[Poster], sheet: str = "a4", second: Words | None = None) -> bytes:
    """Return *posters* as a PDF, a page each; the same posters give the same bytes.

    Raises:
        ValueError: there is no poster, or an address is empty or longer than a QR code holds.
        KeyError: *sheet* is not one of `SHEETS`.
    """
    if not posters:
        raise ValueError("a PDF needs a page")
    size, draw = SHEETS[sheet]
    register_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1, lang="vi-VN")
    first = posters[0]
    title = f"{first.counter}, {first.office}" if len(posters) == 1 else first.office
    canvas.setTitle(unicodedata.normalize("NFC", title))
    canvas.setAuthor(unicodedata.normalize("NFC", first.host))
    canvas.setKeywords(mark_of(posters, sheet, second))
    with use(LANGUAGE):  # it hangs before citizens, whatever language its printer reads the pages in
        for poster in posters:
            draw(canvas, voice_of(poster, second))
            canvas.showPage()
    canvas.save()
    return file.getvalue()


def mark_of(posters: Sequence[Poster], sheet: str, second: Words | None) -> str:
    """Return the mark that a PDF carries among its keywords; other names, codes or words give another mark."""
    return sha256(repr((list(posters), sheet, second)).encode()).hexdigest()[:32]
