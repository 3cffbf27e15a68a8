"""CSV in which no cell can become a formula."""

import csv

import pytest

from core.sheets.writing import csv_of


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
