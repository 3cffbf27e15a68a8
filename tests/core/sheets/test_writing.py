"""CSV in which no cell can become a formula."""

import csv

import pytest

from core.sheets.writing import ROWS_A_PIECE, csv_of, csv_pieces


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("tốt;=HYPERLINK(1)", "tốt;'=HYPERLINK(1)"),
        ("tốt; @SUM(1)", "tốt; '@SUM(1)"),
        ("tốt|+84", "tốt|'+84"),
        ("chờ 2-3 ngày; a=b", "chờ 2-3 ngày; a=b"),
    ],
)
def test_no_cell_begins_a_formula_for_any_separator(cell, written):
    assert list(csv.reader(csv_of([[cell]]).decode("utf-8-sig").splitlines(), delimiter=";")) == [[written]]


def test_rows_are_read_as_they_are_sent():
    read = []
    pieces = csv_pieces(read.append(at) or [at] for at in range(2 * ROWS_A_PIECE + 2))

    sizes = [len(read) for _piece in pieces]

    assert sizes == [1, ROWS_A_PIECE + 1, 2 * ROWS_A_PIECE + 1, 2 * ROWS_A_PIECE + 2]
