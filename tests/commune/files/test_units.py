"""Sheets of units in many spellings; a cell that can not be read is reported by its row."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from commune.files.columns import COLUMNS
from commune.files.imports import template
from commune.files.units import read_units
from commune.rules.directory import DatedUnit, Directory, Name
from commune.rules.unit_import import plan
from core.sheets.cells import SheetError
from core.sheets.columns import require
from core.sheets.grids import Grid, read_grid
from core.sheets.reading import read_content, read_sheets

TODAY = date(2026, 11, 23)
CELLS = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.floats(allow_nan=True),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.integers(),
    st.sampled_from(
        [
            "02266",
            "2266",
            "08",
            "xã Lâm Bình",
            "thôn Nà Co",
            "UBND xã",
            "TT.",
            "trường học",
            "thành phố X",
            "thành phố",
            "01/03/2026",
            "2025",
            "1.909",
            "Tổng cộng",
            "=1+1",
            "02266-001",
            "-",
            "'",
        ]
    ),
)


def read(text, encoding="utf-8"):
    grid = read_grid(read_content(text.encode(encoding), "don-vi.csv"), COLUMNS)
    require(grid.places, COLUMNS)
    return read_units(grid, grid.places)


def wish(line, head="Mã,Tên,Loại,Thuộc,Hiệu lực,Số dân,Ngày số liệu,Nguồn"):
    sheet = read(f"{head}\n{line}\n")
    assert sheet.wrong == []
    return sheet.wishes[0]


def wrong(line, head="Mã,Tên,Loại,Thuộc,Hiệu lực,Số dân,Ngày số liệu,Nguồn"):
    sheet = read(f"{head}\n{line}\n")
    assert sheet.wishes == []
    return sheet.wrong[0]


@pytest.mark.parametrize(
    ("name", "kind", "read_kind", "full"),
    [
        ("Xã Lâm Bình", "", "commune", "xã Lâm Bình"),
        ("Lâm Bình", "Xã", "commune", "xã Lâm Bình"),
        ("PHƯỜNG Minh Xuân", "phường", "ward", "phường Minh Xuân"),
        ("TT. Lăng Can", "", "township", "thị trấn Lăng Can"),
        ("P.Minh Xuân", "", "ward", "phường Minh Xuân"),
        ("UBND xã Xuân Lập", "", "commune", "xã Xuân Lập"),
        ("Thành phố Huế", "", "city", "thành phố Huế"),
        ("Nà Co", "thôn", "village", "thôn Nà Co"),
        ("Bản Nà Co", "thôn", "village", "bản Nà Co"),
        ("Tổ dân phố 5", "", "village", "tổ dân phố 5"),
        ("Ban Dân tộc", "cơ quan", "agency", "Ban Dân tộc"),
        ("UBND xã Lâm Bình", "Cơ quan", "agency", "UBND xã Lâm Bình"),
        ("Trường THPT Lâm Bình", "", "school", "Trường THPT Lâm Bình"),
        ("Xuân Lập", "", None, "Xuân Lập"),
    ],
)
def test_the_kind_is_read_from_its_column_or_the_name(name, kind, read_kind, full):
    found = wish(f",{name},{kind},02266,,,,")

    assert (found.kind, found.name) == (read_kind, full)


@pytest.mark.parametrize(
    ("cell", "people"),
    [("1909", 1909), ("1.909", 1909), ('"1,909"', 1909), ("1 909 người", 1909), ("12.345.678", 12345678)],
)
def test_a_headcount_is_read_as_people_write_it(cell, people):
    found = wish(f"02242,xã Xuân Lập,,,,{cell},28/01/2011,Nghị quyết 07/NQ-CP")

    assert (found.people, found.as_of) == (people, date(2011, 1, 28))


@pytest.mark.parametrize("cell", ["-5", "0", "7.8421", "nhiều", "1e9", "99999999999"])
def test_an_invalid_headcount_is_reported(cell):
    row, text = wrong(f"02242,xã Xuân Lập,,,,{cell},28/01/2011,NQ")

    assert row == 2
    assert f"Số dân “{cell}” chưa đúng" in text


def test_a_number_that_lost_its_thousands_is_not_guessed():
    places = {"name": 0, "people": 1, "as_of": 2, "source": 3}
    header = ("Tên", "Số dân", "Ngày số liệu", "Nguồn")

    sheet = read_units(Grid(header, places, [(2, ["xã A", 7.842, "01/01/2021", "NQ"])]), places)

    assert sheet.wishes == []
    assert "Xin ghi một số nguyên" in sheet.wrong[0][1]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("02266,,,,,,,", "Chưa có tên đơn vị."),
        ("02a,xã A,,,,,,", "Mã “02a” chưa đúng"),
        (",Nà Co,tỏm,02266,,,,", "Loại “tỏm” chưa rõ. Xin chọn một trong: xã, phường"),
        (",xã Nà Co,phường,,,,,", "Tên ghi “xã Nà Co” mà loại ghi “phường”"),
        ("02266,phường Lâm Bình,,,31/02/2026,,,", "Ngày có hiệu lực “31/02/2026” không đọc được"),
        ("02266,xã Lâm Bình,,,,100,,NQ", "Chưa biết số dân này là của ngày nào"),
        ("02266,xã Lâm Bình,,,,100,2025,", "Chưa ghi nguồn của số dân"),
        (f",thôn {'a' * 100},,02266,,,,", "Tên dài quá 100 chữ"),
        (f"02266,xã Lâm Bình,,,,100,2025,{'a' * 201}", "Nguồn dài quá 200 chữ"),
    ],
)
def test_errors_are_reported_with_their_remedy(line, text):
    assert wrong(line)[1].startswith(text)


@pytest.mark.parametrize(
    ("title", "day"), [("Dân số 31/12/2024", date(2024, 12, 31)), ("Dân số năm 2023 (người)", date(2023, 12, 31))]
)
def test_the_day_of_a_headcount_may_stand_in_the_header(title, day):
    assert wish("xã A,5,NQ", head=f"Tên,{title},Nguồn").as_of == day


def test_a_year_alone_is_its_last_day():
    assert wish("xã A,5,2024,NQ", head="Tên,Dân số,Năm số liệu,Nguồn").as_of == date(2024, 12, 31)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_text_in_any_unicode_form_is_read(encoding, mark):
    text = mark.join(["Mã", "Tên đơn vị", "Thuộc"]) + "\n" + mark.join(["", "thôn Nà Co", "02266"]) + "\n"

    assert [(each.name, each.parent) for each in read(text, encoding).wishes] == [("thôn Nà Co", "02266")]


def test_the_windows_vietnamese_of_old_machines_is_read():
    text = "Mã;Tên;Thuộc\n;thôn Nà Lo\u0300a;02266\n".encode("cp1258", "ignore")

    sheet = read_units(grid := read_grid(read_content(text, "cu.csv"), COLUMNS), grid.places)

    assert sheet.wishes[0].name == "thôn Nà Lòa"


def test_a_parent_merged_over_its_villages_is_filled_down_and_reported():
    sheet = read("Tên,Thuộc\nthôn Một,02266\nthôn Hai,\nthôn Ba,02269\nthôn Bốn,\n")

    assert [each.parent for each in sheet.wishes] == ["02266", "02266", "02269", "02269"]
    assert sheet.notes == ["Ô “Đơn vị cấp trên” để trống ở 2 dòng; đã lấy của dòng trên."]


def ugly(folder):
    """A workbook with a cover, a header of two rows with merged cells, numbers for codes and days, a line of totals."""
    book = Workbook()
    book.active.append(["ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG"])
    sheet = book.create_sheet("Số liệu")
    sheet.append(["BIỂU TỔNG HỢP", None, None, None, None, None])
    sheet.append(["STT", "Đơn vị", None, "Dân số", None, None])
    sheet.append([None, "Mã", "Tên", "Số người", "Tính đến ngày", "Nguồn"])
    sheet.append([1, 2242, "Xã Xuân Lập", 1909, 40571, "Nghị quyết 07/NQ-CP"])
    sheet.append([2, 2233.0, "Xã Phúc Yên", "2.771", datetime(2011, 1, 28), "Nghị quyết 07/NQ-CP"])
    sheet.append(["Tổng cộng", None, None, 4680, None, None])
    for span in ("A2:A3", "B2:C2", "D2:F2"):
        sheet.merge_cells(span)
    file = folder / "xau.xlsx"
    book.save(file)
    return file


def test_a_workbook_with_every_damage_is_read(tmp_path):
    grid = read_grid(read_sheets(ugly(tmp_path)), COLUMNS)

    sheet = read_units(grid, grid.places)

    assert sheet.wrong == []
    assert [(each.row, each.code, each.name, each.people, each.as_of) for each in sheet.wishes] == [
        (4, "2242", "xã Xuân Lập", 1909, date(2011, 1, 28)),
        (5, "2233", "xã Phúc Yên", 2771, date(2011, 1, 28)),
    ]


def test_the_template_with_its_own_examples_reads_back_without_errors(tmp_path):
    file = tmp_path / "mau.xlsx"
    file.write_bytes(template())
    book = load_workbook(file)
    entry = book.worksheets[0]
    for row, cells in enumerate(zip(*(column.examples for column in COLUMNS), strict=True), start=2):
        for place, cell in enumerate(cells, start=1):
            entry.cell(row, place).value = cell or None
    book.save(file)

    grid = read_grid(read_sheets(file), COLUMNS)
    sheet = read_units(grid, grid.places)

    assert (sheet.wrong, sheet.notes) == ([], [])
    assert [each.name for each in sheet.wishes] == [
        "phường Lâm Bình",
        "thôn Nà Co",
        "Trường Tiểu học Lăng Can",
        "xã Thượng Lâm",
    ]
    assert set(grid.places) == {column.name for column in COLUMNS}


def test_the_template_offers_the_types_and_holds_no_formula(tmp_path):
    file = tmp_path / "mau.xlsx"
    file.write_bytes(template())

    book = load_workbook(file)

    assert [rule.type for rule in book.worksheets[0].data_validations.dataValidation].count("list") == 1
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@given(st.lists(st.lists(CELLS, min_size=8, max_size=8), min_size=1, max_size=6))
def test_random_cells_are_wishes_or_errors_and_never_a_crash(rows):
    places = {column.name: place for place, column in enumerate(COLUMNS)}
    header = tuple(column.title for column in COLUMNS)
    province = DatedUnit(
        1, "08", date(2025, 7, 1), None, None, [Name(date(2025, 7, 1), "province", "tỉnh Tuyên Quang")]
    )
    commune = DatedUnit(
        2, "02266", date(2025, 7, 1), None, province, [Name(date(2025, 7, 1), "commune", "xã Lâm Bình")]
    )

    sheet = read_units(Grid(header, places, list(enumerate(rows, start=2))), places)
    made = plan(Directory([province, commune]), sheet.wishes, TODAY)

    assert len(sheet.wishes) + len(sheet.wrong) == sheet.total
    assert {row for row, _ in sheet.wrong + made.wrong + made.sentences} <= set(range(2, 2 + len(rows)))


@given(st.text(max_size=200))
def test_random_text_is_read_or_refused_in_words(text):
    try:
        sheet = read(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    except SheetError as error:
        assert str(error).endswith((".", "mẫu."))
    else:
        assert len(sheet.wishes) + len(sheet.wrong) == sheet.total


@pytest.mark.parametrize(
    "title",
    [
        "Số dân (nghìn người)",
        "Mật độ dân số",
        "Tỷ lệ tăng dân số",
        "Dân số nữ",
        "Dân số nam",
        "Dân số thành thị",
        "Số dân dự báo 2030",
    ],
)
def test_a_part_or_a_rate_of_the_people_is_no_headcount_and_is_named(title):
    sheet = read(f"Mã,Tên,{title},Ngày số liệu,Nguồn\n02266,xã A,8,2025,x\n")

    assert sheet.wishes[0].people is None
    assert sheet.notes[0].startswith(f"Cột “{title}” không được đọc")


@pytest.mark.parametrize("title", ["Dân số năm 2025", "Tổng dân số trung bình", "Quy mo dan so nam 2025"])
def test_a_title_of_a_year_is_still_a_headcount(title):
    assert wish("02266,xã A,800,2025,x", head=f"Mã,Tên,{title},Ngày số liệu,Nguồn").people == 800


@pytest.mark.parametrize("name", ["thôn 1; thôn 2", "thôn Tiến và thôn Thắng", "xã A | xã B"])
def test_several_units_in_one_name_are_refused(name):
    assert "nhiều đơn vị" in wrong(f",{name},,02266,,,,")[1]


def test_a_unit_whose_letters_were_lost_is_refused():
    assert "chữ bị mất" in wrong("02266,xã L?m B?nh,,,,,,")[1]
