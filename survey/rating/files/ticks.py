"""The paper tally that offices keep: a column for each level, and a tick in one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from core.sheets.cells import Cell, Row, text_of
from core.sheets.columns import cell_at, recognise
from core.sheets.grids import Grid
from core.values.text import search_key
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVELS
from survey.rating.files.columns import COLUMNS
from survey.rating.files.ratings import read_level

FEWEST = 3
"""The number of columns named by a level that make a tally; one such word may mean anything."""
TICKS = frozenset(
    {"x", "v", "1", "co", "true", "yes", "+", "*"}
    | set("✓✔☑☒✗✘✕✖×√●•■◼◾★⬤✅❎❌🗹🗸")
    | set("üþýûýp")  # ticks and boxes of Wingdings, as a sheet without the font shows them
    | set("\uf0fc\uf0fe\uf0fd\uf0fb\uf052")
)
"""The marks that offices make in a column, in small letters."""
TITLE = COLUMNS[0].title


def with_level(grid: Grid) -> Grid:
    """Return *grid* with an added column of the ticked level; unchanged if it is no tally.

    The levels may be in the header, or in the row below it, as under a merged "Mức độ". Two ticks, or a text that is no
    tick, are kept as written and become an error of their row.
    """
    grid = _merged(grid)
    places = _levels(grid.header)
    if len(places) < FEWEST:
        return grid
    width = len(grid.header)
    rows = [(number, [*_padded(row, width), _ticked(row, places)]) for number, row in grid.rows]
    recognised = {name: place for name, place in grid.places.items() if place not in places} | {"level": width}
    return replace(grid, header=(*grid.header, TITLE), places=recognised, rows=rows)


def _merged(grid: Grid) -> Grid:
    """Return the grid with the row of levels below the header merged into it."""
    first = grid.rows[0][1]
    if len(_levels(first)) < FEWEST or len(grid.rows) < 2:
        return grid
    width = max(len(grid.header), len(first))
    above = (*grid.header, *[""] * width)
    header = tuple(text_of(cell_at(first, place)) or above[place] for place in range(width))
    return replace(grid, header=header, places=recognise(header, COLUMNS), rows=grid.rows[1:])


def _levels(row: Row) -> dict[int, Level]:
    """Return the columns that are named by a level; numbers name none."""
    named = {place: read_level(text_of(cell)) for place, cell in enumerate(row) if not text_of(cell)[:1].isdigit()}
    found = {place: level for place, level in named.items() if level is not None}
    return found if len(set(found.values())) == len(found) else {}


def _ticked(row: Row, places: Mapping[int, Level]) -> str:
    marked = [(text_of(cell_at(row, place)), level) for place, level in places.items() if text_of(cell_at(row, place))]
    if len(marked) == 1 and not TICKS.isdisjoint({marked[0][0].lower(), search_key(marked[0][0])}):
        return LEVELS[marked[0][1]]
    return "; ".join(f"{LEVELS[level]}: {text}" for text, level in marked)


def _padded(row: Row, width: int) -> list[Cell]:
    return [cell_at(row, place) for place in range(width)]
