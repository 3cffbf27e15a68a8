"""The figures of all offices as CSV."""

from collections.abc import Mapping

from core.sheets.writing import csv_of
from core.values.dates import day
from core.values.numbers import decimal
from core.values.text import N_
from survey.figures.queries.office_list import ListedOffice, OfficeList
from survey.figures.rules.contrast import Contrast
from survey.figures.rules.scorecard import Scorecard

HEAD = (
    N_("Mã đơn vị"), N_("Nơi"), N_("Cơ quan"), N_("Lượt đánh giá"), N_("Lượt hài lòng"), N_("Tỷ lệ hài lòng (%)"),
    N_("Từ (%)"), N_("Đến (%)"), N_("So với mức chung"), N_("Số liệu từ ngày"), N_("Đến hết ngày"),
)  # fmt: skip
CONTRASTS = {
    Contrast.HIGHER: N_("cao hơn rõ"),
    Contrast.LOWER: N_("thấp hơn rõ"),
    Contrast.UNCLEAR: N_("chưa thể nói hơn hay kém"),
}
FEW, NEW = N_("chưa đủ 5 lượt để công bố"), N_("chưa hết tuần đầu tiên")


WHOLE = N_("Tất cả")


def offices_csv(found: OfficeList, names: Mapping[int, str]) -> bytes:
    """Return one line per office of *found*, with its short name of *names*, and one of all together; withheld figures
    are words.
    """
    rows = [[row.office.unit.code, names[row.office.id], row.office.name, *_figures(row)] for row in found.rows]
    whole = [["", WHOLE, "", *_numbers(found.card), ""]] if found.card else []
    reach = [day(found.coverage.since), day(found.coverage.until)] if found.coverage else ["", ""]
    return csv_of([HEAD, *([*row, *reach] for row in rows + whole)])


def _figures(row: ListedOffice) -> list[object]:
    if row.card is None:
        return ["", "", "", "", "", NEW if row.is_new else FEW]
    return [*_numbers(row.card), CONTRASTS[row.contrast] if row.contrast else ""]


def _numbers(card: Scorecard) -> list[object]:
    return [card.n, card.satisfied, *(decimal(100 * share) for share in (card.share, card.low, card.high))]
