"""Questions as an organiser pastes them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.bank.rules.text_form import questions_as_text, read_text
from quiz.contest.operations.contest import QuestionsFrozen, set_questions
from quiz.contest.operations.questions import parsed_of_round
from tests.factories import make_account, make_contest, make_questions
from tests.support.staff import enter, send

TEXT = """Câu 1. Bộ phận Một cửa làm việc gì?
*A. Tiếp nhận hồ sơ và trả kết quả
B) Thu thuế
Căn cứ: Nghị định 61/2018/NĐ-CP

2) Có mấy mức đánh giá?
a. Ba
*b. Năm
"""


def read(text):
    parsed = read_text(text)
    assert not parsed.errors, [problem.reason for problem in parsed.errors]
    return parsed.questions


def mistakes(text):
    return [str(problem.reason) for problem in read_text(text).errors]


def choices(question):
    return [(choice.letter, choice.text, choice.is_right) for choice in question.choices]


def test_pasted_text_is_read_as_questions():
    first, second = read(TEXT)

    assert first.text == "Bộ phận Một cửa làm việc gì?"
    assert choices(first) == [("A", "Tiếp nhận hồ sơ và trả kết quả", True), ("B", "Thu thuế", False)]
    assert first.source == "Nghị định 61/2018/NĐ-CP"
    assert choices(second)[1] == ("B", "Năm", True)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", "Chưa có câu hỏi nào"),
        ("A. Ba\n*B. Năm", "thiếu lời câu hỏi"),
        ("Hỏi gì?\n*A. Ba", "ít nhất hai phương án"),
        ("Hỏi gì?\n*A. Ba\nA. Năm", "mỗi phương án một chữ cái"),
        ("Hỏi gì?\nA. Ba\nB. Năm", "chưa có đáp án"),
        ("Hỏi gì?\n*A. Ba\nB. Năm\nlời lạc", "không hiểu dòng “lời lạc”"),
        ("Ở đâu?\n*A. Bộ phận Một cửa\nB. bộ phận  một cửa", "Câu 1: có hai phương án giống nhau"),
        ("Ở đâu?\n*A. Hoà\nB. Xã\n\nở đâu?\n*A. Xã\nB. Hòa", "Câu 2: trùng với câu 1"),
    ],
)
def test_a_mistake_is_named_with_its_question(text, mistake):
    (found,) = mistakes(text)

    assert mistake in found


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    parsed = read_text(text)

    assert parsed.errors or all(len(question.choices) >= 2 and question.key for question in parsed.questions)


def test_the_text_for_editing_reads_back_the_same(session):
    round = make_contest(session, questions=3).rounds[0]

    again = read(questions_as_text(parsed_of_round(round)))

    assert [(each.text, len(each.choices), each.explanation) for each in again] == [
        (f"Câu hỏi số {number}?", 3, "Căn cứ số 1") for number in (1, 2, 3)
    ]


def test_questions_are_frozen_once_the_round_has_opened(session):
    round = make_contest(session).rounds[0]

    with pytest.raises(QuestionsFrozen):
        set_questions(session, round, make_questions(1), now=round.opens_at)


def test_lines_that_begin_with_cau_part_the_questions_and_blank_lines_mean_nothing():
    text = "BỘ CÂU HỎI\n\nCâu hỏi 1: Có mấy mức?\n\nA. Ba\n\n*B. Năm\nCâu 2\nAi trả kết quả?\n*A. Quầy\n\nB. Không ai"

    first, second = read(text)

    assert (first.text, second.text) == ("Có mấy mức?", "Ai trả kết quả?")
    assert [len(question.choices) for question in (first, second)] == [2, 2]


def test_a_question_that_only_speaks_of_an_article_keeps_its_words():
    (question,) = read("Câu 5 trong bản cam kết nói gì?\n*A. Đúng hẹn\nB. Trễ hẹn")

    assert question.text == "Câu 5 trong bản cam kết nói gì?"


@pytest.mark.parametrize(
    ("line", "right"),
    [("Đáp án: A", "A"), ("đáp án: a, C.", "AC"), ("Đáp án đúng: B. Sai", "B"), ("Đáp án: A và C", "AC")],
)
def test_an_answer_line_marks_the_right_choices(line, right):
    (question,) = read(f"Hỏi gì?\nA. Đúng\nB. Sai\nC. Cũng đúng\n{line}")

    assert "".join(sorted(question.key)) == right


def test_the_same_words_with_other_choices_are_another_question():
    assert len(read("Ý nào đúng?\n*A. Ba\nB. Năm\n\nÝ nào đúng?\n*A. Bốn\nB. Sáu")) == 2


@pytest.mark.parametrize("gap", ["   ", "\t", "  \t "])
def test_two_choices_on_one_line_are_two_choices(gap):
    (question,) = read(f"Dùng ứng dụng nào?\n*A. VNeID{gap}B. Zalo\nC. Khác")

    assert choices(question) == [("A", "VNeID", True), ("B", "Zalo", False), ("C", "Khác", False)]


@pytest.mark.parametrize(("line", "mistake"), [("Đáp án: D", "đáp án D không có"), ("Đáp án: B", "không khớp nhau")])
def test_an_answer_line_that_can_not_be_is_a_mistake(line, mistake):
    assert any(mistake in found for found in mistakes(f"Hỏi gì?\n*A. Đúng\nB. Sai\n{line}"))


def test_every_mistake_is_reported():
    found = mistakes("\n\n".join(f"Hỏi {at}?\nA. Ba\nB. Năm" for at in range(7)))

    assert [each[:5] for each in found] == [f"Câu {number}" for number in range(1, 8)]


def test_questions_with_mistakes_are_shown_again_and_nothing_is_saved(session, client):
    contest = make_contest(session, questions=0, first_day=date(2100, 1, 4))
    account = make_account(session, unit=contest.unit)
    session.commit()
    enter(client, account)
    page = f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1/cau-hoi"

    wrong = send(client, page, text="Hỏi gì?\nA. Ba\nB. Năm")
    right = send(client, page, text="Hỏi gì?\nA. Ba\nB. Năm\nĐáp án: B")

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "Câu 1: chưa có đáp án" in wrong.text


def test_several_right_answers_are_reported_when_the_questions_are_saved(session, client):
    contest = make_contest(session, questions=0, first_day=date(2100, 1, 4))
    account = make_account(session, unit=contest.unit)
    session.commit()
    page = f"/quan-tri/cuoc-thi/{contest.slug}/tuan/1/cau-hoi"

    saved = send(enter(client, account), page, text="Một?\n*A. Ba\nB. Năm\n\nHai?\n*A. Ba\n*B. Năm")
    shown = client.get(saved.location).text

    assert "Đã lưu 2 câu hỏi. Câu 2 có nhiều phương án đúng" in shown


def test_a_line_names_the_topic_of_a_question():
    text = "Câu 1. Hỏi gì?\n*A. Một\nB. Hai\nCăn cứ: Luật\nChủ đề: Đất đai\n\nCâu 2. Hỏi nữa?\n*A. Ba\nB. Bốn"

    first, second = read(text)

    assert (first.topic, first.source, second.topic) == ("Đất đai", "Luật", "")
    assert questions_as_text([first, second]) == text


def test_a_topic_that_is_too_long_is_named():
    assert mistakes(f"Hỏi gì?\n*A. Một\nB. Hai\nChủ đề: {'x' * 81}") == ["Câu 1: tên chủ đề dài quá 80 chữ."]
