"""A list of dossiers is imported whole or not at all; the next list adds the days of return."""

from datetime import date

import pytest
from sqlalchemy import func, select

from core.importing.kind import Choices, ImportContext
from core.importing.session import open_sheet
from core.sheets.reading import read_content
from survey.dossier.files.imports import DossierSheets
from survey.dossier.models import Dossier
from survey.dossier.queries import count_gaps, count_punctuality, list_gaps
from survey.dossier.rules.gaps import NumberGap
from survey.dossier.rules.period import read_period
from tests.factories import make_office
from tests.survey.dossier.lists import NOW, SHEET, line, listed


@pytest.fixture
def office(session):
    office = make_office(session)
    session.commit()
    return office


def planned(session, keyring, office, text, **options):
    opened = open_sheet(
        DossierSheets, ImportContext(session, keyring, office, NOW), lambda: read_content(text.encode(), "ho-so.csv")
    )
    opened.choose(Choices(opened.places, options))
    return opened, opened.plan(opened.rows())


def imported(session, keyring, office, text, **options):
    opened, plan = planned(session, keyring, office, text, **options)
    opened.choose(Choices(opened.places, options, skip_errors=True))
    opened.store("terminal", plan)
    session.commit()
    return plan.report


def texts(issues):
    return [f"{issue.row}: {issue.text}" for issue in issues]


@pytest.mark.both_databases
def test_a_list_with_the_headers_of_a_provincial_system_is_read(session, keyring, office):
    report = imported(session, keyring, office, SHEET)

    row = session.scalars(select(Dossier).order_by(Dossier.id)).first()
    assert (report.new, report.errors) == (5, [])
    assert (row.number, row.procedure, row.channel) == ("H51.25-261005-0001", "Chứng thực bản sao", "counter")
    assert (row.received_on, row.due_on, row.returned_on) == (date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 6))


@pytest.mark.both_databases
def test_the_share_the_open_ones_and_the_gaps_are_those_counted_by_hand(session, keyring, office):
    imported(session, keyring, office, SHEET)
    period = read_period("2026-10")

    counted = count_punctuality(session, office, period, date(2026, 10, 31))

    assert (counted.received, counted.on_time, counted.late, counted.overdue, counted.open_in_time) == (5, 2, 1, 1, 1)
    assert count_gaps(session, office, period) == (2, 3)
    assert list_gaps(session, office, period, slice(0, 25)) == [
        NumberGap("H51.25-261005-", 3, 3),
        NumberGap("H51.25-261006-", 1, 2),
    ]


@pytest.mark.both_databases
def test_the_same_list_again_changes_nothing(session, keyring, office):
    imported(session, keyring, office, SHEET)

    again = imported(session, keyring, office, SHEET)

    assert (again.new, again.known, again.issues) == (0, 5, [])


@pytest.mark.both_databases
def test_a_newer_list_adds_the_day_of_return(session, keyring, office):
    imported(session, keyring, office, SHEET)

    newer = imported(session, keyring, office, SHEET.replace("20/10/2026;;", "20/10/2026;19/10/2026;"))

    assert (newer.new, newer.known, newer.warnings) == (1, 4, [])
    assert session.scalar(select(func.count()).where(Dossier.returned_on == date(2026, 10, 19))) == 1


def test_the_day_first_promised_stays_unless_the_sheet_is_to_correct_it(session, keyring, office):
    imported(session, keyring, office, SHEET)
    moved = SHEET.replace("08/10/2026;09/10/2026", "10/10/2026;09/10/2026")

    kept = imported(session, keyring, office, moved)
    late = count_punctuality(session, office, read_period("2026-10"), date(2026, 10, 31)).late
    corrected = imported(session, keyring, office, moved, corrects=True)

    assert texts(kept.warnings) == [
        "3: cột Ngày hẹn trả: bảng ghi 10/10/2026, danh sách đã có 08/10/2026; giữ 08/10/2026. Muốn sửa thì đánh dấu ô "
        "sửa theo bảng."
    ]
    assert (kept.new, late, corrected.new) == (0, 1, 1)
    assert count_punctuality(session, office, read_period("2026-10"), date(2026, 10, 31)).late == 0


def test_a_blank_day_does_not_take_a_return_back(session, keyring, office):
    imported(session, keyring, office, SHEET)

    older = imported(session, keyring, office, SHEET.replace("08/10/2026;09/10/2026", "08/10/2026;"))

    assert older.new == 0
    assert texts(older.warnings) == [
        "3: cột Ngày trả kết quả: bảng để trống, danh sách đã có ngày trả 09/10/2026; giữ ngày đã có."
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("", "05/10/2026"), "cột Mã hồ sơ: chưa ghi số hồ sơ."),
        (("1", ""), "cột Ngày tiếp nhận: chưa ghi ngày."),
        (("1", "31/02/2026"), "cột Ngày tiếp nhận: không đọc được ngày “31/02/2026”; xin ghi ngày/tháng/năm."),
        (("1", "05/12/2026"), "cột Ngày tiếp nhận: ngày 05/12/2026 sau hôm nay; ngày và tháng có bị đổi chỗ không?"),
        (
            ("1", "05/10/2026", "04/10/2026"),
            "cột Ngày hẹn trả: ngày 04/10/2026 trước ngày tiếp nhận 05/10/2026; xin xem lại cả hai ngày.",
        ),
        (
            ("1", "05/10/2026", "06/10/2026", "04/10/2026"),
            "cột Ngày trả kết quả: ngày 04/10/2026 trước ngày tiếp nhận 05/10/2026; xin xem lại cả hai ngày.",
        ),
        (
            ("H51.25-261005-0009", "10/05/2026"),
            "cột Ngày tiếp nhận: ngày 10/05/2026, nhưng số hồ sơ “H51.25-261005-0009” ghi ngày 05/10/2026: ngày và "
            "tháng bị đổi chỗ; xin ghi lại.",
        ),
        (
            ("1", "05/10/2026", "", "", "Bồ câu"),
            "cột Hình thức nộp: không hiểu “Bồ câu”; xin ghi Trực tiếp, Trực tuyến hoặc Bưu chính.",
        ),
    ],
)
def test_a_problem_is_named_with_its_row_and_column(session, keyring, office, cells, said):
    sheet = listed([*SHEET.splitlines()[1:], line(*cells)])

    report = planned(session, keyring, office, sheet)[1].report

    assert texts(report.errors) == [f"7: {said}"]
    assert report.new == 5


def test_the_same_number_twice_is_an_error_of_the_second_row(session, keyring, office):
    twice = SHEET + line("h51.25 - 261005 - 0001", "06/10/2026")

    assert texts(planned(session, keyring, office, twice)[1].report.errors) == [
        "7: cột Mã hồ sơ: số hồ sơ “h51.25 - 261005 - 0001” trùng với dòng 2; mỗi hồ sơ chỉ được có một dòng."
    ]


def test_numbers_of_another_office_are_refused(session, keyring, office):
    imported(session, keyring, office, SHEET)
    other = make_office(session)
    session.commit()

    report = planned(session, keyring, other, SHEET, other_agencies=True)[1].report

    assert (report.new, len(report.errors)) == (0, 5)
    assert "H51.25, là mã của một cơ quan khác trong hệ thống" in report.errors[0].text


def test_another_agency_is_taken_only_when_somebody_says_so(session, keyring, office):
    mixed = SHEET + line("H51.31-261005-0001", "05/10/2026", "06/10/2026")

    refused, taken = (planned(session, keyring, office, mixed, other_agencies=says)[1].report for says in (False, True))

    assert (refused.new, len(refused.errors)) == (5, 1)
    assert (taken.new, len(taken.warnings)) == (6, 1)


def test_excel_serials_are_days(session, keyring, office):
    imported(session, keyring, office, listed([line("12", "46300", "46301", "46302.5")]))

    row = session.scalar(select(Dossier))
    assert (row.received_on, row.due_on, row.returned_on) == (date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 7))


def test_the_columns_about_people_are_not_read(session, keyring, office):
    sheet = "Họ tên;Số điện thoại;Mã hồ sơ;Ngày nộp\nMa Thị Lan;0912345678;77;05/10/2026\n"

    opened, plan = planned(session, keyring, office, sheet)

    assert "Không đọc, không lưu các cột nói về người nộp: “Họ tên”, “Số điện thoại”." in plan.report.notes
    assert set(opened.places) == {"number", "received"}


@pytest.mark.parametrize(
    "headers",
    [
        ("Số hồ sơ", "Ngày nhận", "Hạn trả", "Ngày trả"),
        ("Mã số hồ sơ", "Thời gian tiếp nhận", "Ngày hẹn trả kết quả", "Ngày trả kết quả"),
        ("MÃ HỒ SƠ", "Ngày nộp hồ sơ", "Hạn xử lý", "Ngày nhận kết quả"),
    ],
)
def test_other_systems_names_are_recognised(session, keyring, office, headers):
    opened, _ = planned(session, keyring, office, ";".join(headers) + "\n77;05/10/2026;06/10/2026;06/10/2026\n")

    assert opened.places == {"number": 0, "received": 1, "due": 2, "returned": 3}
