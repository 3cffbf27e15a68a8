"""Import of an office's sheet of units at the terminal: dry run, all or nothing, idempotent."""

from datetime import date

import pytest
from sqlalchemy import func, select

from commune.models import Headcount, Unit, UnitName
from commune.queries.units import find_unit, units_on
from tests.commune.test_names import called

HEAD = "Mã,Tên,Loại,Thuộc,Hiệu lực,Số dân,Ngày số liệu,Nguồn\n"
GOOD = (
    HEAD + "2266,phường Lâm Bình,,,01/03/2026,,,\n"
    ",thôn Nà Co,,02266,,120,2025,Công an xã\n"
    ",Nà Vài,thôn,,,,,\n"
    ',Trường THCS Lăng Can,trường học,"xã Lâm Bình, tỉnh Tuyên Quang",,,,\n'
    ",Ban Dân tộc,cơ quan,08,,,,\n"
    "2242,Xuân Lập,xã,,,2.000,01/04/2019,Niên giám (ví dụ)\n"
)


@pytest.fixture
def bring(app, tmp_path):
    def run(text, *options):
        file = tmp_path / "don-vi.csv"
        file.write_text(text, encoding="utf-8")
        return app.test_cli_runner().invoke(args=["commune", "import", str(file), *options])

    return run


def headcounts(session, unit):
    """Every headcount of a unit, the latest first."""
    query = select(Headcount).where(Headcount.unit_id == unit.id)
    return session.scalars(query.order_by(Headcount.as_of.desc())).all()


def counts(session):
    session.expire_all()
    return [session.scalar(select(func.count()).select_from(model)) for model in (Unit, UnitName, Headcount)]


@pytest.mark.both_databases
def test_a_correct_sheet_is_imported_whole(session, bring):
    done = bring(GOOD)

    commune = find_unit(session, "02266")
    below = session.scalars(select(Unit).where(Unit.code.like("02266-%")).order_by(Unit.code)).all()
    assert done.exit_code == 0, done.output
    assert (commune.name, commune.kind) == ("phường Lâm Bình", "ward")
    assert called(session, commune, date(2026, 2, 28)) == ("commune", "xã Lâm Bình")
    assert [(unit.code, unit.kind, unit.name) for unit in below] == [
        ("02266-001", "village", "thôn Nà Co"),
        ("02266-002", "village", "thôn Nà Vài"),
        ("02266-003", "school", "Trường THCS Lăng Can"),
    ]
    assert below[0].context_key == "phuong lam binh tinh tuyen quang"
    assert find_unit(session, "08-001").name == "Ban Dân tộc"


def test_a_headcount_of_an_old_unit_is_stored_for_the_old_unit(session, bring):
    bring(GOOD)

    old = units_on(session, ["02242"], date(2019, 4, 1))["02242"]
    assert [(count.as_of, count.people, count.source) for count in headcounts(session, old)] == [
        (date(2019, 4, 1), 2_000, "Niên giám (ví dụ)"),
        (date(2011, 1, 28), 1_909, "Nghị quyết 07/NQ-CP ngày 28/01/2011 của Chính phủ"),
    ]


@pytest.mark.both_databases
def test_the_same_sheet_again_changes_nothing(session, bring):
    bring(GOOD)
    before = counts(session)

    again = bring(GOOD)

    assert "Đã đọc 6 dòng. Sẽ nhập: 0." in again.output
    assert "Đã nhập từ trước, bỏ qua: 6." in again.output
    assert again.output.endswith("Không có gì thay đổi.\n")
    assert counts(session) == before


def test_a_dry_run_reports_each_row_and_stores_nothing(session, bring):
    before = counts(session)

    done = bring(GOOD, "--dry-run")

    assert done.exit_code == 0
    assert counts(session) == before
    for line in (
        "Dòng 2: xã Lâm Bình (mã 02266) được gọi là phường Lâm Bình từ 01/03/2026.",
        "Dòng 3: Thêm thôn Nà Co, phường Lâm Bình, tỉnh Tuyên Quang, mã 02266-001, từ 01/07/2025.",
        "Dòng 3: Ghi số dân thôn Nà Co, phường Lâm Bình, tỉnh Tuyên Quang ngày 31/12/2025: 120 người (Công an xã).",
        "Ô “Đơn vị cấp trên” để trống ở 1 dòng; đã lấy của dòng trên.",
    ):
        assert line in done.output


def test_one_bad_row_keeps_the_whole_sheet_out(session, bring):
    before = counts(session)

    done = bring(GOOD + "9999,xã Không Có,,,,5,2024,x\n")

    assert done.exit_code == 1
    assert "Dòng 8: Không có đơn vị nào mang mã 9999." in done.output
    assert "Chưa nhập gì." in done.output
    assert counts(session) == before


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("02269,xã Nào Đó,,,,,,", "Mã 02269 là của xã Thượng Lâm, tỉnh Tuyên Quang"),
        (",xã Xuân Lập,,,,9,01/01/2020,NQ", "“xã Xuân Lập” có thể là: xã Xuân Lập, huyện Lâm Bình, tỉnh"),
        (",xã Không Đâu Cả,,,,9,2020,NQ", "Không thấy đơn vị nào tên là “xã Không Đâu Cả” vào ngày 31/12/2020."),
        (",thôn Nà Co,,,,,,", "Xin ghi đơn vị cấp trên (mã hoặc tên) của “thôn Nà Co”."),
        (",thôn Nà Co,,xã Nào Đó,,,,", "Đơn vị cấp trên: Không thấy đơn vị nào tên là “xã Nào Đó”"),
        ("02266,phường Lâm Bình,,,01/01/2001,,,", "Ngày 01/01/2001 không có đơn vị nào mang mã 02266; mã này của: "),
        ("02266,tỉnh Lâm Bình,,,01/03/2026,,,", "xã Lâm Bình không thể đổi thành “tỉnh Lâm Bình”: khác cấp."),
        ("02266,thành phố Lâm Bình,,,01/03/2026,,,", "xã Lâm Bình không thể đổi thành “thành phố Lâm Bình”: khác cấp."),
        ("02266,Tên Khác,,,01/03/2026,,,", "Tên mới “Tên Khác” chưa có chữ xã, phường, thôn… đứng đầu."),
        ("02266,xã Lâm Bình,,,,9,2090,NQ", "Ngày của số dân là 31/12/2090, chưa tới."),
        ("001,quận Ba Đình,,,,9,2020,NQ\n001,quận Ba Đình,,,,8,2020,NQ", "Dòng 2 đã ghi 9 người cho cùng đơn vị"),
    ],
)  # fmt: skip
def test_an_impossible_row_is_reported_with_its_reason(bring, line, text):
    done = bring(HEAD + line + "\n", "--dry-run")

    assert done.exit_code == 1
    assert f": {text}" in done.output


def test_zeros_removed_by_excel_are_restored_by_the_name(session, bring):
    done = bring(HEAD + "1,phường Phúc Xá,,,,9,2020,NQ\n1,thành phố Hà Nội,,,,8,2020,NQ\n1,quận Ba Đình,,,,7,2020,NQ\n")

    query = select(Unit.code, Headcount.people).join(Headcount, Headcount.unit_id == Unit.id)
    rows = session.execute(query.where(Headcount.people < 10).order_by(Unit.code)).all()
    assert done.exit_code == 0, done.output
    assert rows == [("00001", 9), ("001", 7), ("01", 8)]


def test_zeros_that_may_be_two_units_are_asked_about(bring):
    done = bring(HEAD + "1,xã Tên Mới,,,02/07/2024,,,\n", "--dry-run")

    assert "Mã 1 có thể là: " in done.output


@pytest.mark.both_databases
def test_a_corrected_headcount_replaces_the_one_of_that_day(session, bring):
    bring(HEAD + "02242,xã Xuân Lập,,,,1.910,28/01/2011,Đính chính (ví dụ)\n")

    old = units_on(session, ["02242"], date(2011, 1, 28))["02242"]
    assert [(count.people, count.source) for count in headcounts(session, old)] == [(1_910, "Đính chính (ví dụ)")]


def test_names_of_one_unit_may_be_in_any_order(session, bring):
    sheet = HEAD + "02266,thị trấn Lăng Can,,,01/06/2021,,,\n02266,xã Lăng Can,,,01/07/2004,,,\n"

    bring(sheet)
    again = bring(sheet)

    old = units_on(session, ["02266"], date(2021, 1, 1))["02266"]
    assert (old.name, called(session, old, date(2021, 5, 31))) == ("thị trấn Lăng Can", ("commune", "xã Lăng Can"))
    assert "Sẽ nhập: 0." in again.output


def test_a_unit_of_ones_own_is_renamed_by_its_code(session, bring):
    bring(HEAD + ",thôn Nà Co,,02266,,,,\n")

    done = bring(HEAD + "2266-001,tổ dân phố Nà Co,,,01/09/2026,,,\n")

    assert done.exit_code == 0, done.output
    assert find_unit(session, "02266-001").name == "tổ dân phố Nà Co"


def test_the_same_village_written_otherwise_is_the_same(bring):
    bring(HEAD + ",thôn Nà Hoà,,02266,,,,\n")

    assert "Sẽ nhập: 0." in bring(HEAD + ",THÔN NÀ HÒA,,2266,,,,\n").output


def test_a_file_that_is_no_sheet_of_units_is_refused(bring, app):
    assert "Tệp không có cột “Tên đơn vị”" in bring("a,b\n1,2\n").output
    assert "Không tìm thấy tệp" in app.test_cli_runner().invoke(args=["commune", "import", "/khong/co.csv"]).output


@pytest.mark.both_databases
def test_planning_takes_few_statements_however_long_the_sheet(bring, count_queries):
    bring(HEAD + "".join(f",thôn Số {number},,02266,,,,\n" for number in range(300)), "--dry-run")

    assert len(count_queries) < 10


def test_the_command_writes_the_template(app, tmp_path):
    done = app.test_cli_runner().invoke(args=["commune", "template", str(tmp_path / "mau.xlsx")])

    assert done.exit_code == 0
    assert (tmp_path / "mau.xlsx").read_bytes().startswith(b"PK")
