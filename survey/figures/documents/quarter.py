"""An office's sheet of a quarter, A4, to hang where people rated: what they said, as one reads it standing."""

from flask_babel import gettext as _
from reportlab.pdfgen.canvas import Canvas

from core.charts.strips import strip_axis
from core.pdf.band import band
from core.pdf.blocks import Across, named, pill, stack
from core.pdf.colours import LEAF_DEEP, MUTED
from core.pdf.fonts import BOLD, PLAIN
from core.pdf.lettering import SHRINK, Block, Column, Space, fit, fit_whole
from core.pdf.symbol import MM, framed, modules, symbol
from core.values.dates import day
from core.values.numbers import decimal, percent, thousands
from survey.figures.documents.charts import (
    COLOURS,
    NAMED,
    WITH_FIELD,
    CounterStrip,
    Interval,
    LevelBar,
    ReasonBar,
    Sided,
    StripScale,
    level_faces,
)
from survey.figures.documents.content import QuarterSheet, ReasonGroup
from survey.figures.documents.marks import Benchmark, mark_key
from survey.figures.rules.contrast import CONFIDENCE
from survey.instrument.rules.levels import Level

SIZE = (210 * MM, 297 * MM)
MARGIN, BAND, GAP = 16 * MM, 14 * MM, 5 * MM
INNER = SIZE[0] - 2 * MARGIN
BIG = 0.38
"""The share of the width that the large number takes."""
SHOWN = 3
"""The reasons shown of each group."""
MOST_COUNTERS = 8
"""The most counters shown."""
ONE_COLUMN = 6
"""The most counters that stand below one another; of more, two columns."""


def draw_quarter(canvas: Canvas, sheet: QuarterSheet) -> None:
    """Draw the sheet; its parts shrink until all have their room."""
    top, bottom = SIZE[1] - BAND - GAP, 1.6 * GAP
    side = max(30.0, 1.15 * len(modules(sheet.url))) * MM
    for scale in SHRINK:
        body, foot = _body(sheet, scale), _foot(sheet, scale, framed(sheet.url, side))
        low = max(foot.height, framed(sheet.url, side))
        spare = top - bottom - low - GAP - sum(block.height for block in body)
        gap = spare / len(body)
        if gap >= 0.7 * GAP:
            break
    band(canvas, SIZE[0], BAND, SIZE[1])
    column = stack(body, min(gap, 3.4 * GAP))
    column.draw(canvas, MARGIN, top, INNER)
    frame = framed(sheet.url, side)
    x, y = MARGIN + (frame - side) / 2, bottom + low / 2 - side / 2
    symbol(canvas, sheet.url, x, y, side)
    canvas.linkURL(sheet.url, (x, y, x + side, y + side))
    foot.draw(canvas, MARGIN + frame + 1.6 * GAP, bottom + low / 2 + foot.height / 2, INNER - frame - 1.6 * GAP)


def _body(sheet: QuarterSheet, scale: float) -> list[Block]:
    blocks: list[Block] = [_head(sheet, scale), _share(sheet, scale), _levels(sheet, scale)]
    blocks += [_counters(sheet, scale)] if sheet.counters else []
    return [*blocks, _reasons(sheet, scale)] if sheet.reasons else blocks


def _head(sheet: QuarterSheet, scale: float) -> Column:
    blocks: list[Block] = [pill(sheet.period, 17 * scale, INNER, most=1), Space(4 * scale)]
    blocks += [named(sheet.office, sheet.logo, 14.5 * scale, INNER, most=2), Space(6 * scale)]
    blocks.append(fit(sheet.finding, BOLD, 29 * scale, INNER, most=2, leading=1.2))
    if sheet.remark:
        blocks.append(fit(sheet.remark, PLAIN, 14 * scale, INNER, most=2, colour=MUTED))
    if sheet.is_illustrative:
        blocks.append(fit(_("Số liệu minh họa"), BOLD, 11 * scale, INNER, colour=LEAF_DEEP))
    return Column(blocks)


def _share(sheet: QuarterSheet, scale: float) -> Block:
    """Return the share in large figures, and beside it its counts and interval."""
    card, wide = sheet.card, (1 - BIG) * INNER
    counted = _("%(satisfied)s trong %(n)s lượt đánh giá", satisfied=thousands(card.satisfied), n=thousands(card.n))
    low, high = decimal(100 * card.low), percent(card.high)
    moves = _("Tỷ lệ này có thể xê dịch từ %(low)s đến %(high)s.", low=low, high=high)
    beside = Column(
        [
            fit(_("hài lòng hoặc rất hài lòng"), BOLD, 17 * scale, wide, is_centred=False),
            fit(counted, PLAIN, 14 * scale, wide, is_centred=False),
            Space(5 * scale),
            Interval(card, 10.5 * scale, _beside(sheet)),
            Space(3 * scale),
            fit(" ".join([moves, *_line(sheet)]), PLAIN, 12 * scale, wide, most=2, colour=MUTED, is_centred=False),
        ]
    )
    number = fit(percent(card.share), BOLD, 66 * scale, (BIG - 0.03) * INNER, is_centred=False, leading=1.1)
    return Sided(number, beside, BIG)


def _line(sheet: QuarterSheet) -> list[str]:
    """Return what the upright line stands for, if there is one."""
    if sheet.reference is None:
        return []
    return [_("Vạch đứng: %(level)s, %(share)s.", level=sheet.level, share=percent(sheet.reference))]


def _levels(sheet: QuarterSheet, scale: float) -> Column:
    low = sum(each.share for each in sheet.card.levels if each.level < Level.NEUTRAL)
    said = _("Cứ 100 lượt thì %(n)s lượt không hài lòng", n=decimal(100 * low, 0))
    return Column(
        [
            fit(said, BOLD, 16 * scale, INNER, is_centred=False),
            Space(5 * scale),
            LevelBar(sheet.card.levels, 11 * MM * scale, 12 * scale),
            Space(7 * scale),
            level_faces(sheet.card.levels, 15 * MM * scale, 11 * scale, INNER),
        ]
    )


def _counters(sheet: QuarterSheet, scale: float) -> Column:
    """Return the counters below one another, the least satisfied first, beside the province; many in two columns."""
    shown, size, beside = sheet.counters[:MOST_COUNTERS], 11.5 * scale, _beside(sheet)
    is_one = len(shown) <= ONE_COLUMN
    named = WITH_FIELD if is_one else NAMED
    strips = [CounterStrip(each, size, beside, named) for each in shown]
    half = len(strips) if is_one else (len(strips) + 1) // 2
    blocks: list[Block] = [fit(_("Tỷ lệ hài lòng ở từng quầy"), BOLD, 16 * scale, INNER, is_centred=False)]
    key = mark_key(beside, {beside.contrast(each.card) for each in shown}, 11 * scale)
    blocks += [Space(2 * scale), key] if key else []
    parts = [Column([*part, StripScale(size, beside, named)]) for part in (strips[:half], strips[half:]) if part]
    blocks += [Space(2 * scale), Across(parts, 2 * GAP), Space(5 * scale)]
    said = _intervals(beside) + _left_out(len(sheet.counters) - len(shown))
    note = fit(" ".join(said), PLAIN, 9.5 * scale, INNER, colour=MUTED, is_centred=False)
    return Column([*blocks, note] if said else blocks)


def _intervals(beside: Benchmark) -> list[str]:
    """Return what the two lines of a strip are, where both are drawn."""
    if beside.reference is None:
        return []
    values = {"usual": percent(0.95, 0), "wide": percent(CONFIDENCE, 0)}
    return [_("Vạch dày là khoảng có thể (%(usual)s), vạch mảnh là khoảng rộng hơn (%(wide)s).", **values)]


def _left_out(n: int) -> list[str]:
    return [_("Còn %(n)s quầy cao hơn, xem ở trang kết quả.", n=n)] if n else []


def _beside(sheet: QuarterSheet) -> Benchmark:
    """Return what the sheet's shares stand beside, on one axis: from 50 % as on the pages, lower if one of them lies
    below.
    """
    shares = [sheet.card.share, *(each.card.share for each in sheet.counters)]
    axis = strip_axis([*shares, *([] if sheet.reference is None else [sheet.reference])])
    return Benchmark(axis, sheet.reference, sheet.level)


def _reasons(sheet: QuarterSheet, scale: float) -> Column:
    """Return the most frequent reasons of each group, side by side, each as a part of its own group as on the page."""
    gap = 2 * GAP
    each = (INNER + gap) / max(2, len(sheet.reasons)) - gap
    groups: list[Block] = [_group(group, scale, each) for group in sheet.reasons]
    groups += [Space(0)] * (2 - len(groups))
    title = fit(_("Lý do được nêu nhiều nhất trong quý"), BOLD, 16 * scale, INNER, is_centred=False)
    return Column([title, Space(3 * scale), Across(groups, gap)])


def _group(group: ReasonGroup, scale: float, width: float) -> Column:
    if not group.reasons:
        return Column([fit(_withheld(group), PLAIN, 12 * scale, width, most=3, colour=MUTED, is_centred=False)])
    if group.is_satisfied:
        said = _("%(n)s lượt hài lòng nêu lý do", n=thousands(group.n))
    else:
        said = _("%(n)s lượt không hài lòng nêu lý do", n=thousands(group.n))
    colour = COLOURS[Level.VERY_SATISFIED if group.is_satisfied else Level.VERY_DISSATISFIED]
    bars: list[Block] = [ReasonBar(each, group.n, 11.5 * scale, colour) for each in group.reasons[:SHOWN]]
    if len(bars) < SHOWN:
        others = _("Mỗi lý do khác: dưới 5 lượt")
        bars.append(fit(others, PLAIN, 11.5 * scale, width, colour=MUTED, is_centred=False))
    title = fit(said, BOLD, 12.5 * scale, width, is_centred=False)
    return Column([title, Space(3 * scale), *bars])


def _withheld(group: ReasonGroup) -> str:
    """Return why no reason of a group is shown."""
    if group.is_satisfied:
        return str(_("Lượt hài lòng: trong quý chưa có lý do nào đủ 5 lượt để công bố."))
    return str(_("Lượt không hài lòng: trong quý chưa có lý do nào đủ 5 lượt để công bố."))


def _foot(sheet: QuarterSheet, scale: float, frame: float) -> Column:
    """Return where the figures stand in full, the days that they cover, and the host."""
    width, size = INNER - frame - 1.6 * GAP, 10.5 * scale
    since, until = day(sheet.since), day(sheet.until)
    days = _("Gồm các lượt từ %(since)s đến hết %(until)s, tính theo tuần trọn.", since=since, until=until)
    updated = _("Số liệu cập nhật ngày %(day)s.", day=day(sheet.updated_on))
    rule = _(
        "Ai có mã ở quầy cũng đánh giá được. Mỗi lần cập nhật thêm từ 5 lượt, để không ai đoán được người đánh giá."
    )
    blocks: list[Block] = [
        fit(_("Xem từng quầy, từng tháng: quét mã, hoặc gõ"), PLAIN, 1.1 * size, width, is_centred=False),
        fit_whole(sheet.typed_address, BOLD, 1.35 * size, width, most=2),
        Space(0.5 * size),
        fit(days, PLAIN, size, width, most=2, colour=MUTED, is_centred=False),
        fit(updated, PLAIN, size, width, colour=MUTED, is_centred=False),
        Space(0.5 * size),
        fit(rule, PLAIN, size, width, most=3, colour=MUTED, is_centred=False),
        Space(0.5 * size),
        fit(_("Chủ trì khảo sát: %(host)s", host=sheet.host), PLAIN, size, width, most=2, is_centred=False),
    ]
    if sheet.hotline:
        said = _("Cần giúp, xin gọi: %(hotline)s", hotline=sheet.hotline)
        blocks.append(fit(said, PLAIN, size, width, is_centred=False))
    return Column(blocks)
