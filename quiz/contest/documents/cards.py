"""Entry cards, eight to a page of A4: a title, a code for one person, and a code for a telephone that carries it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from flask_babel import gettext as _
from reportlab.pdfgen.canvas import Canvas

from core.pdf.band import band
from core.pdf.blocks import pill
from core.pdf.colours import LEAF_DEEP, MUTED
from core.pdf.fonts import BOLD, PLAIN, SEMI, register_fonts
from core.pdf.lettering import SHRINK, Block, Column, Space, Text, fit
from core.pdf.symbol import MM, dashed, framed, symbol
from core.values.codes import in_fours
from core.values.language import use

A4 = (210 * MM, 297 * MM)
ACROSS, DOWN = 2, 4
WIDTH, HEIGHT = 95 * MM, 69 * MM
LEFT, BOTTOM = (A4[0] - ACROSS * WIDTH) / 2, (A4[1] - DOWN * HEIGHT) / 2
PAD, BAND, SIDE = 4.5 * MM, 4 * MM, 27 * MM
INNER, TOP, LOW = WIDTH - 2 * PAD, HEIGHT - BAND - 0.5 * PAD, 0.6 * PAD
LANGUAGE, FRAME = "vi", "card"


@dataclass(frozen=True)
class CardSheet:
    """The words on all cards of a batch: the contest, the people they are for, the page to type, the address to scan.

    The code of each is added to *scanned* behind a `#`, which no server is sent.
    """

    title: str
    place: str
    address: str
    scanned: str


def cards_pdf(sheet: CardSheet, codes: Sequence[str]) -> bytes:
    """Return a card for each of *codes* as a PDF.

    Raises:
        ValueError: there is no code.
    """
    if not codes:
        raise ValueError("a PDF needs a card")
    register_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, lang="vi-VN")
    canvas.setTitle(unicodedata.normalize("NFC", f"{sheet.title}: {sheet.place}"))
    with use(LANGUAGE):  # it is for citizens, whatever language its printer reads the pages in
        for first in range(0, len(codes), ACROSS * DOWN):
            _page(canvas, sheet, codes[first : first + ACROSS * DOWN])
            canvas.showPage()
    canvas.save()
    return file.getvalue()


def _page(canvas: Canvas, sheet: CardSheet, codes: Sequence[str]) -> None:
    for at, code in enumerate(codes):
        canvas.saveState()
        canvas.translate(LEFT + at % ACROSS * WIDTH, BOTTOM + (DOWN - 1 - at // ACROSS) * HEIGHT)
        _card(canvas, sheet, code)
        canvas.restoreState()
    rows = [(LEFT, BOTTOM + row * HEIGHT, LEFT + ACROSS * WIDTH, BOTTOM + row * HEIGHT) for row in range(DOWN + 1)]
    columns = [(LEFT + at * WIDTH, BOTTOM, LEFT + at * WIDTH, BOTTOM + DOWN * HEIGHT) for at in range(ACROSS + 1)]
    dashed(canvas, *rows, *columns)


def _card(canvas: Canvas, sheet: CardSheet, code: str) -> None:
    """Draw the title, the code on the left and its symbol on the right, the instructions below both."""
    layout = _layout(sheet, len(code))
    if not canvas.hasForm(FRAME):
        canvas.beginForm(FRAME, 0, 0, WIDTH, HEIGHT)
        band(canvas, WIDTH, BAND, HEIGHT)
        layout.title.draw(canvas, PAD, TOP, INNER)
        layout.how.draw(canvas, PAD, LOW + layout.how.height, INNER)
        canvas.endForm()
    canvas.doForm(FRAME)
    beside = _beside(sheet, code, layout.scale, layout.wide)
    beside.draw(canvas, PAD, layout.middle + beside.height / 2, layout.wide)
    x = PAD + INNER - (layout.frame + SIDE) / 2
    symbol(canvas, f"{sheet.scanned}#{code}", x, layout.middle - SIDE / 2, SIDE)


@dataclass(frozen=True)
class CardLayout:
    """The sizes of a batch's cards, which are the same for all its codes."""

    scale: float
    title: Text
    how: Column
    frame: float
    wide: float
    middle: float


@lru_cache(maxsize=4)
def _layout(sheet: CardSheet, letters: int) -> CardLayout:
    """Return the layout of cards whose codes have so many *letters*: as large as all parts fit."""
    code = "M" * letters
    frame = framed(f"{sheet.scanned}#{code}", SIDE)
    wide = INNER - frame - 0.6 * PAD
    for scale in SHRINK:
        title = fit(sheet.title, BOLD, 10.5 * scale, INNER, most=2, colour=LEAF_DEEP, is_centred=False)
        how = _how(sheet, scale, INNER)
        room = TOP - LOW - title.height - how.height
        if max(frame, _beside(sheet, code, scale, wide).height) <= room:
            break
    return CardLayout(scale, title, how, frame, wide, TOP - title.height - room / 2)


def _beside(sheet: CardSheet, code: str, scale: float, width: float) -> Column:
    blocks: list[Block] = [
        pill(_("Thẻ dự thi"), 9 * scale, width, most=1),
        Space(5 * scale),
        fit(_("Mã trên thẻ"), PLAIN, 8 * scale, width, colour=MUTED),
        fit(in_fours(code), BOLD, 15 * scale, width),
        Space(4 * scale),
        fit(sheet.place, SEMI, 9 * scale, width, most=3),
    ]
    return Column(blocks)


def _how(sheet: CardSheet, scale: float, width: float) -> Column:
    once = _("Mỗi người một thẻ, dùng một lần. Quét mã để đăng ký, hoặc vào trang dưới đây rồi nhập mã trên thẻ:")
    return Column(
        [
            fit(once, PLAIN, 7.6 * scale, width, most=2, is_centred=False),
            fit(sheet.address, SEMI, 8.4 * scale, width, most=2, is_centred=False),
        ]
    )
