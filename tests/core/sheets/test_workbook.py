"""A workbook that needs too much memory or time fails alone."""

import fcntl
import threading
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
import xlsxwriter

from core.gate import Gate
from core.sheets import workbook
from core.sheets.cells import MOST_COLUMNS, SheetError
from core.sheets.reading import read_content, read_sheets

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0"><manifest:file-entry manifest:full-path="/"'
    ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)
CONTENT = (
    f'<office:document-content xmlns:office="{OASIS}:office:1.0" xmlns:table="{OASIS}:table:1.0"'
    f' xmlns:text="{OASIS}:text:1.0"><office:body><office:spreadsheet><table:table table:name="A">'
    '<table:table-row table:number-rows-repeated="{rows}"><table:table-cell office:value-type="string"'
    ' table:number-columns-repeated="{columns}"><text:p>a</text:p></table:table-cell></table:table-row></table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def write_ods(path, rows, columns):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", CONTENT.format(rows=rows, columns=columns))
    return path


def children(thread=None):
    """Return the running child processes of a thread, by default of the present one."""
    with suppress(OSError):
        return Path(f"/proc/self/task/{thread or threading.get_native_id()}/children").read_text().split()
    return []


def test_an_opendocument_sheet_is_read(tmp_path):
    sheets = read_sheets(write_ods(tmp_path / "bang.ods", 2, 3))

    assert [[list(row) for row in rows] for rows in sheets] == [[["a", "a", "a"], ["a", "a", "a"]]]


def test_a_kilobyte_that_unfolds_to_a_hundred_million_cells_is_refused(tmp_path):
    bomb = write_ods(tmp_path / "bom.ods", 1_000_000, 100)

    with pytest.raises(SheetError, match="quá lớn"):
        list(map(list, read_sheets(bomb)))

    assert bomb.stat().st_size < 2000


def write_xlsx(path, *rows):
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def write_dense(path, cells):
    """Write a workbook of so many cells of one digit, a thousandth of their size once it is packed."""
    write_xlsx(path)
    row = b"<row>" + b"<c><v>1</v></c>" * 100 + b"</row>"
    with zipfile.ZipFile(path) as archive:
        others = {name: archive.read(name) for name in archive.namelist() if "sheet1" not in name}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in others.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for _ in range(cells // 10_000):
                sheet.write(row * 100)
            sheet.write(b"</sheetData></worksheet>")
    return path


def peak_of(thread):
    """Return the most memory, in MB, of the child process of *thread*, which runs until the thread ends.

    A child that is still a copy of this process has its memory, too, and is passed over.
    """
    own, found = Path("/proc/self/cmdline").read_bytes(), [0]
    while thread.is_alive():
        for child in children(thread.native_id):
            with suppress(OSError):
                if Path(f"/proc/{child}/cmdline").read_bytes() == own:
                    continue
                status = Path(f"/proc/{child}/status").read_text()
                found += [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmPeak")]
        thread.join(0.02)
    return max(found) / 1024


def test_a_megabyte_that_unfolds_to_gigabytes_is_refused_within_512_mb(tmp_path):
    bomb, said = write_dense(tmp_path / "bom.xlsx", 18_000_000), []

    def read():
        try:
            list(map(list, read_sheets(bomb)))
        except SheetError as error:
            said.append(str(error))

    thread = threading.Thread(target=read)
    thread.start()
    peak = peak_of(thread)

    assert bomb.stat().st_size < 1_000_000
    assert 100 < peak <= 512
    assert said == [
        "Tệp “bom.xlsx” quá lớn sau khi giải nén. Xin bỏ bớt dòng, cột, trang thừa, hoặc lưu thành CSV rồi gửi lại."
    ]


def test_one_workbook_is_read_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "READING", Gate(at_once=1, waiting=0, patience=0.1))
    file = write_ods(tmp_path / "bang.ods", 50_000, 3)
    rows = next(read_sheets(file))
    next(rows)

    with pytest.raises(SheetError, match="đang đọc một bảng tính khác, nên chưa đọc tệp “bang.ods”"):
        list(read_sheets(file))
    del rows

    assert sum(1 for _ in next(read_sheets(file))) == 50_000


def test_another_process_of_the_program_reads_afterwards(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "READING", Gate(at_once=1, waiting=0, patience=0.1))
    file = write_ods(tmp_path / "bang.ods", 2, 3)

    with workbook.LOCK.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(SheetError, match="đang đọc một bảng tính khác"):
            list(read_sheets(file))

    assert sum(1 for _ in next(read_sheets(file))) == 2


def test_a_row_wider_than_any_sheet_of_an_office_is_refused(tmp_path):
    wide = ["a"] * (MOST_COLUMNS + 1)

    for file in (write_xlsx(tmp_path / "rong.xlsx", wide), tmp_path / "rong.csv"):
        if file.suffix == ".csv":
            file.write_text(",".join(wide))
        with pytest.raises(SheetError, match="rất xa bảng"):
            list(map(list, read_sheets(file)))

    assert len(next(next(read_sheets(write_xlsx(tmp_path / "vua.xlsx", wide[:-1]))))) == MOST_COLUMNS


def test_one_long_text_in_ten_thousand_cells_is_refused(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "dai.xlsx")) as book:  # the file holds the text once
        sheet = book.add_worksheet()
        for row in range(10_000):
            sheet.write_string(row, 0, "dài " * 8000)

    with pytest.raises(SheetError, match="quá lớn"):
        list(map(list, read_sheets(tmp_path / "dai.xlsx")))

    assert (tmp_path / "dai.xlsx").stat().st_size < 200_000


def test_a_reader_that_is_left_half_way_leaves_no_process_behind(tmp_path):
    before = set(children())
    rows = next(read_sheets(write_ods(tmp_path / "bang.ods", 50_000, 3)))
    first = list(next(rows))
    reading = set(children()) - before

    del rows

    assert first == ["a", "a", "a"]
    assert (len(reading), set(children()) & reading) == (1, set())


def test_the_rows_outlive_the_list_of_sheets(tmp_path):
    rows = next(read_sheets(write_ods(tmp_path / "bang.ods", 50_000, 3)))

    assert sum(1 for _ in rows) == 50_000


def test_an_upload_is_read_like_a_file():
    assert [list(rows) for rows in read_content("Họ tên;Điểm\nMa Thị Hoa;9\n".encode(), "bài.csv")] == [
        [["Họ tên", "Điểm"], ["Ma Thị Hoa", "9"]]
    ]
