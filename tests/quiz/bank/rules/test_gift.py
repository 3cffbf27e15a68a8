"""GIFT and Aiken: read, and what a contest can't ask is named with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.text import clean
from quiz.bank.rules.aiken import read_aiken
from quiz.bank.rules.gift import GiftKind, read_gift
from quiz.bank.rules.gift_questions import gift_questions, write_gift
from quiz.bank.rules.lines import plain_lines
from quiz.bank.rules.parsed import ParsedQuestion, lettered


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ai? {=Quầy ~Chợ}", GiftKind.CHOICE),
        ("Đúng không? {T}", GiftKind.TRUTH),
        ("Ai? {=Quầy}", GiftKind.SHORT),
        ("Mấy? {#5:1}", GiftKind.NUMBER),
        ("Ghép {=a -> b =c -> d}", GiftKind.MATCHING),
        ("Viết {}", GiftKind.ESSAY),
        ("Chỉ là lời dẫn.", GiftKind.DESCRIPTION),
        ("$CATEGORY: a/b", GiftKind.CATEGORY),
        ("Hở {=a ~b", GiftKind.BROKEN),
        ("::Tên:: Nộp hồ sơ ở đâu? {\n=Quầy số 2 # đúng\n~Cổng chợ # xa quá\n}", GiftKind.CHOICE),
        ("Hồ sơ nộp tại {=quầy ~chợ} trong giờ làm việc.", GiftKind.CHOICE),
        ("Chọn hai {~%50%giấy khai sinh ~%50%căn cước ~%-100%vé xe}", GiftKind.CHOICE),
        ("Lệ phí là 2 \\{đơn vị\\}? {=có ~không}", GiftKind.CHOICE),
        ("[markdown]Một cửa là *một* nơi {TRUE}", GiftKind.TRUTH),
        ("Phải đi hai lần {FALSE#sai rồi#đúng rồi}", GiftKind.TRUTH),
        ("Mất mấy lần? {=một =1}", GiftKind.SHORT),
        ("Gần bao nhiêu? {=%100%năm =%50%bốn}", GiftKind.SHORT),
        ("Mấy ngày? {#3..5}", GiftKind.NUMBER),
        ("Mấy ngày? {#=4:0 =%50%4:1}", GiftKind.NUMBER),
        ("Nối {=đất -> quầy 1 =hộ tịch -> quầy 2 =thuế -> quầy 3}", GiftKind.MATCHING),
        ("::Ý kiến:: Kể lại. {####sẽ có người đọc}", GiftKind.ESSAY),
        ("// bỏ qua\n$CATEGORY: $course$/top/Hộ tịch", GiftKind.CATEGORY),
    ],
)
def test_every_kind_of_item_is_known(text, kind):
    assert [item.kind for item in read_gift(text)] == [kind]


def test_escapes_weights_formats_and_feedback_are_read():
    text = (
        "// ghi chú\n$CATEGORY: $course$/top/Đất đai\n\n::T1::[html]<p>2 \\= <b>mấy</b>?</p> {\n"
        "~%50%[plain]hai#đúng rồi\n~%50%\\{2\\}\n~%-100%ba\n####Vì thế. Căn cứ\\: Điều 5\n}"
    )

    parsed = gift_questions(text)
    (question,) = parsed.questions

    assert not parsed.problems
    assert (question.text, question.topic, question.key) == ("2 = mấy?", "Đất đai", {"A", "B"})
    assert [choice.text for choice in question.choices] == ["hai", "{2}", "ba"]
    assert (question.explanation, question.source, question.place.words) == ("Vì thế.", "Điều 5", "dòng 4")


def test_what_a_contest_can_not_ask_is_named_with_its_line():
    parsed = gift_questions("Ai? {=Quầy ~Chợ}\n\nViết {}\n\nMấy? {#5}\n\nGần? {=%100%a ~%50%b ~c}")

    assert [(each.place.order, str(each.reason)[:11]) for each in parsed.errors] == [
        (3, "câu tự luận"),
        (5, "câu điền số"),
    ]
    assert "một phần số điểm" in str(parsed.warnings[0].reason)


NOT_WORDS = ("//", "[", "$", ":", "%")
WORDS = (
    st.text(min_size=1, max_size=40)
    .map(clean)
    .filter(lambda text: text and text.isprintable() and "Căn cứ:" not in text and not text.startswith(NOT_WORDS))
)
ROWS = st.tuples(WORDS, st.lists(WORDS, min_size=2, max_size=4), st.integers(1, 3), WORDS)


@given(st.lists(ROWS, min_size=1, max_size=4))
def test_questions_written_as_gift_read_back_the_same(rows):
    questions = [
        ParsedQuestion(text, lettered(choices, set(range(min(right, len(choices))))), explanation=why, source="Điều 5")
        for text, choices, right, why in rows
    ]

    again = gift_questions(write_gift(questions)).questions

    assert [(each.text, each.choices, each.source) for each in again] == [
        (each.text, each.choices, each.source) for each in questions
    ]


def test_aiken_names_the_lines_that_are_wrong_and_reads_the_others():
    text = (
        "Một?\nA) Đúng\nANSWER: A\n\nA) Chưa hỏi\n\nHai?\nA. Đúng\nB. Sai\nANSWER: C\n\n"
        "Ba?\nA) Đúng\nB)Sai\nANSWER: B\n\nBốn?\nA) x\nB) y\nNăm?"
    )

    parsed = read_aiken(plain_lines(text))

    assert [each.place.order for each in parsed.errors] == [3, 5, 10, 20, 20]
    assert [(each.text, each.key) for each in parsed.questions] == [("Ba?", {"B"})]


def test_each_mistake_of_an_aiken_text_has_its_line_and_good_questions_around_them_survive():
    text = """

Giấy tờ nào cần mang theo?
ANSWER: A

A) Lời hỏi ở đâu?

ANSWER: B
Nộp hồ sơ ở đâu?
A) Bộ phận một cửa
B) Chợ xã
ANSWER: A
Bao lâu thì được trả lời?
A. Ba ngày
B.Năm ngày
ANSWER: b

Câu này hỏi một dòng
rồi thêm một dòng nữa?
A) Đúng
B) Sai
ANSWER: B
"""

    parsed = read_aiken(plain_lines(text[1:]))

    assert [each.place.order for each in parsed.errors] == [3, 5, 7, 18]
    assert [(each.text, each.key, each.place.order) for each in parsed.questions[:2]] == [
        ("Nộp hồ sơ ở đâu?", {"A"}, 8),
        ("Bao lâu thì được trả lời?", {"B"}, 12),
    ]
