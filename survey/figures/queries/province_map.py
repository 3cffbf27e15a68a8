"""The tile map of a province: how the office of each commune stands beside the province."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from commune.files.tiles import read_tiles
from commune.models import Office
from commune.queries.offices import served_communes
from commune.rules.short_names import short_name
from core.charts.strips import Mark
from core.charts.tiles import FEW, TileMap, TileValue, tile_map
from survey.figures.queries.office_list import ListedOffice, OfficeList
from survey.figures.rules.contrast import Contrast

MARKS = {Contrast.HIGHER: Mark.HIGHER, Contrast.LOWER: Mark.LOWER, Contrast.UNCLEAR: Mark.UNCLEAR}


def province_map(
    session: Session, found: OfficeList, url: Callable[[Office], str], *, by_change: bool = False
) -> TileMap | None:
    """Return the map of the province of all offices of *found*; None without one, or where nothing is compared.

    Each stands as its share does beside the province's or, *by_change*, as it has changed. One statement.
    """
    if not found.is_compared or found.province is None or found.province.valid_to:
        return None
    tiles = read_tiles(found.province.code)
    if not tiles:
        return None
    communes = served_communes(session, found.province)
    rows = {row.office.id: row for row in found.rows}
    values = {
        code: (_changed if by_change else _value)(rows[commune.office_id], commune.name, url)
        for code, commune in communes.items()
        if code in tiles and commune.office_id in rows
    }
    return tile_map(tiles, values, {code: short_name(commune.name) for code, commune in communes.items()})


def _value(row: ListedOffice, commune: str, url: Callable[[Office], str]) -> TileValue:
    mark = MARKS[row.contrast].value if row.contrast else FEW
    return TileValue(mark, short_name(commune), row.card.share if row.card else None, url(row.office))


def _changed(row: ListedOffice, commune: str, url: Callable[[Office], str]) -> TileValue:
    if row.change is None:
        return TileValue(FEW, short_name(commune), None, url(row.office))
    mark = MARKS[row.change.contrast].value
    return TileValue(mark, short_name(commune), None, url(row.office), row.change.points)
