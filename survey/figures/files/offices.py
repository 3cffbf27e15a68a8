"""The figures of all offices as one CSV, a line each: what the list shows and nothing more."""

from collections.abc import Mapping

from core.sheets.writing import csv_of
from survey.figures.files.table import FEW
from survey.figures.queries.office_list import ListedOffice, OfficeList
from survey.figures.rules.contrast import Contrast
from survey.figures.rules.scorecard import Scorecard

HEADER = (
    "ma",
    "noi",
    "co_quan",
    "luot",
    "hai_long",
    "ty_le_phan_tram",
    "tu_phan_tram",
    "den_phan_tram",
    "so_voi_chung",
    "tu_ngay",
    "den_ngay",
)
CONTRASTS = {Contrast.HIGHER: "cao hon ro", Contrast.LOWER: "thap hon ro", Contrast.UNCLEAR: "chua ro"}
WHOLE = "tat ca"


def offices_table(found: OfficeList, names: Mapping[int, str]) -> bytes:
    """Return one line per office of *found*, with its short name of *names*, and one of all together."""
    rows = [
        [row.office.unit.code, names[row.office.id].replace("\u00a0", " "), row.office.name, *_figures(row)]
        for row in found.rows
    ]
    whole = [["", WHOLE, "", *_numbers(found.card), ""]] if found.card else []
    reach = [found.coverage.since.isoformat(), found.coverage.until.isoformat()] if found.coverage else ["", ""]
    return csv_of([HEADER, *([*row, *reach] for row in [*rows, *whole])])


def _figures(row: ListedOffice) -> list[object]:
    if row.card is None:
        return [FEW, "", "", "", "", ""]
    return [*_numbers(row.card), CONTRASTS[row.contrast] if row.contrast else ""]


def _numbers(card: Scorecard) -> list[object]:
    return [card.n, card.satisfied, *(f"{100 * share:.1f}" for share in (card.share, card.low, card.high))]
