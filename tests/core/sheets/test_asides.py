"""Rows of a table that are no records: left out, and reported."""

import pytest

from core.sheets.asides import Asides, is_total
from core.sheets.columns import SheetColumn
from core.sheets.grids import read_grid
from core.sheets.sheet import Sheet

HEADER = ("STT", "Họ và tên", "Số câu đúng")


@pytest.mark.parametrize(
    "text",
    [
        "Tổng cộng",
        "TỔNG SỐ",
        "Cộng",
        "Cộng:",
        "Tổng",
        "Tổng số bài: 35",
        "Cộng xã Lâm Bình",
        "Tổng cộng xã Mẫu: 12 bài",
        "Cộng (I)",
        "Tổng số người dự thi",
        "Tong cong",
        "Total",
        "Grand total",
        "Subtotal: 12",
    ],
)
def test_a_line_of_totals_is_recognised(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize(
    "name", ["Tống Văn Cộng", "Tổng Thị An", "Tòng Thị Mẫu", "Cống Văn Mẫu", "Tong Van Mau", "", "Totaline Mẫu"]
)
def test_a_name_is_no_total(name: str) -> None:
    assert not is_total(name)


def test_totals_and_repeated_headers_are_named_by_their_rows() -> None:
    asides = Asides(HEADER)
    rows = [["1", "Lò Thị Mẫu", "8"], ["stt", "HỌ VÀ TÊN", "Số câu đúng"], [], ["", "Tổng cộng", "8"]]

    assert [asides.holds(number, row) for number, row in enumerate(rows, 2)] == [False, True, True, True]
    assert list(asides.notes()) == [
        "Bỏ qua 1 dòng cộng: dòng 5 (“Tổng cộng”).",
        "Bỏ qua 1 dòng tiêu đề lặp lại: dòng 3 (“stt”).",
    ]


def test_a_grid_tells_of_the_rows_that_it_left_out() -> None:
    name = SheetColumn("name", "Họ và tên", (("ho va ten", 9),), is_required=True)
    rows = [list(HEADER), ["1", "Lò Thị Mẫu", "8"], list(HEADER), ["", "Cộng", "8"]]

    grid = read_grid(iter([Sheet(iter(rows))]), [name])

    assert [number for number, _ in grid.rows] == [2]
    assert [note[:12] for note in grid.notes] == ["Bỏ qua 1 dòn"] * 2
