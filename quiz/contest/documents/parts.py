"""The parts of a contest's sheets: facts, weeks, prizes, steps, address."""

from dataclasses import dataclass, replace
from math import cos, pi, sin

from flask_babel import gettext as _
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from core.pdf.blocks import Across, Panel, Step, named, stack, steps
from core.pdf.colours import LEAF_DEEP, LEAF_TINT, LINE, MUTED, WHITE
from core.pdf.drawing import Drawing, Shape, circle
from core.pdf.fonts import BOLD, PLAIN, SEMI
from core.pdf.lettering import VALUE, Block, Column, Space, fit, fit_labelled, fit_whole
from core.pdf.pictos import AIM, BUTTON, CAMERA, HAND, PHONE
from core.values.numbers import thousands
from quiz.contest.documents.content import ContestSheet, Prize
from quiz.contest.labels.rounds import round_name

JOIN = Drawing(
    (
        PHONE,
        Shape("M14 14l2.5 2.5L21 12M25 15h11M14 23l2.5 2.5L21 21M25 24h11M14 32l2.5 2.5L21 30M25 33h11"),
        BUTTON,
        HAND,
    ),
    size=64,
    line=2.2,
)
METALS = (HexColor("#E0A526"), HexColor("#C9CFD1"), HexColor("#D99A6C"), HexColor("#E4EFE4"))
"""The colours of the first, the second and the third prize, and of all others."""
MOST_WEEKS = 12
"""Above this, the weeks are given by the first and the last day alone."""
SMALL_TEXT = 140
"""The letters of a summary above which a sheet has no room for it."""


@dataclass(frozen=True)
class FactTile:
    """A fact on a tinted ground, at least *least* high: what it is about, the fact, what belongs to it."""

    column: Column
    pad: float
    ground: Color = LEAF_TINT
    least: float = 0

    @property
    def height(self) -> float:
        return max(self.least, self.column.height + 1.4 * self.pad)

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        canvas.setFillColor(self.ground)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.6)
        canvas.roundRect(x, top - self.height, width, self.height, 0.6 * self.pad, stroke=1, fill=1)
        self.column.draw(canvas, x, top - (self.height - self.column.height) / 2, width)


@dataclass(frozen=True)
class Medal:
    """An eight-pointed star with the number of the prize in it, its name and quantity below."""

    place: int
    side: float
    words: Column

    @property
    def height(self) -> float:
        return 1.06 * self.side + self.words.height

    def draw(self, canvas: Canvas, x: float, top: float, width: float) -> None:
        left = x + (width - self.side) / 2
        metal = METALS[min(self.place, len(METALS)) - 1]
        star = Drawing((Shape(_STAR, metal), Shape(circle(24, 24, 11.5), WHITE)), size=48, line=1.6)
        star.draw(canvas, left, top - self.side, self.side)
        fit(str(self.place), BOLD, 0.34 * self.side, self.side).draw(
            canvas, left, top - 0.5 * self.side + 0.34 * self.side * 0.64, self.side
        )
        self.words.draw(canvas, x, top - 1.06 * self.side, width)


def _star(points: int, outer: float, inner: float) -> str:
    corners = []
    for at in range(2 * points):
        reach, turn = (outer, inner)[at % 2], pi * at / points - pi / 2
        corners.append(f"{24 + reach * cos(turn):.2f} {24 + reach * sin(turn):.2f}")
    return f"M{'L'.join(corners)}z"


_STAR = _star(8, 22.5, 17)


def heading(sheet: ContestSheet, title: float, summary: float, width: float) -> list[Block]:
    """Return the title of the contest and its summary, if that is short."""
    blocks: list[Block] = [fit(sheet.title, BOLD, title, width, most=3, colour=LEAF_DEEP, leading=1.2)]
    if sheet.summary and len(sheet.summary) <= SMALL_TEXT:
        blocks += [Space(0.3 * summary), fit(sheet.summary, PLAIN, summary, width, most=2, colour=MUTED)]
    return blocks


def facts(sheet: ContestSheet, size: float, width: float) -> list[Block]:
    """Return the days, the paper and who may enter, side by side; nothing without any."""
    said = [_days(sheet)] if sheet.weeks else []
    if sheet.questions:
        in_time = _("trong %(minutes)s phút", minutes=sheet.minutes)
        said.append(
            (_("Mỗi tuần") if sheet.is_weekly else _("Mỗi đợt"), _("%(n)s câu hỏi", n=sheet.questions), in_time)
        )
    if sheet.youngest:
        said.append((_("Ai được thi"), _("Từ %(age)s tuổi", age=sheet.youngest), _("thi trên điện thoại")))
    if not said:
        return []
    gap = 0.7 * size
    each = (width + gap) / len(said) - gap
    tiles = [_tile(fact, size, each) for fact in said]
    tallest = max(tile.height for tile in tiles)
    return [Across([replace(tile, least=tallest) for tile in tiles], gap)]


def _days(sheet: ContestSheet) -> tuple[str, str, str]:
    first, last, n = sheet.weeks[0].first, sheet.weeks[-1].last, len(sheet.weeks)
    days = f"{first:%d/%m}–{last:%d/%m/%Y}"
    return _("Nhận bài"), days, _("%(n)s tuần thi", n=n) if sheet.is_weekly else _("%(n)s đợt thi", n=n)


def _tile(fact: tuple[str, str, str], size: float, width: float) -> FactTile:
    about, said, more = fact
    room = 0.92 * width
    return FactTile(
        Column(
            [
                fit(about, PLAIN, size, room, colour=MUTED),
                fit(said, BOLD, 1.6 * size, room),
                fit(more, PLAIN, size, room, colour=MUTED),
            ]
        ),
        size,
    )


def weeks(sheet: ContestSheet, size: float, width: float, *, most: int = MOST_WEEKS) -> list[Block]:
    """Return the days of each week in rows of at most six; nothing for a contest of one week, or of too many."""
    count = len(sheet.weeks)
    if not 1 < count <= most:
        return []
    rows = -(-count // 6)
    across = -(-count // rows)
    gap = 0.5 * size
    each = (width + gap) / across - gap
    cells: list[Block] = [
        FactTile(
            Column(
                [
                    fit(round_name(week), BOLD, size, 0.9 * each),
                    fit(week.days, PLAIN, 0.92 * size, 0.9 * each),
                ]
            ),
            0.6 * size,
            WHITE,
        )
        for week in sheet.weeks
    ]
    cells += [Space(0)] * (rows * across - count)
    return [stack([Across(cells[at * across : (at + 1) * across], gap) for at in range(rows)], gap)]


def prizes(sheet: ContestSheet, size: float, side: float, width: float) -> list[Block]:
    """Return a medal for each prize, at most four; several more are named in a line."""
    given, shown = sheet.prizes, sheet.prizes[:4]
    if not shown:
        return []
    each = 0.94 * width / len(shown)
    medals = [
        Medal(
            at,
            side,
            Column(
                [
                    fit(prize.name, SEMI, size, each),
                    *_money(prize, size, each),
                    fit(_how_many(sheet, prize), PLAIN, 0.86 * size, each, colour=MUTED),
                ]
            ),
        )
        for at, prize in enumerate(shown, start=1)
    ]
    rest = [_line(prize) for prize in given[4:]]
    more = _("và %(prizes)s", prizes=", ".join(rest))
    return [Across(medals), *([fit(more, PLAIN, 0.86 * size, width, most=2, colour=MUTED)] if rest else [])]


def _line(prize: Prize) -> str:
    n, name = thousands(prize.quantity), prize.name
    if not prize.amount:
        return str(_("%(n)s %(prize)s", n=n, prize=name))
    return str(_("%(n)s %(prize)s %(amount)s đồng", n=n, prize=name, amount=thousands(prize.amount)))


def _money(prize: Prize, size: float, width: float) -> list[Block]:
    """Return the money of a prize; nothing where the rules declare none."""
    if not prize.amount:
        return []
    return [fit(_("%(amount)s đồng", amount=thousands(prize.amount)), BOLD, 1.1 * size, width, colour=LEAF_DEEP)]


def _how_many(sheet: ContestSheet, prize: Prize) -> str:
    n = thousands(prize.quantity)
    if prize.is_once:
        return str(_("%(n)s giải cả cuộc thi", n=n))
    return str(_("%(n)s giải mỗi tuần", n=n) if sheet.is_weekly else _("%(n)s giải mỗi đợt", n=n))


def steps_of(size: float, side: float, width: float) -> list[Step]:
    """Return the three steps to enter."""
    said = (_("Mở Zalo\nhoặc máy ảnh"), _("Hướng vào mã\nrồi bấm đường dẫn"), _("Đăng ký\nrồi vào thi"))
    return steps((CAMERA, AIM, JOIN), [said], size, side, width)


def panel(sheet: ContestSheet, size: float, width: float) -> Panel:
    """Return the address to type, and where rules and results stand."""
    pad, split = 1.2 * size, 0.6
    left, right = width * split - 2.2 * pad, width * (1 - split) - 2.2 * pad
    address: list[Block] = [
        fit(_("Không quét được? Gõ vào trình duyệt:"), PLAIN, size, left, is_centred=False),
        Space(0.25 * size),
        fit_whole(sheet.typed_address, BOLD, 1.9 * size, left, most=2),
    ]
    there = _("Thể lệ, bảng xếp hạng và kết quả đều có ở trang ấy.")
    return Panel(Column(address), Column([fit(there, PLAIN, size, right, most=4, is_centred=False)]), split, pad)


def foot(sheet: ContestSheet, size: float, width: float) -> Column:
    """Return the organiser and the hotline."""
    own = fit(sheet.organiser, BOLD, 1.1 * size, width, most=2)
    blocks: list[Block] = [named(sheet.organiser, sheet.logo, 1.1 * size, width, most=2) if sheet.logo else own]
    if sheet.hotline:
        blocks.append(fit_labelled(_("Hỏi Ban Tổ chức: %(hotline)s", hotline=VALUE), sheet.hotline, size, width))
    return Column(blocks)
