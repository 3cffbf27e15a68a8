"""A template's examples are read back as meant, and an office program opens it."""

from io import BytesIO

import openpyxl
import pytest

from core.sheets.cells import SheetError, text_of
from core.sheets.columns import SheetColumn, require
from core.sheets.grids import read_grid
from core.sheets.reading import read_content, read_sheets
from core.sheets.report import Doubt, ImportReport, IssueSeverity, RowIssue
from core.sheets.template import template_xlsx
from core.sheets.writing import report_xlsx
from tests.support.office import convert

COLUMNS = (
    SheetColumn("name", "Họ và tên", ((r"^ho va ten$", 9),), "Tên đầy đủ.", ("Ma Thị Hoa", "=1+1"), is_required=True),
    SheetColumn("unit", "Đơn vị", ((r"^don vi$", 9),), "Chọn trong danh sách.", ("xã Xuân Lập", "")),
)
UNITS = [f"xã số {number}" for number in range(1, 300)]


def filled(content):
    """Return the template with its examples moved to the rows for entries."""
    book = openpyxl.load_workbook(BytesIO(content))
    rows = list(book["Ví dụ"].iter_rows(min_row=3, values_only=True))
    for number, row in enumerate(rows, start=2):
        for place, cell in enumerate(row, start=1):
            book["Nhập liệu"].cell(number, place, cell).data_type = "s"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_examples_read_back_with_their_values():
    grid = read_grid(read_content(filled(template_xlsx(COLUMNS)), "mau.xlsx"), COLUMNS)

    require(grid.places, COLUMNS)
    lines = grid.lines(grid.places)
    assert [(line.number, line.text("name"), line.text("unit")) for line in lines] == [
        (2, "Ma Thị Hoa", "xã Xuân Lập"),
        (3, "=1+1", ""),
    ]


def test_an_empty_template_has_no_rows():
    with pytest.raises(SheetError, match="chưa có dòng nào.*ghi vào trang “Nhập liệu”"):
        read_grid(read_content(template_xlsx(COLUMNS, {"unit": UNITS}), "mau.xlsx"), COLUMNS)


def test_long_lists_are_offered_from_a_sheet_of_their_own():
    book = openpyxl.load_workbook(BytesIO(template_xlsx(COLUMNS, {"unit": UNITS})))

    offers = [rule for rule in book["Nhập liệu"].data_validations.dataValidation if rule.type == "list"]
    assert [rule.formula1 for rule in offers] == ["'Danh mục'!$B$3:$B$301"]
    assert book["Danh mục"]["B3"].value == "xã số 1"
    assert book["Danh mục"]["B301"].value == "xã số 299"


def test_no_cell_of_a_template_is_a_formula():
    book = openpyxl.load_workbook(BytesIO(template_xlsx(COLUMNS, {"unit": ["=cmd", "+1", "-1", "@a", "http://evil"]})))

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


@pytest.mark.parametrize("ending", ["ods", "xls", "xlsx"])
def test_a_template_saved_by_libreoffice_still_reads(tmp_path, ending):
    file = tmp_path / "mau.xlsx"
    file.write_bytes(filled(template_xlsx(COLUMNS, {"unit": UNITS})))
    (tmp_path / "ra").mkdir()

    saved = convert(file, ending, tmp_path / "ra")

    grid = read_grid(read_sheets(saved), COLUMNS)
    assert [line.text("name") for line in grid.lines(grid.places)] == ["Ma Thị Hoa", "=1+1"]


def test_a_report_lists_every_row_in_order_and_as_text():
    report = ImportReport(
        total=9, new=1, known=0, notes=["@ghi chú"],
        issues=[
            RowIssue(7, "=HYPERLINK(1)", IssueSeverity.ERROR), RowIssue(2, "+sai", IssueSeverity.ERROR),
            RowIssue(3, "-lạ", IssueSeverity.WARNING),
        ],
        doubts=[Doubt("x", "＝xã", 2, 4, ())],
    )  # fmt: skip

    rows = list(openpyxl.load_workbook(BytesIO(report_xlsx(report))).worksheets[0].iter_rows())

    lines = [[text_of(cell.value) for cell in row] for row in rows[1:]]
    assert [line[0] for line in lines] == ["", "2", "3", "4", "7"]
    assert [line[1] for line in lines] == ["Cả tệp", "Lỗi", "Nên xem lại", "Cần xác định", "Lỗi"]
    assert {cell.data_type for row in rows for cell in row if cell.value} == {"s"}
