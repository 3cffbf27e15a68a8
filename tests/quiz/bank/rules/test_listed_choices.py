"""Choices written as a list, with dashes, bullets or numbers, and what only looks like that."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.values.text import clean
from quiz.bank.rules.text_form import read_text

DASHES = "Câu 1: Ai trả?\n- Chợ\n- Quầy\n{answer}\nCâu 2: Ai nhận?\n– Quầy\n– Chợ\nĐáp án: A"


def read(text):
    """Return each question as its words, its choices and its key; the text has no mistake."""
    parsed = read_text(text)
    assert not parsed.errors, [(each.place.words, str(each.reason)) for each in parsed.errors]
    return [
        (each.text, [choice.text for choice in each.choices], "".join(sorted(each.key))) for each in parsed.questions
    ]


@pytest.mark.parametrize(
    "answer", ["Đáp án: B", "Đáp án: 2", "Đáp án: ý 2.", "Đáp án: Quầy", "Đáp án: - Quầy", "Đáp án: 2. Quầy"]
)
def test_dashes_below_a_question_are_its_choices(answer):
    assert read(DASHES.format(answer=answer)) == [
        ("Ai trả?", ["Chợ", "Quầy"], "B"),
        ("Ai nhận?", ["Quầy", "Chợ"], "A"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Câu 1: Ai?\n1. Chợ\n2. QUẦY\n3. Xã\nĐáp án: 2",
        "1. Ai?\n1) Chợ\n2) QUẦY\n3) Xã\nĐáp án: 2",
        "1. Ai?\n1. Chợ\n2. QUẦY\n3. Xã\nĐáp án: 2",
        "1. Ai?\n\n(1) Chợ\n\n(2) QUẦY (đúng)\n\n(3) Xã",
        "Ai?\n• Chợ\n• QUẦY\n• Xã\nĐáp án: QUẦY",
        "Ai?\n* Chợ\n* QUẦY\n* Xã\nĐáp án: B",
        "Ai?\n- Chợ\n* QUẦY\n- Xã",
        "Câu 1. Ai?\n- Chợ\n- *QUẦY\n- Xã",
        "Câu 1. Ai?\n- A. Chợ\n- B. QUẦY\n- C. Xã\nĐáp án: B",
    ],
)
def test_any_list_of_one_style_is_read(text):
    assert read(text) == [("Ai?", ["Chợ", "QUẦY", "Xã"], "B")]


def test_several_right_ones_are_named_by_numbers():
    assert read("Câu 1: Ai?\n1. Một\n2. Hai\n3. Ba\nĐáp án: 1 và 3")[0][2] == "AC"


def test_questions_without_numbers_are_apart_by_blank_lines():
    assert [text for text, *_ in read("Ai?\n+ Một\n+ Hai\nĐáp án: 1\n\nGì?\n+ Ba\n+ Bốn\nĐáp án: Bốn")] == [
        "Ai?",
        "Gì?",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Câu 1: Các việc:\n- nộp\n- trả\nViệc nào trước?\nA. Một\nB. Hai\nĐáp án: B",
        "Câu 1: Các việc:\n1. nộp\n2. trả\nA. Một\nB. Hai\nĐáp án: B",
        "Câu 1: Việc?\nA. Một\nB. Hai\nĐáp án: B\nGiải thích: vì\n- luật\n- nghị định",
        "Câu 1: Việc? A. Một B. Hai\n- nộp\n- trả\nĐáp án: B",
        "1. Việc? A. Một B. Hai\n2. Ai? A. Ba B. Bốn\nĐáp án: 1B 2A",
    ],
)
def test_a_list_beside_lettered_choices_is_none_of_choices(text):
    parsed = read_text(text)

    assert len(parsed.questions) == (2 if "2. Ai?" in text else 1)
    assert [choice.text for choice in parsed.questions[0].choices] == ["Một", "Hai"]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("Câu 1: Ai?\n- Chợ", 1),
        ("Câu 1: Ai?\n- Chợ\n+ Quầy\nĐáp án: A", 1),
        ("Câu 1: Ai?\n1. Chợ\n3. Quầy\nĐáp án: 1", 1),
        ("Câu 1: Ai?\n" + "- Chợ\n" * 9 + "Đáp án: A", 1),
        ("1. Ai?\n1. Chợ\n2. Quầy\n2. Gì?\n1. Một\n2. Hai", 1),
        ("1. Ai?\n1. Chợ (đúng)\n2. Quầy\n3. Gì?", 1),
        ("Câu 1: Ai?\n- Chợ\n- Quầy\nĐáp án: 3", 4),
    ],
)
def test_what_can_not_be_read_surely_is_refused_at_its_place(text, order):
    assert order in {each.place.order for each in read_text(text).errors}


def test_a_number_that_is_also_the_words_of_another_choice_is_asked_about():
    (mistake,) = [each for each in read_text("Câu 1: Mấy?\n1. 3\n2. 5\n3. 7\nĐáp án: 3").errors if each.place.order > 1]

    assert (mistake.place.order, "vừa là số thứ tự" in str(mistake.reason)) == (5, True)


WORDS = st.text("abcdeghiklmnopqrstuvxyâêôươđ ", min_size=2, max_size=20).map(clean).filter(lambda text: len(text) > 1)
STYLES = ("{letter}. ", "- ", "• ", "{number}) ", "{number}. ")


@settings(max_examples=25)
@given(
    st.lists(st.tuples(WORDS, st.lists(WORDS, min_size=2, max_size=6, unique=True)), min_size=1, max_size=4), st.data()
)
def test_a_list_is_read_as_the_same_choices_behind_letters(questions, data):
    right = [data.draw(st.integers(1, len(choices))) for _, choices in questions]

    def written(style):
        for at, ((stem, choices), key) in enumerate(zip(questions, right, strict=True), start=1):
            yield f"Câu {at}: Việc {stem}?"
            yield from (
                f"{style.format(letter='ABCDEF'[n], number=n + 1)}việc {each}" for n, each in enumerate(choices)
            )
            yield f"Đáp án: {'ABCDEF'[key - 1] if 'number' not in style else key}"

    lettered, *others = [
        [(q.text, q.choices) for q in read_text("\n".join(written(style))).questions] for style in STYLES
    ]

    assert all(other == lettered for other in others)
