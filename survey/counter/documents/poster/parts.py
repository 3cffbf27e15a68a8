"""The parts of every sheet of a counter, in its own language and a second one."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from reportlab.pdfgen.canvas import Canvas

from core.content import ENGLISH
from core.pdf.blocks import Across, Panel, PrintedLogo, named, pill, steps
from core.pdf.colours import LEAF_DEEP, LEAF_TINT, MUTED
from core.pdf.drawing import Drawing, Shape, circle
from core.pdf.fonts import BOLD, PLAIN
from core.pdf.lettering import VALUE, Block, Column, Space, Text, fit, fit_labelled, fit_whole
from core.pdf.pictos import AIM, BUTTON, CAMERA, HAND, LOCK, PHONE
from core.pdf.symbol import MM, dashed
from survey.counter.documents.faces import FaceRow, face_row
from survey.counter.documents.poster.words import Words, own_words

CHOOSE = Drawing(
    (PHONE, Shape(circle(25, 22, 10), LEAF_TINT), Shape("M21 20v1.5M29 20v1.5M20 25q5 4.5 10 0"), BUTTON, HAND),
    size=64,
    line=2.2,
)
SMALLEST = 7
"""The least size in points of names in the second language; a sticker has no room for them."""
PICTOS = (CAMERA, AIM, CHOOSE)


@dataclass(frozen=True)
class Poster:
    """The content of a poster. *url* goes into the code unchanged; an empty *hotline* and no *logo* are left out.

    *english* are the counter and the office in English, those without a name left out.
    """

    office: str
    counter: str
    url: str
    typed_address: str
    check_code: str
    host: str
    hotline: str = ""
    logo: PrintedLogo | None = None
    english: tuple[str, ...] = ()


@dataclass(frozen=True)
class Voice:
    """A poster with its languages: *own*, and *second* beside it."""

    poster: Poster
    own: Words
    second: Words | None

    @property
    def spoken(self) -> list[Words]:
        """Return the languages, the poster's own first."""
        return [self.own, *([self.second] if self.second else [])]

    def also(self, say: Callable[[Words], str], font: str, size: float, width: float, **how: int | bool) -> list[Block]:
        """Return the text of the second language in a smaller size; empty without one."""
        said = say(self.second) if self.second else ""
        return [fit(said, font, size, width, colour=MUTED, **how)] if said else []  # type: ignore[arg-type]


def voice_of(poster: Poster, second: Words | None) -> Voice:
    """Return *poster* in the language in force, and in the *second*."""
    return Voice(poster, own_words(), second)


def place(voice: Voice, counter: float, office: float, width: float, *, most: int) -> list[Block]:
    """Return the counter in a pill, its office, and their names in the second language."""
    poster = voice.poster
    size = 0.75 * office
    again = voice.also(lambda words: _names_in(words, poster), PLAIN, size, width, most=2) if size >= SMALLEST else []
    return [
        pill(poster.counter, counter, width, most=most),
        Space(0.3 * office),
        named(poster.office, poster.logo, office, width, most=most),
        *again,
    ]


def _names_in(words: Words, poster: Poster) -> str:
    return " · ".join(poster.english) if words.language == ENGLISH else ""


def question(voice: Voice, size: float, width: float, *, most: int) -> list[Block]:
    """Return the question in both languages."""
    asked = fit(voice.own.question, BOLD, size, width, most=most, leading=1.2)
    again = voice.also(lambda words: words.question, PLAIN, size * 0.5, width, most=most)
    return [asked, *([Space(size * 0.08)] if again else []), *again]


def faces(voice: Voice, side: float, size: float, width: float) -> FaceRow:
    """Return the five faces with the words of the languages that have some."""
    return face_row([words.levels for words in voice.spoken if words.levels], side, size, width)


def steps_of(voice: Voice, size: float, side: float, width: float) -> list[Block]:
    """Return the three steps, each *width* wide."""
    return [*steps(PICTOS, [words.steps for words in voice.spoken], size, side, width)]


def steps_across(voice: Voice, size: float, side: float, width: float) -> Across:
    """Return the three steps side by side."""
    gap = 0.6 * size
    return Across(steps_of(voice, size, side, (width - 2 * gap) / 3), gap)


def panel(voice: Voice, size: float, width: float, *, split: float = 0.56, is_compact: bool = False) -> Panel:
    """Return the address to type and the check code of the page, side by side."""
    poster, pad = voice.poster, size * (0.8 if is_compact else 1.25)
    left, right = width * split - 2.2 * pad, width * (1 - split) - 2.2 * pad
    address: list[Block] = [fit(voice.own.typed, PLAIN, size, left, most=2, is_centred=False)]
    address += voice.also(lambda words: words.typed, PLAIN, size * 0.86, left, most=2, is_centred=False)
    address += [Space(size * 0.25), fit_whole(poster.typed_address, BOLD, size * 1.6, left, most=2)]
    check: list[Block] = [
        fit(_("Mã kiểm tra"), PLAIN, size, right, is_centred=False),
        fit(poster.check_code, BOLD, size * 2.1, right, colour=LEAF_DEEP, is_centred=False, leading=1.15),
    ]
    brief = _("Trang phải hiện đúng mã này.") if is_compact else voice.own.check
    check.append(fit(brief, PLAIN, size * 0.92, right, most=3, is_centred=False))
    if not is_compact:
        check += voice.also(lambda words: words.check, PLAIN, size * 0.84, right, most=3, is_centred=False)
    return Panel(Column(address), Column(check), split, pad)


@dataclass(frozen=True)
class Promise:
    """A lock and the promise that staff do not see who rated."""

    text: Text

    @property
    def height(self) -> float:
        return self.text.height

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        side = 1.4 * self.text.size
        left = x + (width - self.text.width - 1.3 * side) / 2
        LOCK.draw(canvas, left, top - self.height / 2 - side / 2, side)
        self.text.draw(canvas, left + 1.3 * side, top, self.text.width)


def foot(voice: Voice, size: float, width: float, narrow: float, *, is_compact: bool) -> Column:
    """Return the promise, the host, the paper form and the hotline; *narrow* leaves room for the cut corner."""
    poster = voice.poster
    promise = fit(voice.own.promise, BOLD, size * 1.35, 0.92 * width, colour=LEAF_DEEP)
    blocks: list[Block] = [Promise(promise)]
    blocks += [*voice.also(lambda words: words.promise, PLAIN, size * 0.9, width, most=1), Space(size * 0.3)]
    blocks.append(fit_labelled(_("Chủ trì khảo sát: %(host)s", host=VALUE), poster.host, size, narrow))
    if not is_compact:
        paper = _("Không có điện thoại thông minh? Xin hỏi phiếu giấy ở bàn hướng dẫn.")
        blocks.append(fit(paper, PLAIN, size, narrow, colour=MUTED))
    if poster.hotline:
        blocks.append(fit_labelled(_("Cần giúp, xin gọi: %(hotline)s", hotline=VALUE), poster.hotline, size, narrow))
    return Column(blocks)


def cut_corner(canvas: Canvas, width: float, side: float) -> None:
    """Mark the lower right corner to cut off, by which a blind person recognises the sheet and its orientation."""
    dashed(canvas, (width - side, 0, width, side))
    if side < 12 * MM:
        return
    canvas.saveState()
    canvas.translate(width - side / 2, side / 2)
    canvas.rotate(45)
    fit(_("Cắt cho người khiếm thị"), PLAIN, side * 0.095, side * 1.3, colour=MUTED).draw(
        canvas, -side * 0.65, 3 + side * 0.12, side * 1.3
    )
    canvas.restoreState()
