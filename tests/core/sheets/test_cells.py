"""Bytes to rows: every format of a sheet, and files that are none."""

from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.sheets.cells import SheetError, quoted, text_of
from core.sheets.reading import read_sheets

TEXT = "Họ và tên{0}Điểm\nNguyễn Văn Ấn{0}9\n"
ROWS = [["Họ và tên", "Điểm"], ["Nguyễn Văn Ấn", "9"]]


def read(path: Path) -> list[list[list[str]]]:
    return [[[text_of(cell) for cell in row] for row in rows] for rows in read_sheets(path)]


def write(folder: Path, data: bytes) -> Path:
    path = folder / "bang.csv"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_reads_alike_in_every_unicode_encoding_and_separator(tmp_path, encoding, mark) -> None:
    path = write(tmp_path, TEXT.format(mark).encode(encoding))

    assert read(path) == [ROWS]


def test_the_old_windows_encoding_of_vietnamese_is_read(tmp_path) -> None:
    path = write(
        tmp_path,
        "Họ tên,Điểm\nĐỗ Ấn,9\n".replace("ọ", "o\u0323")
        .replace("ể", "ê\u0309")
        .replace("ỗ", "ô\u0303")
        .replace("Ấ", "Â\u0301")
        .encode("cp1258"),
    )

    assert read(path) == [[["Họ tên", "Điểm"], ["Đỗ Ấn", "9"]]]


def test_commas_inside_quotes_do_not_cut_a_cell(tmp_path) -> None:
    path = write(tmp_path, b'a;b\n"x; y";1\n"z\n2";3\n')

    assert read(path) == [[["a", "b"], ["x; y", "1"], ["z 2", "3"]]]


HEAD = "Họ và tên,Số điện thoại,Năm sinh,Đơn vị"
STRAY = [
    ['Trần B,0912000001,1991,"xã A', "Lê C,0912000002,1990,xã B", 'Vũ D,0912000003,1992,xã C"'],
    ['Trần B,0912000001,1991,"xã A', "Lê C,0912000002,1990,xã B", 'Vũ D,0912000003,1992,"xã C"'],
    ['"Trần B,0912000001,1991,xã A', 'Lê C",0912000002,1990,xã B', "Vũ D,0912000003,1992,xã C"],
    ['Trần B,"0912000001,1991,xã A', 'Lê C,0912000002",1990,xã B', "Vũ D,0912000003,1992,xã C"],
    ['Trần B,0912000001,1991,"xã A', "Lê C,0912000002,1990,xã B"],
    ['"Trần" B,0912000001,1991,xã A', "Lê C,0912000002,1990,xã B"],
]


@pytest.mark.parametrize("rows", STRAY)
def test_a_stray_quotation_mark_that_joins_rows_is_refused_with_its_row(tmp_path, rows) -> None:
    path = write(tmp_path, "\n".join([HEAD, *rows, ""]).encode())

    with pytest.raises(SheetError, match=r"“bang.csv”, dòng 2: có dấu ngoặc kép"):
        read(path)


@pytest.mark.parametrize(
    "text",
    [
        'STT,Mức,Góp ý\n1,5,"Tốt\nNhanh, gọn, đẹp, sạch"\n2,4,"Chậm\n1. sửa,2. thay,3. bỏ"\n',
        'STT,Mức,Góp ý\n1,5,"Tốt\nđẹp,nhanh,gọn"\n2,4,x\n',
        'Tên,Đơn vị,Góp ý\nLò Mẫu,"số 1,ngõ 2\nxã A","Tốt\n\nrất ""tốt"""\nLò An,"xã\nB","x"\n',
    ],
)
def test_an_honest_cell_of_several_lines_is_read(tmp_path, text) -> None:
    assert len(read(write(tmp_path, text.encode()))[0]) == 3


def test_excels_separator_line_is_believed(tmp_path) -> None:
    path = write(tmp_path, b"sep=;\na,1;b,2\n")

    assert read(path)[0][1] == ["a,1", "b,2"]


def test_a_workbook_gives_each_sheet_with_its_empty_rows(tmp_path) -> None:
    book = openpyxl.Workbook()
    book.active["A2"] = 912345678
    book.create_sheet("hai")["A1"] = "x"
    book.save(tmp_path / "bang.xlsx")

    assert read(tmp_path / "bang.xlsx") == [[[""], ["912345678"]], [["x"]]]


@pytest.mark.parametrize(("far", "rows"), [("XFD9000", 0), ("DA60000", 0), ("AA400000", 0)])
def test_a_stray_cell_far_away_is_refused_before_memory_is_used(tmp_path, far, rows) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active[far] = "Họ và tên", "x"
    book.save(tmp_path / "bang.xlsx")

    with pytest.raises(SheetError, match="rất xa bảng"):
        read(tmp_path / "bang.xlsx")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "không có dữ liệu"),
        (b"  \n", "không có dữ liệu"),
        (b"PK\x03\x04 no zip", "Không đọc được"),
        (b"\xd0\xcf\x11\xe0 no book", "Không đọc được"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x01\x00\x02", "Không đọc được"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_plain_words(tmp_path, data, reason) -> None:
    with pytest.raises(SheetError, match=reason):
        read(write(tmp_path, data))


def test_a_missing_file_and_a_folder_are_refused(tmp_path) -> None:
    for path in (tmp_path / "khong-co.csv", tmp_path):
        with pytest.raises(SheetError, match="Không tìm thấy"):
            read(path)


def test_a_quoted_cell_is_short_and_printable() -> None:
    assert quoted("\x1b[31m" + "x" * 99) == "“[31m" + "x" * 35 + "…”"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xd0\xcf\x11\xe0", b'"']))
def test_any_bytes_are_rows_or_refused(tmp_path, data, magic) -> None:
    try:
        read(write(tmp_path, magic + data))
    except SheetError as refused:
        assert str(refused).isprintable()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(4, 4000), st.integers(0, 255)), max_size=20))
def test_a_damaged_workbook_is_read_or_refused(tmp_path, damage) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Họ và tên", 1])
    book.save(tmp_path / "bang.xlsx")
    data = bytearray((tmp_path / "bang.xlsx").read_bytes())
    for place, value in damage:
        data[place % len(data)] = value

    try:
        read(write(tmp_path, bytes(data)))
    except SheetError as refused:
        assert str(refused).isprintable()
