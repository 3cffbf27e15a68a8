"""Questions as offices write them, and everything that they may do to say which choice is right."""

import pytest

from quiz.bank.rules.checks import check_questions
from quiz.bank.rules.lines import TextLine, TextMark
from quiz.bank.rules.parsed import Place
from quiz.bank.rules.text_form import questions_as_text, read_text
from quiz.bank.rules.written import read_written


def keys(text):
    parsed = read_text(text)
    assert not parsed.errors, [problem.reason for problem in parsed.errors]
    return ["".join(sorted(question.key)) for question in parsed.questions]


def found(text):
    return [(problem.place.words, str(problem.reason)) for problem in read_text(text).errors]


CHOICES = "A. Một\nB. Hai\nC. Ba"


@pytest.mark.parametrize(
    "text",
    [
        "Câu 1. Hỏi?\nA. Một\n*B. Hai\nC. Ba",
        "Câu 1: Hỏi?\nA) Một\nB)* Hai *\nC) Ba",
        "1. Hỏi?\n(A) Một\n(B) Hai\n(C) Ba\nĐáp án B",
        "1/ Hỏi?\na/ Một\nb/ Hai\nc/ Ba\n=> B",
        "1) Hỏi?\nA- Một\nB - Hai\nC - Ba\nĐáp án: Hai",
        "Câu hỏi 1: Hỏi?\nA. Một B. Hai C. Ba\nĐáp án đúng là: b.",
        "Câu 1 (0,5 điểm). Hỏi?\nA. Một\tB. Hai\tC. Ba => B",
        "Câu 1. Hỏi? A. Một B. Hai (đúng) C. Ba",
        "Hỏi?\nA. Một\nB. Hai ✓\nC. Ba",
        f"Câu 1. Hỏi?\n{CHOICES}\n\nĐÁP ÁN\n1. B",
        f"Câu 1. Hỏi? (Đáp án: B)\n{CHOICES}",
        f"Câu 1. Hỏi?\n{CHOICES}\nĐáp án: B (Điều 5)",
        f"Câu 1. Hỏi?\n{CHOICES}\nTrả lời: B. Hai",
    ],
)
def test_the_key_is_read_however_it_is_written(text):
    assert keys(text) == ["B"]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("B. Hai", ""),
        ("B (Điều 5)", "Điều 5"),
        ("B. Theo Điều 5 Luật Cư trú", "Theo Điều 5 Luật Cư trú"),
        ("B vì luật quy định như vậy", "vì luật quy định như vậy"),
        ("B - khoản 2 Điều 5", "khoản 2 Điều 5"),
        ("B, C", ""),
    ],
)
def test_words_beside_an_answer_are_its_explanation(answer, why):
    (question,) = read_text(f"Cau 1. Hỏi?\n{CHOICES}\nĐáp án: {answer}").questions

    assert question.explanation == why
    assert "B" in question.key


def test_a_table_of_keys_at_the_end_names_each_question():
    text = f"Câu 1. Một?\n{CHOICES}\nCâu 2. Hai?\n{CHOICES}\nCâu 3. Ba?\n{CHOICES}\nBẢNG ĐÁP ÁN\n1. A  2-C  3B"

    assert keys(text) == ["A", "C", "B"]


def test_a_table_of_keys_that_contradicts_a_question_is_an_error():
    text = f"Câu 1. Một?\n{CHOICES}\nĐáp án: B\n\nĐáp án\n1. A 2. C"

    assert found(text) == [
        ("dòng 1", "Câu 1: bảng đáp án ghi A, còn ở câu hỏi là B."),
        ("dòng 8", "Bảng đáp án có câu 2, mà đề không có câu ấy."),
    ]


def test_a_list_in_a_question_is_no_choice_and_no_question():
    parsed = read_text(
        "1. Gồm những gì?\n1. ý một\n2. ý hai\nA. Cả hai\n*B. Một\n2. Ai?\na) ông\nb) bà\nA. a và b\n*B. a"
    )

    assert [question.text for question in parsed.questions] == ["Gồm những gì? 1. ý một 2. ý hai", "Ai? a) ông b) bà"]
    assert not parsed.errors


def test_a_choice_may_go_on_in_the_next_line():
    (question,) = read_text("Hỏi?\nA. Tiếp nhận và trả kết\nquả cho người dân\n*B. Khác").questions

    assert question.choices[0].text == "Tiếp nhận và trả kết quả cho người dân"


def test_the_name_of_a_district_is_no_choice():
    (question,) = read_text("Câu 1. Trụ sở của\nH. Lâm Bình ở đâu?\n*A. Lăng Can\nB. Xuân Lập").questions

    assert (question.text, len(question.choices)) == ("Trụ sở của H. Lâm Bình ở đâu?", 2)


def test_lines_of_no_question_are_named_and_left_out():
    parsed = read_text(f"BỘ CÂU HỎI\nCâu 1. Một?\n{CHOICES}\nĐáp án: A\nPHẦN II. ĐẤT ĐAI\nCâu 2. Hai?\n{CHOICES} *")

    assert [str(each.reason) for each in parsed.warnings] == [
        "Không đưa vào dòng “BỘ CÂU HỎI”, vì không thuộc câu nào.",
        "Không đưa vào dòng “PHẦN II. ĐẤT ĐAI”, vì không thuộc câu nào.",
    ]
    assert [question.text for question in parsed.questions] == ["Một?", "Hai?"]


def test_a_number_that_is_missing_is_reported():
    parsed = read_text(f"Câu 1. Một?\n*{CHOICES}\nCâu 3. Ba?\n*{CHOICES}")

    assert str(parsed.warnings[0].reason).startswith("Sau câu 1 là câu 3: có thể sót câu")


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("Câu 1. Hỏi?\nA. Một\nC. Ba\nĐáp án: A", "dòng 1", "Câu 1: thiếu phương án B."),
        ("Câu 1. Hỏi?\nA. Một\nB. Hai\nĐáp án: không rõ", "dòng 4", "Câu 1: không hiểu đáp án “không rõ”"),
        ("Câu 1. Hỏi?\nA.\nB. Hai\nĐáp án: B", "dòng 1", "Câu 1: phương án A không có nội dung."),
        ("Câu 1. Hỏi?\n*A. Một\nB. Hai\nMức độ: hơi khó", "dòng 4", "Câu 1: không hiểu mức độ “hơi khó”"),
        ("Câu 1. Hỏi?\nB. Một\nCâu 2. Nữa?\n*A. Một\nB. Hai", "dòng 1", "Câu 1: cần ít nhất hai phương án"),
    ],
)
def test_a_mistake_has_its_place(text, place, reason):
    where, why = found(text)[0]

    assert where == place
    assert why.startswith(reason)


def test_several_right_choices_are_asked_for_all_and_said():
    parsed = read_text(f"Câu 1. Hỏi?\n{CHOICES}\nĐáp án: A và C\nGiải thích: vì\nnhư vậy\nCăn cứ: Điều 5\nMức độ: khó")
    (question,) = parsed.questions

    assert question.key == {"A", "C"}
    assert (question.explanation, question.source, question.difficulty) == ("vì như vậy", "Điều 5", 4)
    assert "phải chọn đủ" in str(parsed.warnings[0].reason)


def marked(*rows):
    """Lines whose letters all have one mark."""
    lines = [TextLine(text, Place(at), (int(mark),) * len(text)) for at, (text, mark) in enumerate(rows, start=1)]
    return check_questions(read_written(lines))


@pytest.mark.parametrize("mark", list(TextMark))
def test_the_choice_that_looks_different_is_the_key(mark):
    parsed = marked(("Câu 1. Hỏi?", TextMark.BOLD), ("A. Một", 0), ("B. Hai", mark), ("C. Ba", 0))

    assert parsed.questions[0].key == {"B"}
    assert not parsed.problems


def test_two_choices_that_look_different_in_two_ways_are_no_key():
    parsed = marked(("Câu 1. Hỏi?", 0), ("A. Một", TextMark.BOLD), ("B. Hai", TextMark.UNDERLINE), ("C. Ba", 0))

    assert [str(each.reason) for each in parsed.errors] == [
        "Câu 1: không rõ đáp án: B gạch chân, A in đậm. Xin thêm dòng “Đáp án: A”."
    ]


def test_a_choice_that_stands_out_against_the_answer_line_is_to_be_looked_at():
    parsed = marked(("Câu 1. Hỏi?", 0), ("A. Một", TextMark.BOLD), ("B. Hai", 0), ("Đáp án: B", 0))

    assert parsed.questions[0].key == {"B"}
    assert "phương án A được làm nổi (in đậm)" in str(parsed.warnings[0].reason)


WEEKS = """BỘ CÂU HỎI
TUẦN 1
Câu 1. Một?
A. x
B. y
Câu 2. Đợt nào?
Đợt 1: từ tháng 1
A. x
B. y
{first}
Vòng thứ hai (từ ngày 08/6)
Câu 1. Ba?
A. x
B. y
{second}"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Đáp án: 1.A 2.B", "ĐÁP ÁN\n1.B"),
        ("ĐÁP ÁN TUẦN 1: 1A 2B", "ĐÁP ÁN TUẦN 2: 1B"),
        ("", "ĐÁP ÁN\nTuần 1\n1A 2B\nTuần 2\n1B"),
        ("", "Tuần 1: 1A 2B\nTuần 2: 1B"),
    ],
)
def test_headings_name_the_week_of_questions_and_of_their_keys(first, second):
    parsed = read_text(WEEKS.format(first=first, second=second))

    assert not parsed.errors, [each.reason for each in parsed.errors]
    assert [(each.week, *sorted(each.key)) for each in parsed.questions] == [(1, "A"), (1, "B"), (2, "B")]
    assert parsed.questions[1].text == "Đợt nào? Đợt 1: từ tháng 1"
    assert len(parsed.warnings) == 1


def test_weeks_stay_in_the_text_that_is_edited():
    parsed = read_text(WEEKS.format(first="1A 2B", second="").replace("B. y\n\n", "B. y\n") + "\n*C. z")

    assert [each.week for each in read_text(questions_as_text(parsed.questions)).questions] == [1, 1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "Bài 1. Hỏi?\nA. Một\nB. Hai\nĐáp án: câu B",
        "Câu 1. Hỏi?\nPhương án A: Một\nPhương án B: Hai\nĐáp án: Phương án B",
        "Câu 1. Hỏi?\nA. Một\nB. Hai. Đáp án: B",
        "Câu 1. Hỏi?\nA. Một\nB. Hai\n(Đáp án: B)",
        "Câu 1. Hỏi?\nA. Một\nB. Hai\nĐ/a B",
        "**Câu 1.** Hỏi?\nA. Một\n**B. Hai**",
        "Câu 1. Hỏi?\n\u0410. Một\n\u0412. Hai\n\u00d0áp án: \u0412",
        "Câu 1. Hỏi?\nＡ．Một\nＢ．Hai\nĐáp án: Ｂ",
    ],
)
def test_ways_of_offices_that_were_not_read_before(text):
    parsed = read_text(text)

    assert not parsed.errors, [each.reason for each in parsed.errors]
    assert [(each.text, sorted(each.key)) for each in parsed.questions] == [("Hỏi?", ["B"])]


def test_a_letterhead_is_reported_once():
    head = "ỦY BAN NHÂN DÂN\nXÃ LÂM BÌNH\n-------\nBỘ CÂU HỎI"
    parsed = read_text(f"{head}\nCâu 1. Hỏi?\n*A. Một\nB. Hai")

    assert [str(each.reason) for each in parsed.warnings] == [
        "Không đưa vào 3 dòng từ “ỦY BAN NHÂN DÂN” đến “BỘ CÂU HỎI”, vì không thuộc câu nào."
    ]


def test_a_heading_of_a_week_may_name_its_topic():
    parsed = read_text("PHẦN I. TUẦN 1 - Chủ đề: Đất đai\nCâu 1. Hỏi?\n*A. Một\nB. Hai")

    assert [(each.week, each.topic) for each in parsed.questions] == [(1, "Đất đai")]
    assert not parsed.warnings
