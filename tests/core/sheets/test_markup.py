"""Tables in HTML and XML that are named .xls, and a sheet in a zip file."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets.cells import SheetError
from core.sheets.reading import read_content

CSV = "Họ tên;Điểm\nMa Thị Mẫu;9\n".encode()
XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Tuần 5"><Table>
<Row><Cell><Data ss:Type="String">Họ tên</Data></Cell><Cell><Data>Năm</Data></Cell><Cell><Data>Điểm</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data>Ma Thị &amp; Mẫu</Data></Cell><Cell ss:Index="3"><Data>9</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def rows_of(data, name="bang.xls"):
    return [(sheet.name, [list(row) for row in sheet]) for sheet in read_content(data, name)]


def test_a_web_page_named_xls_is_read_by_its_tables():
    table = "<table><tr><th>Họ tên<th>Điểm</tr><tr><td>Ma&nbsp;Thị<br>Mẫu</td><td>9</td></table>"
    page = f"<html><body><p>Báo cáo</p>{table}</body></html>"

    assert rows_of(page.encode()) == [("", [["Họ tên", "Điểm"], ["Ma Thị Mẫu", "9"]])]


def test_merged_cells_of_a_web_page_keep_their_columns():
    page = "<table><tr><td rowspan=2>TT</td><td colspan=2>Người</td></tr><tr><td>Họ</td><td>Tên</td></tr></table>"

    assert rows_of(page.encode()) == [("", [["TT", "Người", ""], ["", "Họ", "Tên"]])]


def test_a_workbook_in_xml_is_read_by_its_sheets():
    assert rows_of(XML.encode()) == [("Tuần 5", [["Họ tên", "Năm", "Điểm"], [], ["Ma Thị & Mẫu", "", "9"]])]


def test_a_web_page_without_a_table_is_refused_with_what_to_do():
    with pytest.raises(SheetError, match=r"là trang web, không có bảng nào. Xin mở bằng Excel rồi lưu thành .xlsx"):
        rows_of(b"<!DOCTYPE html><html><body>Xin dang nhap</body></html>")


def packed(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return file.getvalue()


def test_a_csv_in_a_zip_file_is_read():
    assert rows_of(packed(bai_csv=CSV, doc_md="x"), "bai.zip") == [("", [["Họ tên", "Điểm"], ["Ma Thị Mẫu", "9"]])]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"a_csv": CSV, "b_csv": CSV}, "có 2 tệp bảng"),
        ({"a_md": "x"}, "không có tệp bảng tính nào"),
        ({"a_csv": b"0" * (65 << 20)}, "quá lớn sau khi giải nén"),
    ],
)
def test_a_zip_file_of_anything_else_is_refused_with_what_to_do(files, reason):
    with pytest.raises(SheetError, match=reason):
        rows_of(packed(**files), "bai.zip")


@given(st.text(alphabet="<>/=tabletrd hcspn\"'2&;Workbookws:Index"))
def test_no_markup_breaks_the_reader(text):
    try:
        rows_of(f"<html><table><tr><td>{text}".encode())
    except SheetError as error:
        assert str(error)
