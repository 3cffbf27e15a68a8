"""Workbooks to print: heads of any length, and numbers in Vietnamese."""

from io import BytesIO

import openpyxl

from core.sheets.printed import PrintedColumn, printed_book


def made(*columns, rows=()):
    target = BytesIO()
    with printed_book(target, "Tuần 1") as book:
        book.sheet("Bảng", columns, rows)
    return openpyxl.load_workbook(target)["Bảng"]


def test_a_long_head_has_the_lines_that_it_needs():
    short, long = (
        made(PrintedColumn("Người", 18)),
        made(PrintedColumn("Cán bộ, công chức, viên chức: người dự thi", 12)),
    )

    assert short.row_dimensions[4].height < long.row_dimensions[4].height


def test_a_number_stays_a_number_in_vietnamese_form_and_the_head_is_on_every_page():
    sheet = made(PrintedColumn("Người", 18), rows=[[1534]])

    assert (sheet["A5"].value, sheet["A5"].number_format) == (1534, "[$-42A]#,##0")
    assert (sheet.print_title_rows, sheet.page_setup.paperSize, sheet.page_setup.orientation) == (
        "$4:$4",
        9,
        "landscape",
    )
