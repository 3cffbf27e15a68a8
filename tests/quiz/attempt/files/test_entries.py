"""An office's sheet read for storing: a report for any content, or one kind sentence."""

import csv
import io
import re
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.sheets.cells import SheetError
from core.sheets.reading import read_content
from core.sheets.sheet import Sheet
from core.values.language import use
from quiz.attempt.files.entries import Asked, open_entries, read_entries, recognised_places
from quiz.attempt.files.mapping import meanings, title_of
from quiz.contest.rules.presets import PRESETS

ASKED = Asked(
    keys=[frozenset("A"), frozenset("B"), frozenset("AC")],
    choices=[{"A": "Một cửa", "B": "Công an xã", "C": "Trạm Y tế"}] * 3,
    rules=PRESETS["lam-binh"],
)
TITLES = [*map(title_of, meanings(0)), "Câu 1", "Câu 2: Ở đâu?", "Câu 3", "STT", "Ghi chú", "", "Email"]
CELL = st.one_of(
    st.none(), st.text(max_size=14), st.floats(), st.booleans(), st.integers(-(10**30), 10**30),
    st.datetimes(), st.dates(), st.times(), st.timedeltas(),
    st.sampled_from(["Lò Thị Hòa", "0912345678", "3 / 3", "02/06/2026 09:00", "4:12", "A", "A, C", "Tổng cộng"]),
)  # fmt: skip
SHEET = st.lists(st.lists(CELL, max_size=8), max_size=8)
MEANING = st.one_of(
    st.sampled_from(meanings(3)), st.sampled_from(["question-0", "question-99", "question-٣", "lạ", ""])
)
PLACES = st.one_of(st.none(), st.dictionaries(MEANING, st.integers(-2, 12), max_size=8))


def opened(*rows):
    return open_entries(lambda: iter([Sheet(iter([list(row) for row in rows]))]))


def read(*rows, places=None, asked=ASKED):
    return read_entries(opened(*rows), asked, places)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(TITLES), min_size=1, max_size=10), SHEET, PLACES)
def test_any_cells_under_any_mapping_are_a_report_or_a_sentence(header, rows, places):
    try:
        entries = read(header, *rows, places=places)
    except SheetError as error:
        assert str(error).endswith(".")
        return

    for turn in entries.sheet.turns:
        assert 0 <= turn.entry.correct <= 3
        assert turn.name and turn.name == turn.name.strip()
        assert len({error[0] for error in entries.sheet.errors} & {turn.number}) == 0


@settings(max_examples=150, deadline=None)
@given(SHEET, PLACES)
def test_a_sheet_without_any_header_is_a_report_or_a_sentence(rows, places):
    try:
        read(*rows, places=places)
    except SheetError as error:
        assert str(error)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_a_report_or_a_sentence(data, is_after_a_header):
    data = ("Họ và tên;Điểm;Đơn vị\n".encode() if is_after_a_header else b"") + data
    try:
        read_entries(open_entries(lambda: read_content(data, "la.bin")), ASKED)
    except SheetError as error:
        assert str(error)


def test_answers_are_letters_texts_or_both_and_blank_cells_are_no_answer():
    entries = read(
        ["Họ và tên", "Đơn vị", "Câu 1", "Câu 2: Ở đâu?", "Câu 3"],
        ["An", "X", "a", "B. Công an xã", "A, C"], ["Chi", "X", "Một cửa", "công an  xã", "Một cửa; Trạm Y tế"],
        ["Sơn", "X", "", "C", "A"],
    )  # fmt: skip

    assert [(turn.entry.correct, turn.answers) for turn in entries.sheet.turns] == [
        (3, '{"1":["A"],"2":["B"],"3":["A","C"]}'),
        (3, '{"1":["A"],"2":["B"],"3":["A","C"]}'),
        (0, '{"2":["C"],"3":["A"]}'),
    ]


def test_an_unknown_choice_counts_as_wrong_and_is_reported_with_its_number():
    entries = read(
        ["Họ và tên", "Đơn vị", "Câu 1", "Câu 2", "Câu 3"],
        ["An", "X", "Hà Nội", "B", "A, C"], ["Chi", "X", "Hà Nội", "B", "D"], ["Sơn", "X", "A", "B", "A"],
    )  # fmt: skip

    assert [turn.entry.correct for turn in entries.sheet.turns] == [2, 1, 2]
    assert [note for note in entries.sheet.notes if note.startswith("Câu")] == [
        "Câu 1: “Hà Nội” (2 ô, đầu tiên là dòng 2) không phải phương án nào; tính là trả lời sai.",
        "Câu 3: “D” (1 ô: dòng 3) không phải phương án nào; tính là trả lời sai.",
    ]


def test_at_most_ten_unknown_choices_are_reported_one_by_one():
    rows = [["An", "X", f"lạ {at}", "B", "A, C"] for at in range(12)]

    entries = read(
        ["Họ và tên", "Đơn vị", "Câu 1", "Câu 2", "Câu 3"],
        *rows,
        ["Chi", "X", "A", "D", "A"],
        ["Sơn", "X", "A", "D", "A"],
        ["Tú", "X", "A", "B", "A"],
    )

    unknown = [note for note in entries.sheet.notes if "không phải phương án nào" in note]
    assert len(unknown) == 11
    assert unknown[-2:] == [
        "Câu 2: “D” (2 ô, đầu tiên là dòng 14) không phải phương án nào; tính là trả lời sai.",
        "… và 3 cách trả lời khác không phải phương án nào; tính là trả lời sai.",
    ]


def test_a_column_that_answers_another_question_altogether_is_refused():
    with pytest.raises(SheetError, match="Câu 1: không ô nào của cột “Câu 1” là phương án"):
        read(["Họ và tên", "Đơn vị", "Câu 1", "Câu 2", "Câu 3"], ["An", "X", "Hà Nội", "B", "A"])


def test_other_columns_beside_a_score_are_never_answers():
    entries = read(["Họ và tên", "Điểm", "Tổ", "Thôn", "Màu áo"], ["An", "2", "A", "B", "C"])

    assert [(turn.entry.correct, turn.answers) for turn in entries.sheet.turns] == [(2, "{}")]


def test_with_fewer_answers_than_questions_the_score_counts():
    entries = read(["Họ và tên", "Điểm", "Câu 1", "Câu 2"], ["An", "2", "A", "B"])

    assert [turn.answers for turn in entries.sheet.turns] == ["{}"]


def test_a_header_merged_down_and_across_is_read_from_a_workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["DANH SÁCH"], [], ["TT", "Người dự thi", None, None, "Đơn vị", "Kết quả", None],
        [None, "Họ và tên", "SĐT", "Năm sinh", None, "Điểm", "Thời gian làm bài"],
        [1, "Lò Thị Hòa", 912345678, 1985, "X", 3, "4:12"],
    ):  # fmt: skip
        sheet.append(row)
    for cells in ("A3:A4", "B3:D3", "E3:E4", "F3:G3"):
        sheet.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)

    table = open_entries(lambda: read_content(file.getvalue(), "gop.xlsx"))
    (turn,) = read_entries(table, ASKED).sheet.turns

    assert recognised_places(table, ASKED) == {"name": 1, "phone": 2, "birth": 3, "unit": 4, "score": 5, "duration": 6}
    assert (turn.number, turn.phone, turn.unit, turn.entry.duration_ms) == (5, "0912345678", "X", 252_000)


def test_a_signature_below_the_table_is_skipped_and_reported():
    entries = read(
        ["Họ và tên", "Đơn vị", "Điểm", "Dự đoán"], ["An", "X", "3", "9"], ["Tổng cộng", "", "3", ""],
        ["", "", "", "Lâm Bình, ngày 8 tháng 6"], ["", "", "", "Người lập biểu"],
    )  # fmt: skip

    assert (len(entries.sheet.turns), entries.sheet.errors) == (1, [])
    assert "Bỏ qua 2 dòng không có họ tên lẫn kết quả (đầu tiên là dòng 4)" in entries.sheet.notes[-1]


def test_a_name_without_a_letter_or_too_long_is_an_error():
    entries = read(["Họ và tên", "Điểm"], ["12345", "3"], ["A" * 101, "3"], ["H’Hen Niê", "3"])

    assert [error[0] for error in entries.sheet.errors] == [2, 3]


@pytest.mark.parametrize("name", ["Lò Văn 2", "Lò Văn Mẫu.", "Lò Vаn Mẫu", "L? V?n Mẫu", "Lê Thị Mẫu (tổ 3)", "ꡀ"])
def test_a_name_that_registration_refuses_is_an_error_of_its_row(name):
    entries = read(["Họ và tên", "Điểm"], ["Lò Thị Mẫu 🎉", "3"], [name, "3"])

    assert [turn.name for turn in entries.sheet.turns] == ["Lò Thị Mẫu"]
    assert [row for row, _ in entries.sheet.errors] == [3]
    assert name in entries.sheet.errors[0][1]


def test_a_csv_with_a_line_that_names_its_separator_is_read():
    text = io.StringIO()
    csv.writer(text, delimiter="|").writerows([["Họ và tên", "Điểm", "Đơn vị"], ["An", "3", "X, Y; Z"]])

    entries = read_entries(open_entries(lambda: read_content(b"sep=|\n" + text.getvalue().encode(), "a.csv")), ASKED)

    assert [turn.unit for turn in entries.sheet.turns] == ["X, Y; Z"]


KINDS = (date(2026, 6, 2), datetime(2026, 6, 2, 9), time(0, 4), timedelta(minutes=4), float("nan"), True)


@pytest.mark.parametrize("cell", KINDS, ids=[str(kind) for kind in KINDS])
def test_every_kind_of_cell_is_accepted(cell):
    entries = read([*(title for title in TITLES if title)], [cell] * len(TITLES), places={"name": 0, "score": 1})

    assert len(entries.sheet.turns) + len(entries.sheet.errors) == 1


def test_what_is_wrong_with_a_row_has_no_vietnamese_on_an_english_page():
    header = ["Họ và tên", "Số điện thoại", "Năm sinh", "Đơn vị", "Điểm", "Dự đoán"]
    rows = [
        ("", "0912345678", "1990", "a", 2, 5),
        ("Lò A", "", "1990", "b", 2, 5),
        ("Lò B", "0912345679", 1990, "c", 2, -5),
    ]
    with use("en"):
        sheet = read(header, *rows).sheet

    said = " ".join(text for _row, text in [*sheet.errors, *sheet.warnings])
    assert ("no name;" in said, "no phone number;" in said, "guess" in said) == (True, True, True)
    assert not re.search("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]", said)
