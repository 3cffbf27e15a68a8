"""Paper sheets of a round as a PDF: lines for the participant, the questions in the order of the sheet, a QR code."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType

from flask_babel import gettext as _
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from core.crypto import CODE_LETTERS
from core.pdf.band import band
from core.pdf.colours import INK, LEAF_DEEP, MUTED
from core.pdf.fonts import BOLD, PLAIN, SEMI, register_fonts
from core.pdf.lettering import Text, fit
from core.pdf.symbol import MM, symbol
from core.values.codes import in_fours
from core.values.language import use
from quiz.attempt.queries.named_sheets import SheetPerson
from quiz.attempt.queries.paper import Paper, PaperPicture
from quiz.bank.rules.pictures import fitted
from quiz.contest.rules.fields import RegistrationField

WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, BOTTOM, BAND = 18 * MM, 18 * MM, 5 * MM
INNER = WIDTH - 2 * LEFT
SIDE, BOX, LINE = 24 * MM, 3.6 * MM, 8.5 * MM


DOT = 0.17 * MM
"""The size on a sheet of a dot of a picture on the screen: the widest takes 109 mm."""
TALLEST = HEIGHT - 60 * MM
"""The height of a page that one question may ask for at once; more of it goes on on the next page."""


@dataclass(frozen=True)
class PrintedPaper:
    """A sheet to print: its number, the address that keys it in, its questions in their order, and its person if it is
    printed for one.
    """

    number: int
    address: str
    paper: Paper
    person: SheetPerson | None = None


@dataclass(frozen=True)
class PaperHeading:
    """The words on all sheets of a round; `guess` is the question of the guess, empty without one, `blocs` what the
    participant ticks one of.
    """

    title: str
    organiser: str
    round: str
    until: str
    guess: str
    blocs: Sequence[str] = ()
    asked: Sequence[RegistrationField] = ()
    """Further questions of the contest, with boxes where it offers choices, else with a line."""


def _size(picture: PaperPicture | None, *, is_choice: bool) -> tuple[float, float]:
    """Return the width and height at which a sheet shows a picture; 0 for none."""
    if picture is None:
        return 0.0, 0.0
    wide, high = fitted(picture.width, picture.height, is_choice=is_choice)
    return wide * DOT, high * DOT


def papers_pdf(
    heading: PaperHeading, papers: Sequence[PrintedPaper], pictures: Mapping[str, bytes] = MappingProxyType({})
) -> bytes:
    """Return the sheets as a PDF, each from a page of its own; in Vietnamese. *pictures* are WebP by digest."""
    register_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, lang="vi-VN")
    canvas.setTitle(unicodedata.normalize("NFC", f"{heading.title}, {heading.round}"))
    drawn = {digest: ImageReader(Image.open(BytesIO(data), formats=("WEBP",))) for digest, data in pictures.items()}
    with use("vi"):
        for printed in papers:
            _PaperDrawing(canvas, heading, printed, drawn).draw()
    canvas.save()
    return file.getvalue()


class _PaperDrawing:
    """One sheet: draws from top to bottom and begins a page when the next part has no room."""

    def __init__(
        self, canvas: Canvas, heading: PaperHeading, printed: PrintedPaper, drawn: Mapping[str, ImageReader]
    ) -> None:
        self._drawn = drawn
        self._canvas, self._heading, self._printed, self._page = canvas, heading, printed, 0
        self._y = 0.0

    def draw(self) -> None:
        self._begin_page()
        self._head()
        for question in self._printed.paper.questions:
            mark = _("Câu %(place)s.", place=question.position)
            asked = fit(f"{mark} {question.text}", SEMI, 10.5, INNER, most=8, is_centred=False)
            choices = [
                fit(f"{letter}. {text}", PLAIN, 10, INNER - 9 * MM, most=6, is_centred=False)
                for letter, text in question.choices
            ]
            held = [question.pictures.get(""), *(question.picture_of(letter) for letter, _text in question.choices)]
            beside = [_size(picture, is_choice=at > 0) for at, picture in enumerate(held)]
            below = 7 if question.asks_several else 3
            texts = asked.height + sum(each.height + 1 * MM for each in choices) + below * MM
            self._need(min(texts + sum(high + 1 * MM for _wide, high in beside if high), TALLEST))
            self._text(asked)
            if question.asks_several:
                self._text(fit(_("Chọn tất cả các phương án đúng."), PLAIN, 9, INNER, colour=MUTED, is_centred=False))
            self._y -= 1.2 * MM
            self._picture(held[0], LEFT, *beside[0])
            for choice, picture, size in zip(choices, held[1:], beside[1:], strict=True):
                self._tick(choice)
                self._picture(picture, LEFT + 8 * MM, *size)
            self._y -= 2 * MM
        if self._heading.guess:
            self._guess()
        self._canvas.showPage()

    def _guess(self) -> None:
        self._need(3 * LINE)
        self._field(self._heading.guess)
        note = _("Dự đoán được tính khi phiếu được nhập lần một trước giờ đóng, nên xin nộp sớm.")
        self._text(fit(note, PLAIN, 9, INNER, most=2, colour=MUTED, is_centred=False))

    def _picture(self, picture: PaperPicture | None, left: float, wide: float, high: float) -> None:
        image = self._drawn.get(picture.digest) if picture else None
        if image is None:
            return
        self._need(high + 1 * MM)
        self._canvas.drawImage(image, left, self._y - high, wide, high, mask="auto")
        self._y -= high + 1 * MM

    def _begin_page(self) -> None:
        self._page += 1
        band(self._canvas, WIDTH, BAND, HEIGHT)
        words = _("Phiếu số %(number)s, trang %(page)s", number=self._printed.number, page=self._page)
        if self._printed.person:
            words = f"{self._printed.person.name} · {words}"
        foot = fit(words, PLAIN, 8.5, INNER, colour=MUTED)
        foot.draw(self._canvas, LEFT, BOTTOM - 4 * MM, INNER)
        self._y = HEIGHT - BAND - 8 * MM

    def _need(self, height: float) -> None:
        if self._y - height < BOTTOM:
            self._canvas.showPage()
            self._begin_page()

    def _head(self) -> None:
        top, wide = self._y, INNER - SIDE - 8 * MM
        name = _("Phiếu dự thi %(round)s, số %(number)s", round=self._heading.round, number=self._printed.number)
        for text, font, size, most in (
            (self._heading.title, BOLD, 15, 2),
            (name, SEMI, 12, 1),
            (self._heading.organiser, PLAIN, 10, 2),
            (self._heading.until, PLAIN, 10, 2),
        ):
            colour = LEAF_DEEP if font == BOLD else INK
            self._text(fit(text, font, size, wide, most=most, colour=colour, is_centred=False))
        symbol(self._canvas, self._printed.address, LEFT + INNER - SIDE - 2 * MM, top - SIDE - 2 * MM, SIDE)
        self._y = min(self._y, top - SIDE - 5 * MM) - 2 * MM
        if self._printed.person:
            self._named(self._printed.person)
        else:
            self._person()
            self._consents()
        self._field(_("Chữ ký (người giám hộ ký cùng, nếu có)"))
        note = _("Đánh dấu X vào ô chọn. Bài trên giấy được tính như làm hết giờ; hai cán bộ nhập riêng rồi đối chiếu.")
        self._text(fit(note, PLAIN, 9, INNER, most=2, colour=MUTED, is_centred=False))
        self._y -= 3 * MM

    def _named(self, person: SheetPerson) -> None:
        """Draw the person for whom the sheet is printed, in a frame with its code."""
        lines = (
            fit(person.name, BOLD, 17, INNER - 12 * MM, most=2, is_centred=False),
            fit(person.unit, SEMI, 11, INNER - 12 * MM, most=2, is_centred=False),
            fit(_("Mã phiếu: %(code)s", code=in_fours(person.code)), PLAIN, 11, INNER - 12 * MM, is_centred=False),
        )
        high = sum(each.height for each in lines) + 8 * MM
        self._canvas.setStrokeColor(LEAF_DEEP)
        self._canvas.setLineWidth(1.1)
        self._canvas.roundRect(LEFT, self._y - high, INNER, high, 2.5 * MM)
        at = self._y - 4 * MM
        for line in lines:
            line.draw(self._canvas, LEFT + 6 * MM, at, INNER - 12 * MM)
            at -= line.height
        self._y -= high + 2 * MM
        note = _(
            "Phiếu in riêng cho người có tên trên, tính cho người ấy một lần. Nhận nhầm thì trả lại Ban Tổ chức. "
            "Mã phiếu không dùng để vào thi trên mạng."
        )
        self._text(fit(note, PLAIN, 10, INNER, most=3, is_centred=False))
        self._y -= 1 * MM

    def _consents(self) -> None:
        """Draw the consents under a heading of their own, apart from the boxes above, of which one is ticked."""
        self._need(4 * LINE)
        self._y -= 3 * MM
        self._text(fit(_("Sự đồng ý, đánh dấu từng ô:"), SEMI, 10.5, INNER, most=1, is_centred=False))
        for words in (
            _("Tôi đồng ý để Ban Tổ chức giữ thông tin trên để tổ chức cuộc thi (bắt buộc)."),
            _("Tôi đồng ý nêu tên trong danh sách đạt giải."),
            _("Tôi đồng ý để Ban Tổ chức gọi, nhắn về cuộc thi."),
            _("Người chưa đủ 16 tuổi: cha, mẹ hoặc người giám hộ cho phép."),
        ):
            self._tick(fit(words, PLAIN, 10, INNER - 9 * MM, most=2, is_centred=False))

    def _person(self) -> None:
        """Draw the lines for the facts of the participant, and the blocs to tick one of."""
        for label in (_("Họ và tên"), _("Số điện thoại"), _("Năm sinh"), _("Đơn vị dự thi")):
            self._field(label)
        self._code_boxes()
        if self._heading.blocs:
            self._text(fit(_("Đối tượng dự thi, đánh dấu một ô:"), SEMI, 10.5, INNER, most=1, is_centred=False))
        self._boxes(self._heading.blocs)
        for asked in self._heading.asked:
            if not asked.choices:
                self._need(2 * LINE)
                self._field(asked.name)
                continue
            self._need((len(asked.choices) + 2) * 6 * MM)
            self._y -= 1 * MM
            words = _("%(name)s, đánh dấu một ô:", name=asked.name)
            self._text(fit(words, SEMI, 10.5, INNER, most=1, is_centred=False))
            self._boxes(asked.choices)

    def _code_boxes(self) -> None:
        """Draw a box for each letter of the personal code, and what the sheet is without it."""
        label = fit(_("Mã cá nhân, nếu đã đăng ký:"), SEMI, 10.5, 0.4 * INNER, is_centred=False)
        side, at = 6 * MM, LEFT + label.width + 3 * MM
        label.draw(self._canvas, LEFT, self._y - 3 * MM, INNER)
        self._canvas.setStrokeColor(MUTED)
        self._canvas.setLineWidth(0.6)
        for place in range(CODE_LETTERS):
            self._canvas.rect(at + place * side + place // 4 * 2.5 * MM, self._y - 8 * MM, side, side)
        self._y -= 10 * MM
        note = _(
            "Đã đăng ký mà không ghi mã: phiếu chỉ được tính khi bạn vào thi trên mạng bằng mã cá nhân, xác nhận phiếu "
            "là của mình trước giờ đóng."
        )
        self._text(fit(note, PLAIN, 9, INNER, most=2, colour=MUTED, is_centred=False))
        self._y -= 2 * MM

    def _boxes(self, names: Sequence[str]) -> None:
        """Draw a box for each of *names*."""
        for name in names:
            self._tick(fit(name, PLAIN, 10, INNER - 9 * MM, most=2, is_centred=False))

    def _text(self, text: Text) -> None:
        text.draw(self._canvas, LEFT, self._y, INNER)
        self._y -= text.height

    def _field(self, label: str) -> None:
        text = fit(label if label.endswith("?") else f"{label}:", SEMI, 10.5, 0.6 * INNER, is_centred=False)
        text.draw(self._canvas, LEFT, self._y - LINE + text.height + 1, INNER)
        self._canvas.setStrokeColor(MUTED)
        self._canvas.setLineWidth(0.6)
        self._canvas.line(LEFT + text.width + 2 * MM, self._y - LINE, LEFT + INNER, self._y - LINE)
        self._y -= LINE + 1 * MM

    def _tick(self, text: Text) -> None:
        self._canvas.setStrokeColor(INK)
        self._canvas.setLineWidth(0.9)
        self._canvas.rect(LEFT + 2 * MM, self._y - 0.5 * text.size * 1.35 - BOX / 2, BOX, BOX)
        text.draw(self._canvas, LEFT + 8 * MM, self._y, INNER)
        self._y -= text.height + 1 * MM
