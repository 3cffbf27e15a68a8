"""Answer keys as offices write them, and answers as forms store them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sheets.cells import SheetError
from quiz.attempt.files.guesses import read_guess
from quiz.attempt.files.marks import mark_answers, read_scores
from quiz.bank.files.answer_key import SheetQuestion, parse_key, read_key

WORDS = st.text(alphabet=st.characters(exclude_categories=[]), max_size=12) | st.text(alphabet="ABCD ,.;", max_size=8)


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        (["1 A", "2 B"], ["A", "B"]),
        (["Câu 2: B", "Câu 1: A,C"], ["A,C", "B"]),
        (["1A", "2) b"], ["A", "b"]),
        (["Câu, Đáp án", "1 A", "2 B. Một cửa"], ["A", "B. Một cửa"]),
        (["ABCDA"], ["A", "B", "C", "D", "A"]),
        (["A, B, C"], ["A", "B", "C"]),
        (["A", "B", "A,C"], ["A", "B", "A,C"]),
        (["Câu 1: 15 ngày làm việc", "Câu 2: Trung tâm"], ["15 ngày làm việc", "Trung tâm"]),
        (["15 ngày làm việc", "Trung tâm"], ["15 ngày làm việc", "Trung tâm"]),
    ],
)
def test_a_key_is_read_however_it_is_laid_out(lines: list[str], key: list[str]) -> None:
    assert parse_key(lines) == key


@pytest.mark.parametrize(
    "text",
    [
        '1,A\n2,B\n3,"A, C"\n',
        "Câu;Đáp án\n1;A\n2;B\n3;A, C\n",
        "1 A\n2 B\n3 A, C\n",
        "Câu 1: A\nCâu 2: B\nCâu 3: A,C",
    ],
)
def test_a_key_file_is_text_or_a_sheet_of_two_columns(tmp_path, text: str) -> None:
    (tmp_path / "dap-an.csv").write_text(text, encoding="utf-8")

    assert read_key(tmp_path / "dap-an.csv") == ["A", "B", "A, C"]


def test_one_line_of_letters_with_commas_is_a_key(tmp_path) -> None:
    (tmp_path / "dap-an.txt").write_text("A,B,C,D\n", encoding="utf-8")

    assert read_key(tmp_path / "dap-an.txt") == ["A", "B", "C", "D"]


def test_an_empty_key_is_refused(tmp_path) -> None:
    (tmp_path / "dap-an.txt").write_text(",,\n", encoding="utf-8")

    with pytest.raises(SheetError, match="không có câu nào"):
        read_key(tmp_path / "dap-an.txt")


def test_a_letter_a_labelled_text_and_the_text_alone_are_one_answer() -> None:
    assert mark_answers([["A", "a.", "A. Một cửa", "một  cửa", "B", ""]], ["A"]).correct == [1, 1, 1, 1, 0, 0]


def test_a_key_in_words_marks_words_and_letters() -> None:
    assert mark_answers([["A. Một cửa", "MỘT CỬA", "B. Xã"]], ["Một cửa"]).correct == [1, 1, 0]


@pytest.mark.parametrize(
    "cell",
    [
        "\uff21",
        "\u0410",
        "(A)",
        "[a]",
        "A)",
        " A . ",
        "“A”",
        "Đáp án A",
        "Chọn: a",
        "(A) Một cửa",
        "A – Một cửa",
        "\u0410. Xã",
    ],
)
def test_a_letter_is_read_in_every_shape(cell: str) -> None:
    marks = mark_answers([[cell, "B"]], ["A"])

    assert (marks.correct, marks.doubts) == ([1, 0], [])


@pytest.mark.parametrize("cell", ["2", "Ă", "x", "?", "A hoặc B", "Ba"])
def test_a_cell_that_is_no_letter_is_reported_beside_letters(cell: str) -> None:
    marks = mark_answers([["A", cell]], ["A"])

    assert marks.correct == [1, 0]
    assert marks.doubts == [(1, f"câu 1: không đọc được “{cell}”; tính là trả lời sai.")]


def test_a_blank_and_a_dash_are_no_answers() -> None:
    assert mark_answers([["A", "", "-", "…"]], ["A"]).doubts == []


def test_letters_cannot_mark_a_column_of_digits() -> None:
    with pytest.raises(SheetError, match="Câu 1: đáp án là chữ cái .* mà ghi “1”"):
        mark_answers([["1", "2", "4"]], ["A"])


def test_a_key_in_words_that_no_cell_has_is_doubted() -> None:
    assert mark_answers([["Một cửa", "Xã"]], ["Mọt cửa"]).notes == [
        "Câu 1: không ô nào ghi đáp án “Mọt cửa”; hãy xem lại đáp án."
    ]


def test_and_between_letters_is_no_letter() -> None:
    assert mark_answers([["A and C", "A, C, D", "A và C", "a va c"]], ["A, C"]).correct == [1, 0, 1, 1]


def test_a_text_of_a_choice_is_no_run_of_letters() -> None:
    assert SheetQuestion(1, "A", ["ba"], ["A. Ba", "B. Hai"]).read("ba") == {"A"}


def test_a_line_of_full_width_letters_is_a_key() -> None:
    assert parse_key(["\uff21\uff22\uff23"]) == ["A", "B", "C"]


def test_several_options_are_a_set() -> None:
    cells = ["C, A", "AC", "A. Hồ sơ, C. Phí", "A", "A, B, C"]

    assert mark_answers([cells], ["A,C"]).correct == [1, 1, 1, 0, 0]


def test_several_options_in_words_are_a_set() -> None:
    assert mark_answers([["Phí, Hồ sơ", "Hồ sơ"]], ["Hồ sơ; Phí"]).correct == [1, 0]


def test_letters_cannot_mark_a_column_of_words() -> None:
    with pytest.raises(SheetError, match="Câu 1"):
        mark_answers([["Một cửa", "Công an"]], ["A"])


@pytest.mark.parametrize(
    ("cell", "score"), [("8 / 10", 8), ("8/10", 8), (8.0, 8), ("8", 8), ("8 câu", 8), ("8.5", None), ("", None)]
)
def test_a_score_is_read_with_or_without_its_denominator(cell: object, score: int | None) -> None:
    assert read_scores([cell, "1 / 10"], None).correct[0] == score


def test_the_number_of_questions_is_the_usual_denominator() -> None:
    assert read_scores(["8 / 10", "9 / 10", "7 / 9"], None).questions == 10


def test_points_are_scaled_to_the_number_of_questions() -> None:
    marks = read_scores(["80 / 100", "85 / 100"], 10)

    assert marks.correct == [8, None]
    assert marks.notes == [
        "Điểm ghi trên 100 mà cuộc thi có 10 câu: đã đổi ra số câu đúng, ví dụ “80 / 100” là 8 câu. "
        "Hãy xem lại số câu hỏi."
    ]


@pytest.mark.parametrize(
    ("questions", "cells", "correct"),
    [
        (None, ["20/20", "20/20", "25/25", "20/25", "18"], [20, 20, None, None, 18]),
        (20, ["20/20", "25/25"], [20, None]),
        (10, ["80/100", "90/100", "9/10", "9"], [8, 9, 9, None]),
    ],
)
def test_a_score_of_another_denominator_is_none(questions, cells, correct) -> None:
    marks = read_scores(cells, questions)

    assert marks.correct == correct
    assert marks.reasons.keys() == {at for at, score in enumerate(correct) if score is None}


@pytest.mark.parametrize(
    ("cell", "guess"),
    [("3914", 3914), ("3.914", 3914), (3914.0, 3914), ("3 914 người", 3914), ("-5", None), ("1e30", None), ("", None)],
)
def test_a_guess_is_read_as_people_write_it(cell: object, guess: int | None) -> None:
    assert read_guess(cell) == guess


@given(st.lists(WORDS.map(str.strip).filter(bool), min_size=1, max_size=5))
def test_any_lines_are_a_key_or_refused(lines: list[str]) -> None:
    try:
        key = parse_key(lines)
    except SheetError:
        return

    assert key


@given(st.lists(WORDS, min_size=1, max_size=5), WORDS.filter(bool))
def test_any_answers_can_be_marked_by_any_key_or_are_refused(cells: list[str], answer: str) -> None:
    try:
        marks = mark_answers([cells], [answer]).correct
    except SheetError:
        return

    assert all(mark in (0, 1) for mark in marks)


@given(st.lists(st.none() | st.booleans() | st.floats() | st.datetimes() | WORDS, max_size=5), st.none() | st.just(10))
def test_no_cell_breaks_the_reader_of_scores_or_guesses(cells, questions) -> None:
    marks = read_scores(cells, questions)

    assert all((score is None) == (index in marks.reasons) for index, score in enumerate(marks.correct))
    assert all(read_guess(cell) is None or read_guess(cell) >= 0 for cell in cells)
