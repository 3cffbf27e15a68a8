"""Read the tile maps that ship with the program: a province's communes as equal squares, each near its true place.

A map is made by hand, one file a province, `commune/data/tiles/CODE.csv`; a province without one has no map.
"""

import csv
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from commune.files.country import TABLES


class Tile(NamedTuple):
    """The place of a commune on its province's map, counted from 1: columns from the west, rows from the north."""

    column: int
    row: int


@cache
def read_tiles(province: str) -> Mapping[str, Tile]:
    """Return the tiles of the communes of the province with that code, by the codes in force since July 2025; empty
    without a map.
    """
    file = TABLES / "tiles" / f"{province}.csv"
    if not province.isdecimal() or not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        return {row["code"]: Tile(int(row["column"]), int(row["row"])) for row in csv.DictReader(lines)}
