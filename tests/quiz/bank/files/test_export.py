"""Exported questions read back to the same questions."""

import pytest

from quiz.bank.files.export import EXPORTS
from quiz.bank.files.formats import read_questions_file
from quiz.bank.rules.parsed import ParsedQuestion, lettered

QUESTIONS = [
    ParsedQuestion("Trung tâm làm việc gì?", lettered(["Thu thuế", "Trả kết quả"], {1}), source="NĐ 118/2025/NĐ-CP"),
    ParsedQuestion(
        "Giấy tờ nào {dùng} được = ~ # : khi đăng nhập\\?",
        lettered(["VNeID", "Thẻ căn cước", "Hộ chiếu", "Giấy khai"], {0, 1}),
        "Hai giấy: cả hai.",
        "Điều 5, khoản 2",
        "Định danh",
        4,
    ),
    ParsedQuestion(
        "Bao nhiêu ngày?", lettered(["-1", "=3", "A, C", "Ba", "5 %", "@7", "+8", "1. 9"], {2}), topic="Một cửa"
    ),
    ParsedQuestion("Luật số 10/2022/QH15 có mấy chương?", lettered(["6", "7", "8"], {2}), difficulty=1),
]


def facts(question, *, with_level=True):
    said = (question.text, question.choices, question.explanation, question.source, question.topic)
    return (*said, question.difficulty if with_level else None)


@pytest.mark.parametrize("kind", list(EXPORTS))
def test_an_export_reads_back_to_the_same_questions(kind):
    has_levels = kind != "gift"

    parsed = read_questions_file(EXPORTS[kind][1](QUESTIONS, {}), f"cau-hoi.{kind}").parsed

    assert [(each.place.words, each.reason) for each in parsed.errors] == []
    assert [facts(each, with_level=has_levels) for each in parsed.questions] == [
        facts(each, with_level=has_levels) for each in QUESTIONS
    ]


@pytest.mark.parametrize("kind", list(EXPORTS))
def test_no_questions_are_a_file_too(kind):
    assert EXPORTS[kind][1]([], {}) is not None
