"""Unexpected sheets of entries: a report by row, all or nothing, and never a formula."""

import io
import unicodedata

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bench import ugly_sheet
from core.sheets.cells import SheetError
from core.sheets.writing import report_xlsx
from quiz.attempt.models import Attempt
from quiz.attempt.operations.importing import HasErrors
from quiz.attempt.operations.tally import rebuild_tally
from quiz.contest.models import Participant
from quiz.results.queries.result import contacts_of
from tests.factories import make_contest, make_unit
from tests.support.entries import AN, HEADER, as_csv, bring_in, read, report

NAMES = {  # as typed in a cell: as it is stored
    unicodedata.normalize("NFD", "Nguyễn Thị Hoà"): "Nguyễn Thị Hoà",
    "Lò\u200b Thị\u2060 Hoa": "Lò Thị Hoa",
    "\u202eMa Văn\u202c Sơn": "Ma Văn Sơn",
    "Vừ A Páo 👍": "Vừ A Páo",
    "Ơ": "Ơ",
    "Y Hơčih Êban": "Y Hơčih Êban",
    "Njaiz Yaj": "Njaiz Yaj",
    "Lò\x07 Thị Đỏ": "Lò Thị Đỏ",
}
NO_NAMES = ["<script>alert(1)</script>", "{{7*7}} An", "' OR 1=1 --", "Robert\x07\x1b[31m Đỏ", "=HYPERLINK(1)", "An 2"]
PHONES = [
    "+84 912 345 678",
    "84912345678",
    "0912.345.678",
    "０９１２３４５６７８",
    "912345678",
    "(091) 234-5678",
    "0084912345678",
]
FORMULAS = ['=HYPERLINK("http://vi-du.invalid")', "+84912345678 cmd|'/c calc'!A0", "-2+3", "@SUM(1)", "\t=1+1", "＝1+1"]


@pytest.fixture
def round(session):
    unit = make_unit(session)
    made = make_contest(session, unit=unit, preset="vcnet", people_per_phone=50).rounds[0]
    session.commit()
    return made


@pytest.mark.both_databases
def test_names_are_kept_as_text_and_normalised(session, keyring, round):
    lines = [AN.replace("Lò Thị Hoà", typed) for typed in NAMES]

    bring_in(round, *lines)

    kept = contacts_of(session, keyring, list(session.scalars(select(Participant)))).values()
    assert sorted(contact.name for contact in kept) == sorted(NAMES.values())


@pytest.mark.parametrize("typed", NO_NAMES)
def test_text_that_is_no_name_is_an_error_of_its_row(session, round, typed):
    planned = report(round, AN.replace("Lò Thị Hoà", typed))

    assert (planned.new, [error.row for error in planned.errors]) == (0, [2])


def test_a_phone_has_one_form_however_it_is_typed(session, keyring, round):
    bring_in(round, *(AN.replace("0912345678", phone) for phone in PHONES))

    (contact,) = contacts_of(session, keyring, list(session.scalars(select(Participant)))).values()
    assert (contact.phone, session.scalar(select(func.count()).select_from(Attempt))) == ("0912345678", len(PHONES))


def test_a_phone_that_a_workbook_rounded_is_reported_and_the_row_counts_without_it(session, round):
    planned = report(round, AN.replace("0912345678", "9.12E+8"))

    assert [look.text[:34] for look in planned.warnings] == ["số điện thoại “9.12E+8” đã bị Excel"[:34]]
    assert planned.new == 1


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_any_cell_or_title_is_text_in_the_report(session, round, formula):
    cell = '"' + formula.replace('"', '""') + '"'
    data = as_csv(
        ";".join(["Lò A", cell, cell, cell, cell, cell, cell, cell]), ";".join([cell] * 8),
        header=f"{HEADER};{cell}",
    )  # fmt: skip
    planned = report(round, data=data, name=f"{formula}.csv")

    book = openpyxl.load_workbook(io.BytesIO(report_xlsx(planned)))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")]
    assert planned.errors and cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_sheet_named_by_a_formula_is_read(session, round):
    book = openpyxl.Workbook()
    book.active.title = "=1+1"
    for line in (HEADER, AN):
        book.active.append(line.split(";"))
    file = io.BytesIO()
    book.save(file)

    assert report(round, data=file.getvalue(), name="a.xlsx").new == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_encoding_and_separator_reads_the_same(session, round, encoding, separator):
    text = "\n".join([HEADER, AN]).replace(";", separator)
    text = ugly_sheet.windows(text) if encoding == "cp1258" else text

    turns = read(round, text.encode(encoding)).sheet.turns

    assert [(turn.name, turn.unit, turn.entry.correct) for turn in turns] == [("Lò Thị Hoà", "xã Lâm Bình", 3)]


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Số điện thoại;Điểm", "không có cột họ và tên"),
        ("Họ và tên;Số điện thoại", "không có cột điểm, cũng không đủ 3 cột câu trả lời"),
        ("Mặt hàng;Giá", "không có cột họ và tên"),
        ("một chữ", "không có cột họ và tên"),
    ],
)
def test_missing_columns_are_named(round, header, words):
    with pytest.raises(SheetError, match=words):
        read(round, as_csv("0912345678;3", header=header))


def test_one_bad_row_among_good_ones_refuses_the_sheet(session, round):
    good = [AN.replace("1985", str(1950 + n)) for n in range(20)]

    with pytest.raises(HasErrors):
        bring_in(round, *good, AN.replace(";3;10", ";hỏng;10"))

    assert session.scalar(select(func.count()).select_from(Participant)) == 0


def test_twenty_thousand_spellings_of_units_are_answered(session, round):
    lines = [AN.replace("xã Lâm Bình", f"thôn số {n}") for n in range(20_000)]

    planned = report(round, *lines)

    assert (len(planned.doubts), planned.new) == (20_000, 0)


CELL = st.text(alphabet=st.characters(exclude_characters='\r\n\x00;"', exclude_categories=["Cs"]), max_size=16)
LIKELY = st.sampled_from(
    ["Lò Thị Hoà", "0912345678", "1985", "xã Lâm Bình", "02/06/2026 09:04:12", "4:12", "3", "10", ""]
)


@pytest.mark.both_databases
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.one_of(CELL, LIKELY), min_size=8, max_size=8), min_size=1, max_size=5))
def test_any_rows_are_imported_or_reported(session, round, rows):
    lines = [";".join(row) for row in rows]
    try:
        planned = report(round, *lines)
        if planned.is_decided:
            plan = bring_in(round, *lines, skip_errors=True)
            assert (plan.new, bring_in(round, *lines, skip_errors=True).new) == (planned.new, 0)
            assert rebuild_tally(session, round) == []
    except SheetError as error:
        assert str(error).endswith(".")
    session.rollback()
