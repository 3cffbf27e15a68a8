"""Which sheets, rows and columns of a file are read: every table is read or named as left out."""

import io

import openpyxl
from openpyxl.styles import Font

from core.sheets.columns import SheetColumn
from core.sheets.grids import read_grid
from core.sheets.reading import read_content

COLUMNS = (
    SheetColumn("name", "Họ tên", (("ho ten", 9),), is_required=True),
    SheetColumn("year", "Năm sinh", (("nam sinh", 9),)),
)
HEAD = ["Họ tên", "Năm sinh"]


def book(**sheets):
    """Return a workbook with the rows of each sheet, for changes before it is read."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    return made


def grid_of(made):
    file = io.BytesIO()
    made.save(file)
    return read_grid(read_content(file.getvalue(), "so.xlsx"), COLUMNS)


def names(grid):
    return [line.text("name") for line in grid.lines(grid.places)]


def test_sheets_of_the_same_header_are_read_together():
    grid = grid_of(book(Nà_Mẫu=[HEAD, ["Lò A", 1980]], Bản_Thử=[HEAD, ["Lò B", 1981]]))

    assert names(grid) == ["Lò A", "Lò B"]
    assert [str(number) for number, _ in grid.rows] == ["2", "2 của trang “Bản Thử”"]
    assert grid.notes == ["Đã đọc chung 2 trang có cùng tiêu đề: “Nà Mẫu”, “Bản Thử”."]


def test_a_table_with_another_header_is_named_as_left_out():
    grid = grid_of(book(Tổng_hợp=[["Thôn", "Số lượt"], ["Nà Mẫu", 3]], Danh_sách=[HEAD, ["Lò A", 1980]]))

    assert names(grid) == ["Lò A"]
    assert grid.notes == [
        "Trang “Tổng hợp” có bảng nhưng không được đọc: tiêu đề khác trang đã đọc; muốn tính thì tách ra một tệp."
    ]


def test_another_week_is_not_read_with_the_first():
    grid = grid_of(book(Tuần_3=[HEAD, ["Lò A", 1980]], Tuần_4=[HEAD, ["Lò B", 1981]]))

    assert names(grid) == ["Lò A"]
    assert grid.notes == [
        "Trang “Tuần 4” không được đọc: có vẻ là của tuần hoặc đợt khác trang “Tuần 3”; muốn tính thì tách ra một tệp."
    ]


def test_a_sheet_that_is_no_table_needs_no_word():
    assert grid_of(book(Bìa=[["BÁO CÁO"], ["năm 2023"]], Danh_sách=[HEAD, ["Lò A", 1980]])).notes == []


def test_a_hidden_sheet_is_reported_and_not_read():
    made = book(Cũ=[HEAD, ["Lò B", 1981]], Mới=[HEAD, ["Lò A", 1980]])
    made["Cũ"].sheet_state = "hidden"

    grid = grid_of(made)

    assert names(grid) == ["Lò A"]
    assert grid.notes == ["Trang “Cũ” đang ẩn nên không được đọc; muốn tính thì bỏ ẩn rồi làm lại."]


def test_hidden_rows_and_columns_are_reported_and_not_read():
    made = book(Danh_sách=[HEAD, ["Lò A", 1980], ["Lò B", 1981], ["Lò C", 1982]])
    made["Danh sách"].row_dimensions[3].hidden = True
    made["Danh sách"].column_dimensions["B"].hidden = True

    grid = grid_of(made)

    assert [(line.number, line.text("name"), line.text("year")) for line in grid.lines(grid.places)] == [
        (2, "Lò A", ""),
        (4, "Lò C", ""),
    ]
    assert grid.notes == [
        "Trang “Danh sách”: 1 dòng đang ẩn (3) không được đọc; muốn tính thì bỏ ẩn rồi làm lại.",
        "Trang “Danh sách”: 1 cột đang ẩn (B) không được đọc; muốn tính thì bỏ ẩn rồi làm lại.",
    ]


def test_rows_struck_through_are_read_and_reported():
    made = book(Danh_sách=[HEAD, ["Lò A", 1980], ["Lò B", 1981]])
    made["Danh sách"]["A3"].font = Font(strike=True)
    made["Danh sách"]["D2"].font = Font(strike=True)

    grid = grid_of(made)

    assert names(grid) == ["Lò A", "Lò B"]
    assert grid.notes == [
        "Trang “Danh sách”: 1 dòng có ô bị gạch ngang (3) vẫn được đọc; nếu là dòng đã bỏ thì xóa đi rồi làm lại."
    ]


def test_rows_that_a_filter_hides_are_hidden_rows():
    made = book(Danh_sách=[HEAD, *([f"Lò {at}", 1980] for at in range(30))])
    made["Danh sách"].auto_filter.ref = "A1:B31"
    for row in range(5, 25):
        made["Danh sách"].row_dimensions[row].hidden = True

    grid = grid_of(made)

    assert len(grid.rows) == 10
    assert grid.notes[0].startswith("Trang “Danh sách”: 20 dòng đang ẩn (5, 6, 7, 8, 9, 10, 11, 12, 13, 14 …)")
