"""The figures of all offices as one CSV, a line each: what the list shows and nothing more."""

from collections.abc import Mapping

from flask_babel import gettext as _

from core.sheets.writing import csv_of
from core.values.numbers import decimal
from survey.figures.files.table import Origin, few, origin_heads, percent_heads
from survey.figures.queries.office_list import ListedOffice, OfficeList
from survey.figures.rules.contrast import Contrast
from survey.figures.rules.scorecard import Scorecard


def offices_table(found: OfficeList, names: Mapping[int, str], source: str) -> bytes:
    """Return one line per office of *found*, with its short name of *names*, and one of all together; every line ends
    with the days that the figures cover and with their *source*.
    """
    rows = [
        [row.office.unit.code, names[row.office.id].replace("\u00a0", " "), row.office.name, *_figures(row)]
        for row in found.rows
    ]
    whole = [["", _("Tất cả các nơi"), "", *_numbers(found.card), ""]] if found.card else []
    origin = Origin(found.coverage, source).cells
    head = [_("Mã"), _("Nơi"), _("Cơ quan"), _("Lượt"), _("Hài lòng"), *percent_heads()]
    head += [_("So với mức chung"), *origin_heads()]
    return csv_of([head, *([*row, *origin] for row in [*rows, *whole])])


def _figures(row: ListedOffice) -> list[object]:
    if row.card is None:
        return [few(), "", "", "", "", ""]
    return [*_numbers(row.card), _contrasts()[row.contrast] if row.contrast else ""]


def _contrasts() -> dict[Contrast, str]:
    words = {Contrast.HIGHER: _("cao hơn rõ"), Contrast.LOWER: _("thấp hơn rõ"), Contrast.UNCLEAR: _("chưa rõ")}
    return {contrast: str(said) for contrast, said in words.items()}


def _numbers(card: Scorecard) -> list[object]:
    return [card.n, card.satisfied, *(decimal(100 * share) for share in (card.share, card.low, card.high))]
