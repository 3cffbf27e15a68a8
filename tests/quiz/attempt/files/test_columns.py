"""Headers: the meaning of a column by its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.files.columns import Meaning, best_header, read_columns

GOOGLE = [
    "Dấu thời gian", "Địa chỉ email", "Điểm số", "Họ và tên", "Số điện thoại", "Năm sinh",
    "Đơn vị dự thi / Xã, thị trấn", "Câu 1: Số điện thoại đường dây nóng là số nào?",
    "Câu 1: Số điện thoại đường dây nóng là số nào? [Điểm số]", "Câu 2. Bộ phận Một cửa ở đâu?",
    "Câu 3: Dự đoán số người trả lời đúng",
]  # fmt: skip
CELLS = st.none() | st.booleans() | st.floats() | st.text(max_size=30) | st.datetimes() | st.times()


def meanings(header: list[str]) -> dict[str, str]:
    columns = read_columns(header)
    return {meaning.value: header[place] for meaning, place in columns.places.items()}


def test_a_google_form_is_understood() -> None:
    assert meanings(GOOGLE) == {
        "submitted": "Dấu thời gian",
        "score": "Điểm số",
        "name": "Họ và tên",
        "phone": "Số điện thoại",
        "birth": "Năm sinh",
        "unit": "Đơn vị dự thi / Xã, thị trấn",
        "guess": "Câu 3: Dự đoán số người trả lời đúng",
    }


def test_questions_keep_their_numbers_for_any_words() -> None:
    assert read_columns(GOOGLE).questions == ((7, 1), (9, 2))


def test_a_microsoft_form_is_understood() -> None:
    header = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Total points",
        "Họ tên",
        "SĐT",
        "Đơn vị công tác",
    ]

    assert meanings(header) == {
        "started": "Start time",
        "submitted": "Completion time",
        "score": "Total points",
        "name": "Họ tên",
        "phone": "SĐT",
        "unit": "Đơn vị công tác",
    }


@pytest.mark.parametrize(
    ("title", "meaning"),
    [
        ("HỌ TÊN", Meaning.NAME),
        ("Full name", Meaning.NAME),
        ("Họ và tên (ghi đúng theo CCCD)", Meaning.NAME),
        ("1. Họ và tên", Meaning.NAME),
        ("Họ và tên (ghi đầy đủ, có dấu, viết hoa chữ cái đầu của mỗi tiếng)", Meaning.NAME),
        ("Họ và tên của bạn là gì?", Meaning.NAME),
        ("Câu 2: Số điện thoại", Meaning.PHONE),
        ("Chức vụ, đơn vị công tác", Meaning.UNIT),
        ("Điện thoại liên hệ", Meaning.PHONE),
        ("Phone number", Meaning.PHONE),
        ("Xã/phường", Meaning.UNIT),
        ("Số câu trả lời đúng", Meaning.SCORE),
        ("Số câu đúng", Meaning.SCORE),
        ("Theo bạn, có bao nhiêu người trả lời đúng tất cả các câu hỏi?", Meaning.GUESS),
        ("Số người trả lời đúng", Meaning.GUESS),
        ("Thời gian làm bài (giây)", Meaning.DURATION),
        ("T/g làm bài", Meaning.DURATION),
        ("TG làm bài", Meaning.DURATION),
        ("Thời gian hoàn thành", Meaning.TIME),
        ("Thời gian nộp bài", Meaning.SUBMITTED),
        ("Ngày, tháng, năm sinh", Meaning.BIRTH),
    ],
)
def test_a_title_is_recognised_by_its_words(title: str, meaning: Meaning) -> None:
    assert read_columns([title]).places == {meaning: 0}


@pytest.mark.parametrize(
    "title",
    ["Câu 4: Đơn vị nào chủ trì?", "5. Điểm số tối đa của bộ chỉ số cải cách hành chính cấp xã", "Câu 6", "Câu 7: Xã?"],
)
def test_a_question_of_the_contest_is_no_label(title: str) -> None:
    columns = read_columns(["Họ và tên", "Đơn vị", "Điểm số", title])

    assert [place for place, _ in columns.questions] == [3]


def test_the_header_is_found_below_titles() -> None:
    rows = [["SỞ NỘI VỤ"], [], ["DANH SÁCH", None], ["STT", "Họ và tên", "Điểm"], [1, "An", 9], [2, "Chi", 8]]

    columns, end = best_header(rows)

    assert columns is not None and columns.places[Meaning.SCORE] == 2
    assert end == 4


def test_answers_merged_over_their_questions_are_read_from_both_rows() -> None:
    rows = [
        ["TT", "Họ và tên", "Đơn vị", "Trả lời", None, None],
        [None, None, None, "Câu 1", "Câu 2", "Câu 3"],
        [1, "An", "X", "A", "B", "C"],
    ]

    columns, end = best_header(rows)

    assert columns is not None and columns.questions == ((3, 1), (4, 2), (5, 3))
    assert end == 2


def test_a_sheet_without_names_has_no_header() -> None:
    assert best_header([["Mặt hàng", "Giá"], ["Gạo", 20]])[0] is None


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_no_cells_break_the_search_for_a_header(rows) -> None:
    columns, end = best_header(rows)

    assert (columns is None) == (end == 0)
