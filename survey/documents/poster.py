"""The poster at a counter: one question, one large code, and how to tell that nobody pasted over it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

from reportlab.lib.colors import HexColor, white
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from core import qr

QUESTION = "Ông/bà hài lòng với dịch vụ ở quầy này không?"
STEPS = ("Mở máy ảnh", "Hướng máy vào mã", "Bấm vào đường dẫn")
TYPED = "Không quét được? Gõ vào trình duyệt:"
CHECK = "Mã kiểm tra"
CHECK_HOW = "Trang mở ra phải hiện đúng mã này. Nếu khác, xin đừng gửi."
PROMISE = "Cán bộ tại quầy không biết ai đánh giá."
HOST = "Cơ quan chủ trì khảo sát:"
HOTLINE = "Điện thoại:"
CORNER = "Cắt góc để sờ thấy"

PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
INK, MUTED, LEAF, WASH = HexColor("#1F2A2E"), HexColor("#566267"), HexColor("#1F6F54"), HexColor("#EAF2ED")
RED, GOLD = HexColor("#B93A26"), HexColor("#E0A526")
MM = 72 / 25.4
WIDTH, HEIGHT = 210 * MM, 297 * MM
MARGIN = 18 * MM
INNER = WIDTH - 2 * MARGIN
BAND = 14 * MM
SYMBOL_MIN, SYMBOL_MAX = 82 * MM, 100 * MM
LEADING = 1.28


@dataclass(frozen=True)
class Poster:
    """What a poster says. *url* goes into the code exactly as it stands; an empty *hotline* is left out."""

    office: str
    counter: str
    url: str
    typed_address: str
    check_code: str
    host: str
    hotline: str = ""


@dataclass(frozen=True)
class _Lines:
    """A text set in lines of one size."""

    lines: list[str]
    font: str
    size: float

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LEADING


def poster_pdf(poster: Poster) -> bytes:
    """The A4 poster as PDF: the same poster gives the same bytes.

    Raises:
        ValueError: the address is empty or longer than a QR code holds.
    """
    _register_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, lang="vi-VN")
    canvas.setTitle(normalize("NFC", f"{poster.counter}, {poster.office}"))
    canvas.setAuthor(normalize("NFC", poster.host))
    _draw_band(canvas)
    foot = _draw_foot(canvas, poster)
    foot = _draw_address(canvas, poster, foot)
    foot = _draw_steps(canvas, foot)
    head = _draw_head(canvas, poster)
    _draw_symbol(canvas, poster.url, foot, head)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw_head(canvas: Canvas, poster: Poster) -> float:
    """The question and where it is asked, from the band down; returns how far down they reach."""
    y = HEIGHT - BAND - 8 * MM
    y = _centred(canvas, _set(QUESTION, BOLD, (31, 28), INNER, 2), y, INK) - 3 * MM
    y = _centred(canvas, _set(poster.counter, BOLD, (26, 22, 19, 17, 15, 13, 11), INNER, 2), y, LEAF) - 0.5 * MM
    return _centred(canvas, _set(poster.office, PLAIN, (16, 14, 12.5, 11, 9.5), INNER, 2), y, INK)


def _draw_symbol(canvas: Canvas, url: str, foot: float, head: float) -> None:
    """The code as large as the room between *foot* and *head* allows, never less than 80 mm."""
    modules = qr.matrix(url)
    count = len(modules)
    head, foot = head - 5 * MM, foot + 4 * MM
    room = (head - foot) * count / (count + 2 * qr.QUIET)
    side = max(SYMBOL_MIN, min(SYMBOL_MAX, room))
    module = side / count
    x, y = (WIDTH - side) / 2, (head + foot - side) / 2
    quiet = qr.QUIET * module
    canvas.setFillColor(INK)
    path = canvas.beginPath()
    for line, row in enumerate(modules):
        for start, length in qr.runs(row):
            path.rect(x + start * module, y + side - (line + 1) * module, length * module, module)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.linkURL(url, (x, y, x + side, y + side))
    _draw_corners(canvas, x - quiet, y - quiet, side + 2 * quiet)


def _draw_corners(canvas: Canvas, x: float, y: float, side: float) -> None:
    """Four corners just outside the quiet zone, as a camera frames what it looks for."""
    canvas.setStrokeColor(LEAF)
    canvas.setLineWidth(3)
    canvas.setLineCap(1)
    arm = 12 * MM
    for left, low in ((True, True), (True, False), (False, True), (False, False)):
        corner_x, corner_y = (x if left else x + side), (y if low else y + side)
        path = canvas.beginPath()
        path.moveTo(corner_x + (arm if left else -arm), corner_y)
        path.lineTo(corner_x, corner_y)
        path.lineTo(corner_x, corner_y + (arm if low else -arm))
        canvas.drawPath(path, stroke=1, fill=0)


def _draw_steps(canvas: Canvas, foot: float) -> float:
    """What to do, in three numbered steps standing on *foot*; returns where they end above."""
    widths = [stringWidth(step, PLAIN, 13.5) + 24 for step in STEPS]
    gap = (INNER - sum(widths)) / 3
    x, y = MARGIN + gap / 2, foot + 8 * MM
    for number, (step, width) in enumerate(zip(STEPS, widths, strict=True), start=1):
        canvas.setFillColor(LEAF)
        canvas.circle(x + 8.5, y + 4.5, 8.5, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont(BOLD, 11)
        canvas.drawCentredString(x + 8.5, y + 0.5, str(number))
        canvas.setFillColor(INK)
        canvas.setFont(PLAIN, 13.5)
        canvas.drawString(x + 24, y, step)
        x += width + gap
    return y + 7 * MM


def _draw_address(canvas: Canvas, poster: Poster, foot: float) -> float:
    """The address to type and the code that proves the page, side by side on a tinted ground."""
    split = MARGIN + INNER * 0.57
    left, right = split - MARGIN - 12 * MM, MARGIN + INNER - split - 12 * MM
    address = _set(poster.typed_address, BOLD, (19, 18, 17, 16, 15, 14, 13, 12, 11, 10), left, 2)
    if address.lines[-1].endswith("…"):  # an address cut short is none: rather three small lines
        address = _set(poster.typed_address, BOLD, (11, 10, 9, 8), left, 3)
    how = _set(CHECK_HOW, PLAIN, (10,), right, 3)
    code = _set(poster.check_code, BOLD, (25, 18, 12), right, 1)
    height = 37 * MM
    canvas.setFillColor(WASH)
    canvas.roundRect(MARGIN, foot, INNER, height, 4 * MM, stroke=0, fill=1)
    canvas.setStrokeColor(white)
    canvas.setLineWidth(2)
    canvas.line(split, foot + 5 * MM, split, foot + height - 5 * MM)
    top = foot + height - 5 * MM
    y = _flush(canvas, _set(TYPED, PLAIN, (10.5,), left, 2), MARGIN + 6 * MM, top, MUTED) - 2 * MM
    _flush(canvas, address, MARGIN + 6 * MM, y, INK)
    y = _flush(canvas, _set(CHECK, PLAIN, (10.5,), right, 1), split + 6 * MM, top, MUTED)
    y = _flush(canvas, code, split + 6 * MM, y, LEAF)
    _flush(canvas, how, split + 6 * MM, y, INK)
    return foot + height


def _draw_foot(canvas: Canvas, poster: Poster) -> float:
    """Who asks, whom to ring and the promise, standing on the margin; returns where they end above."""
    room = INNER - 2 * 22 * MM
    blocks = [_set(HOST, PLAIN, (10.5,), room, 1), _set(poster.host, BOLD, (11.5, 10.5, 9.5, 8.5), room, 2)]
    if poster.hotline:
        blocks.append(_set(f"{HOTLINE} {poster.hotline}", BOLD, (12, 11, 10, 8), room, 1))
    promise = _set(PROMISE, BOLD, (14,), INNER, 1)
    height = promise.height + 1.5 * MM + sum(block.height for block in blocks)
    y = _centred(canvas, promise, 11 * MM + height, LEAF) - 1.5 * MM
    for block in blocks:
        y = _centred(canvas, block, y, INK)
    _draw_cut(canvas)
    return 11 * MM + height + 5 * MM


def _draw_cut(canvas: Canvas) -> None:
    """The lower right corner to be cut off, so that a hand knows the poster and which way is up."""
    side = 20 * MM
    canvas.saveState()
    canvas.setStrokeColor(MUTED)
    canvas.setLineWidth(0.8)
    canvas.setDash(3, 3)
    canvas.line(WIDTH - side, 0, WIDTH, side)
    canvas.translate(WIDTH - side / 2, side / 2)
    canvas.rotate(45)
    canvas.setFillColor(MUTED)
    canvas.setFont(PLAIN, 6.5)
    canvas.drawCentredString(0, 3, CORNER)
    canvas.restoreState()


def _draw_band(canvas: Canvas) -> None:
    """A woven band (thổ cẩm) across the head: lozenges between two rows of teeth."""
    canvas.setFillColor(INK)
    canvas.rect(0, HEIGHT - BAND, WIDTH, BAND, stroke=0, fill=1)
    step = WIDTH / 20
    middle = HEIGHT - BAND / 2
    for place in range(21):
        x = place * step
        for colour, reach in ((RED, 0.5), (INK, 0.38), (GOLD, 0.28), (INK, 0.17), (WASH, 0.09)):
            _lozenge(canvas, x, middle, step * reach, colour)
        _lozenge(canvas, x + step / 2, middle + BAND * 0.22, step * 0.1, GOLD)
        _lozenge(canvas, x + step / 2, middle - BAND * 0.22, step * 0.1, GOLD)
    for place in range(80):
        x = (place + 0.5) * step / 4
        for edge, up in ((HEIGHT, -1), (HEIGHT - BAND, 1)):
            _fill(canvas, [(x - step / 8, edge), (x + step / 8, edge), (x, edge + up * step / 6)], LEAF)


def _lozenge(canvas: Canvas, x: float, y: float, reach: float, colour: HexColor) -> None:
    _fill(canvas, [(x - reach, y), (x, y + reach), (x + reach, y), (x, y - reach)], colour)


def _fill(canvas: Canvas, corners: list[tuple[float, float]], colour: HexColor) -> None:
    canvas.setFillColor(colour)
    path = canvas.beginPath()
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _centred(canvas: Canvas, block: _Lines, top: float, colour: HexColor) -> float:
    return _flow(block, top, canvas, colour, lambda y, line: canvas.drawCentredString(WIDTH / 2, y, line))


def _flush(canvas: Canvas, block: _Lines, x: float, top: float, colour: HexColor) -> float:
    return _flow(block, top, canvas, colour, lambda y, line: canvas.drawString(x, y, line))


def _flow(block: _Lines, top: float, canvas: Canvas, colour: HexColor, put: Callable[[float, str], None]) -> float:
    """Draw *block* line by line from *top*; returns where it ends below."""
    canvas.setFillColor(colour)
    canvas.setFont(block.font, block.size)
    for number, line in enumerate(block.lines):
        put(top - (number + 0.8) * block.size * LEADING, line)
    return top - block.height


def _set(text: str, font: str, sizes: tuple[float, ...], width: float, most: int) -> _Lines:
    """*text* in at most *most* lines of the largest of *sizes* that fits, else cut short at the smallest."""
    lines: list[str] = []
    for size in sizes:
        lines = _wrap(normalize("NFC", text), font, size, width)
        if len(lines) <= most:
            return _Lines(lines, font, size)
    return _Lines([*lines[: most - 1], lines[most - 1][:-1] + "…"], font, sizes[-1])


def _wrap(text: str, font: str, size: float, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if stringWidth(longer, font, size) <= width:
            lines[-1] = longer
            continue
        lines += _break(word, font, size, width)
    return [line for line in lines if line] or [""]


def _break(word: str, font: str, size: float, width: float) -> list[str]:
    """*word* itself, or its pieces when it is wider than a line; cut after a dot or slash."""
    pieces = [""]
    for letter in word:
        if stringWidth(pieces[-1] + letter, font, size) > width:
            end = max(pieces[-1].rfind(mark) for mark in "./") + 1 or len(pieces[-1])
            pieces[-1:] = [pieces[-1][:end], pieces[-1][end:]]
        pieces[-1] += letter
    return pieces


@cache
def _register_fonts() -> None:
    """The DejaVu fonts that come with matplotlib, found without the second its import takes."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise RuntimeError("matplotlib, whose fonts the poster uses, is not installed")
    folder = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
    for font in (PLAIN, BOLD):
        registerFont(TTFont(font, folder / f"{font}.ttf"))
