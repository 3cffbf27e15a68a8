"""Columns of the participation of each bloc in a sheet by unit."""

from collections.abc import Mapping, Sequence

from core.sheets.printed import PrintedColumn
from quiz.boards.queries.board_lines import BoardLines
from quiz.contest.models import Contest


def bloc_columns(contest: Contest) -> list[PrintedColumn]:
    """Return the columns of people and turns of each bloc; empty without blocs.

    There is none of a rate: how many people of a bloc live in a unit is not known.
    """
    return [
        PrintedColumn(f"{bloc.name}: {what}", 18) for bloc in contest.blocs for what in ("người dự thi", "lượt dự thi")
    ]


def bloc_cells(blocs: Sequence[BoardLines]) -> Mapping[int, Sequence[int]]:
    """Return the people and turns of each bloc by unit, in the order of `bloc_columns`."""
    cells: dict[int, list[int]] = {}
    for lines in blocs:
        for line in lines.lines:
            cells.setdefault(line.ref, []).extend((line.people, line.turns))
    return cells
