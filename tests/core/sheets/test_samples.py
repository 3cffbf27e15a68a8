"""The samples of columns on an import's page: dates as people write them, never serial numbers."""

import io
from datetime import date, datetime, time

import openpyxl
import pytest

from core.sheets.cells import quoted
from core.sheets.columns import SheetColumn
from core.sheets.grids import Grid, read_grid
from core.sheets.reading import read_content
from core.sheets.samples import sample_of

COLUMNS = (SheetColumn("name", "Họ tên", (("ho ten", 9),), is_required=True),)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (datetime(2026, 11, 23, 9, 0), "23/11/2026 09:00"),
        (datetime(2026, 11, 23), "23/11/2026"),
        (date(2026, 11, 23), "23/11/2026"),
        (time(9, 5), "09:05"),
        (time(0, 0, 42), "00:00:42"),
        (46349.375, "46349.375"),
        (46349.0, "46349"),
        ("46349.375", "46349.375"),
    ],
)
def test_a_cell_is_shown_as_people_write_it(cell, shown) -> None:
    assert sample_of([cell]) == shown


@pytest.mark.parametrize("cell", [46349.375, "46349.375", "46349,375"])
def test_a_serial_number_is_a_date_only_in_a_column_of_moments(cell) -> None:
    assert sample_of([None, cell], is_moment=True) == "23/11/2026 09:00"


def test_other_cells_of_a_column_of_moments_stay() -> None:
    assert sample_of(["sáng thứ Hai"], is_moment=True) == "sáng thứ Hai"
    assert sample_of([850.0], is_moment=True) == "850"


def test_a_column_without_cells_has_no_sample() -> None:
    assert sample_of([None, " "]) == ""


def test_a_message_quotes_a_date_as_people_write_it() -> None:
    assert quoted(datetime(2026, 11, 23, 9, 0)) == "“23/11/2026 09:00”"


def test_a_date_of_a_workbook_is_shown_as_a_date_and_a_headcount_as_a_number() -> None:
    made = openpyxl.Workbook()
    made.active.append(["Họ tên", "Ngày", "Số dân"])
    made.active.append(["Lý A Páo", datetime(2026, 11, 23, 9, 0), 46349])
    file = io.BytesIO()
    made.save(file)

    samples = read_grid(read_content(file.getvalue(), "so.xlsx"), COLUMNS).samples()

    assert samples == ["Lý A Páo", "23/11/2026 09:00", "46349"]


def test_a_column_that_is_read_as_moments_shows_its_serial_as_a_date() -> None:
    header = ("Họ tên", "Nộp lúc")
    grid = Grid(header, {"name": 0, "submitted_at": 1}, [(2, ["Lý A Páo", 46349.375])], moments=frozenset({1}))

    assert grid.samples() == ["Lý A Páo", "23/11/2026 09:00"]
