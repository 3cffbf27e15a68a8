"""Choices that stand in one cell of a table: with letters, as a list, or a line each; else refused at their row."""

import csv
import io

import pytest

from core.sheets.cells import SheetError
from core.sheets.reading import read_content
from quiz.bank.files.grid import read_question_sheets

HEADER = ("STT", "Câu hỏi", "Phương án", "Đáp án")


def read(*rows, header=HEADER):
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([header, *rows])
    return read_question_sheets(read_content(out.getvalue().encode("utf-8-sig"), "cau-hoi.csv"))


def written(parsed):
    return [[("*" if each.is_right else "") + each.text for each in question.choices] for question in parsed.questions]


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ("- Chợ\n- Quầy\n- Trạm", "B"),
        ("- Chợ\n- Quầy\n- Trạm", "Quầy"),
        ("• Chợ\n• Quầy\n• Trạm", "B"),
        ("1. Chợ\n2. Quầy\n3. Trạm", "2"),
        ("A. Chợ\nB. Quầy\nC. Trạm", "B"),
        ("A. Chợ B. Quầy C. Trạm", "B"),
        ("Chợ\nQuầy\nTrạm", "B"),
        ("- Chợ\n- *Quầy\n- Trạm", ""),
    ],
)
def test_choices_in_one_cell_are_read(options, key):
    parsed = read((1, "Ai tiếp nhận hồ sơ?", options, key), (2, "Ở đâu trả kết quả?", options, key))

    assert (written(parsed), parsed.errors) == ([["Chợ", "*Quầy", "Trạm"]] * 2, [])


def test_one_question_is_enough():
    assert written(read((1, "Ai?", "- Chợ\n- Quầy", "B"))) == [["Chợ", "*Quầy"]]


def test_a_choice_may_go_on_in_the_next_line():
    parsed = read((1, "Ai?", "- Trung tâm phục vụ\nhành chính công\n- Chợ", "A"))

    assert written(parsed) == [["*Trung tâm phục vụ hành chính công", "Chợ"]]


@pytest.mark.parametrize("options", ["- Chợ - Quầy - Trạm", "Chợ; Quầy; Trạm"])
def test_choices_that_run_on_are_refused_at_their_row(options):
    parsed = read((1, "Ai?", "- Chợ\n- Quầy", "B"), (2, "Ở đâu?", options, "B"))

    [error] = parsed.errors
    assert str(error.place.words) == "dòng 3"
    assert str(error.reason).startswith(f"các phương án viết liền một dòng (“{options}”); xin xuống dòng")


def test_a_table_with_columns_of_choices_and_no_key_is_still_refused_for_its_columns():
    with pytest.raises(SheetError, match="Đáp án"):
        read((1, "Ai?", "Chợ", "Quầy"), header=("STT", "Câu hỏi", "Phương án A", "Phương án B"))
