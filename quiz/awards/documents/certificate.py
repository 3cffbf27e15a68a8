"""Certificates of a round's prizes: A4 landscape, one a page, each with a code that anybody can verify."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from reportlab.pdfgen.canvas import Canvas

from core.pdf.band import band
from core.pdf.blocks import PrintedLogo, named
from core.pdf.colours import GAC, GOLD, INK, LEAF_DEEP, MUTED
from core.pdf.fonts import BOLD, PLAIN, SEMI, register_fonts
from core.pdf.lettering import Block, Column, Space, fit
from core.pdf.symbol import MM, framed, symbol
from core.values.codes import in_fours

WIDTH, HEIGHT = 297 * MM, 210 * MM
BAND, EDGE, SIDE = 9 * MM, 12 * MM, 24 * MM
INNER = WIDTH - 4 * EDGE
FOOT = 46 * MM
"""The height of the code and of the place of the signature."""
GAPS = (4, 3, 1, 1, 3, 1, 1, 4)
"""The shares of the free height behind each line."""
DOTS = "................................"


@dataclass(frozen=True)
class PrintedPrize:
    """A prize on a certificate: the person, their unit, the prize, the code, and the address that verifies it."""

    name: str
    unit: str
    prize: str
    code: str
    url: str


@dataclass(frozen=True)
class CertificateSheet:
    """The words on all certificates of a round."""

    title: str
    round: str
    """The name of the round inside a sentence."""
    organiser: str
    day: date
    typed_address: str
    """The page on which a code is typed."""
    logo: PrintedLogo | None
    is_illustrative: bool = False


def certificates_pdf(sheet: CertificateSheet, prizes: Iterable[PrintedPrize], target: IO[bytes] | Path) -> int:
    """Write a page for each of *prizes* to *target*; return how many."""
    register_fonts()
    file = str(target) if isinstance(target, Path) else target
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, lang="vi-VN")
    canvas.setTitle(unicodedata.normalize("NFC", f"Giấy chứng nhận, {sheet.round}, {sheet.title}"))
    canvas.setAuthor(unicodedata.normalize("NFC", sheet.organiser))
    count = 0
    for prize in prizes:
        _page(canvas, sheet, prize)
        canvas.showPage()
        count += 1
    canvas.save()
    return count


def _page(canvas: Canvas, sheet: CertificateSheet, prize: PrintedPrize) -> None:
    _frame(canvas, sheet)
    blocks = _words(sheet, prize)
    top, bottom = HEIGHT - EDGE - BAND - 5 * MM, EDGE + BAND + FOOT
    gap = (top - bottom - sum(block.height for block in blocks)) / (sum(GAPS) or 1)
    for block, share in zip(blocks, GAPS, strict=True):
        block.draw(canvas, 2 * EDGE, top, INNER)
        top -= block.height + gap * share
    _verify(canvas, sheet, prize)
    _signer(canvas, sheet)


def _frame(canvas: Canvas, sheet: CertificateSheet) -> None:
    """Draw what all pages share, once as a form: the bands, a double line, the mark of invented figures."""
    if not canvas.hasForm("frame"):
        canvas.beginForm("frame", 0, 0, WIDTH, HEIGHT)
        canvas.setStrokeColor(GOLD)
        for inset, line in ((0.45 * EDGE, 1.6), (0.45 * EDGE + 1.6 * MM, 0.5)):
            canvas.setLineWidth(line)
            canvas.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)
        for edge in (HEIGHT - EDGE, EDGE + BAND / 2):
            canvas.saveState()
            canvas.translate(EDGE, 0)
            band(canvas, WIDTH - 2 * EDGE, BAND if edge > EDGE + BAND else BAND / 2, edge)
            canvas.restoreState()
        if sheet.is_illustrative:
            fit("Bản minh họa, không có giá trị", SEMI, 10, INNER, colour=GAC).draw(
                canvas, 2 * EDGE, EDGE + BAND + 4 * MM, INNER
            )
        canvas.endForm()
    canvas.doForm("frame")


def _words(sheet: CertificateSheet, prize: PrintedPrize) -> Sequence[Block]:
    return [
        _organiser(sheet),
        fit("GIẤY CHỨNG NHẬN", BOLD, 40, INNER, colour=GAC),
        fit("trao cho", PLAIN, 15, INNER, colour=MUTED),
        fit(prize.name, BOLD, 34, INNER, most=2, colour=LEAF_DEEP, leading=1.2),
        fit(prize.unit, SEMI, 17, INNER, most=2),
        fit("đã đạt", PLAIN, 15, INNER, colour=MUTED),
        fit(f"{prize.prize}, {sheet.round}", BOLD, 26, INNER, colour=INK),
        fit(f"cuộc thi “{sheet.title}”", PLAIN, 17, INNER, most=2),
    ]


def _organiser(sheet: CertificateSheet) -> Block:
    if sheet.logo is None:
        return fit(sheet.organiser, BOLD, 15, INNER, most=2)
    return named(sheet.organiser, sheet.logo, 15, INNER, most=2)


def _verify(canvas: Canvas, sheet: CertificateSheet, prize: PrintedPrize) -> None:
    """Draw the code on the left: the symbol, and beside it how to verify it by hand."""
    frame = framed(prize.url, SIDE)
    x, y = 2 * EDGE + (frame - SIDE) / 2, EDGE + BAND + 8 * MM
    symbol(canvas, prize.url, x, y, SIDE)
    canvas.linkURL(prize.url, (x, y, x + SIDE, y + SIDE))
    wide = 78 * MM
    beside = Column(
        [
            fit("Ai cũng kiểm tra được: quét mã, hoặc vào", PLAIN, 9, wide, colour=MUTED, is_centred=False),
            fit(sheet.typed_address, SEMI, 9.5, wide, most=2, is_centred=False),
            fit("rồi gõ mã:", PLAIN, 9, wide, colour=MUTED, is_centred=False),
            fit(in_fours(prize.code), BOLD, 12.5, wide, is_centred=False),
        ]
    )
    left = 2 * EDGE + frame + 3 * MM
    beside.draw(canvas, left, y + SIDE / 2 + beside.height / 2, wide)


def _signer(canvas: Canvas, sheet: CertificateSheet) -> None:
    wide = 95 * MM
    day = sheet.day
    place = f"{DOTS[:22]}, ngày {day.day} tháng {day.month} năm {day.year}"
    block = Column(
        [
            fit(place, PLAIN, 12, wide),
            fit("TRƯỞNG BAN TỔ CHỨC", BOLD, 13, wide),
            fit("(Ký tên, đóng dấu)", PLAIN, 10.5, wide, colour=MUTED),
            Space(14 * MM),
            fit(DOTS, PLAIN, 12, wide, colour=MUTED),
        ]
    )
    bottom = EDGE + BAND + 3 * MM
    block.draw(canvas, WIDTH - 2 * EDGE - wide, bottom + block.height, wide)
