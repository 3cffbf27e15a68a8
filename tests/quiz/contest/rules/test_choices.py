"""Choices that refer to other choices keep the order of their question."""

import pytest

from quiz.contest.rules.choices import refer_to_others

REFERRING = [
    "Cả A và B",
    "cả a và b đều đúng",
    "A, B, C",
    "Phương án A và C",
    "Tất cả các ý trên",
    "Tất cả các phương án",
    "Tất cả đều đúng",
    "Cả ba phương án",
    "Cả hai",
    "Các trường hợp nêu trên",
    "Hai ý trên đều sai",
    "Đáp án khác",
    "Không có phương án nào đúng",
    "Không phải ý nào",
]
PLAIN = [
    "Trên 18 tuổi",
    "15 ngày làm việc",
    "Điểm a khoản 2 Điều 5",
    "Ủy ban nhân dân cấp xã",
    "Tất cả công dân",
    "Vitamin C",
    "Mẫu A4",
    "Nghị định 61/2018/NĐ-CP",
    "Cả nước",
    "",
]


@pytest.mark.parametrize("text", REFERRING)
def test_a_choice_that_names_others_keeps_its_question_in_order(text: str) -> None:
    assert refer_to_others(["Một ngày", text])


@pytest.mark.parametrize("text", [text for text in PLAIN if text != "Vitamin C"])
def test_a_choice_that_speaks_for_itself_may_be_moved(text: str) -> None:
    assert not refer_to_others(["Một ngày", text])


def test_a_doubtful_letter_keeps_the_order() -> None:
    assert refer_to_others(["Vitamin C", "Vitamin B1"])


def test_no_choices_refer_to_none() -> None:
    assert not refer_to_others([])
