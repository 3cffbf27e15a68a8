"""Geometry of a tile map: places as equal squares, each near its true place, coloured by how they stand."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from core.charts.strips import Mark

SIZE = 10
"""The side of a square in the units of the drawing."""
FEW, NONE = "few", "no"
"""A place with too few answers to show, and one that takes no part."""
MARKS = (Mark.HIGHER.value, Mark.LOWER.value, Mark.UNCLEAR.value, FEW, NONE)
"""How a square may be drawn, in the order of the key."""


@dataclass(frozen=True)
class TileValue:
    """The content of a square: how it is drawn, its name, its share (None: not shown), its address, and by how many
    percentage points it has changed (None: not shown).
    """

    mark: str
    name: str
    share: float | None = None
    url: str = ""
    points: int | None = None


@dataclass(frozen=True)
class Square:
    """A square at its place in the drawing; *code* is the key of the place."""

    code: str
    x: int
    y: int
    value: TileValue


@dataclass(frozen=True)
class TileMap:
    """The squares row by row, the size of the drawing, and how many squares each mark has, in the order of the key."""

    width: int
    height: int
    squares: tuple[Square, ...]
    counts: tuple[tuple[str, int], ...]

    def count(self, mark: str) -> int:
        """Return how many squares have *mark*."""
        return dict(self.counts).get(mark, 0)


def tile_map(
    places: Mapping[str, tuple[int, int]], values: Mapping[str, TileValue], names: Mapping[str, str]
) -> TileMap:
    """Return the map of *places* (column and row from 1, by code) with their *values*; a place without one takes no
    part and has its name from *names*.

    >>> [(square.x, square.y, square.value.mark) for square in tile_map({"1": (2, 1)}, {}, {}).squares]
    [(10, 0, 'no')]
    """
    squares = tuple(
        Square(code, SIZE * (column - 1), SIZE * (row - 1), values.get(code) or TileValue(NONE, names.get(code, "")))
        for code, (column, row) in sorted(places.items(), key=lambda place: (place[1][1], place[1][0]))
    )
    counts = Counter(square.value.mark for square in squares)
    width = max((square.x for square in squares), default=0) + SIZE
    height = max((square.y for square in squares), default=0) + SIZE
    return TileMap(width, height, squares, tuple((mark, counts[mark]) for mark in MARKS if counts[mark]))
