"""Questions that ask nearly the same, and keys that can be guessed."""

from quiz.bank.rules.likeness import longest_keys, near_duplicates, uneven_letters
from quiz.bank.rules.parsed import ParsedQuestion, lettered


def question(text, *choices, right=0):
    return ParsedQuestion(text, lettered(choices or ("Có", "Không", "Tùy"), {right}))


def test_the_same_question_in_other_spelling_is_nearly_the_same():
    asked = {
        1: question("Hồ sơ trễ hẹn thì cơ quan nào phải xin lỗi người dân?"),
        2: question("Hồ sơ trễ hẹn, cơ quan nào phải xin lỗi người dân"),
        3: question("Trung tâm Phục vụ hành chính công làm việc vào ngày nào?"),
    }

    (alike,) = near_duplicates(asked)

    assert (alike.one, alike.other) == (1, 2)
    assert 0.6 <= alike.share < 1


def test_the_same_words_with_other_choices_are_another_question():
    asked = {1: question("Ý nào đúng?", "Ba", "Bốn", "Năm"), 2: question("Ý nào đúng?", "Sáu", "Bảy", "Tám")}

    assert near_duplicates(asked) == []


def test_pairs_are_only_with_the_questions_that_are_asked_for():
    asked = {1: question("Một hai ba?"), 2: question("Một hai ba?"), 3: question("Bốn năm sáu?")}

    assert near_duplicates(asked, of={3: asked[3]}) == []
    assert len(near_duplicates(asked, of={2: asked[2]})) == 1


def test_keys_that_are_the_longest_choice_in_half_of_a_set_are_named():
    long = [
        question(f"Hỏi {at}?", "Tiếp nhận hồ sơ và trả kết quả cho người dân", "Thu thuế", "Khác") for at in range(4)
    ]
    even = [question(f"Hỏi nữa {at}?") for at in range(4)]

    assert longest_keys([*long, *even]) == [1, 2, 3, 4]
    assert longest_keys([*long, *even, *even]) == []
    assert longest_keys(long) == []


def test_a_letter_that_is_nearly_always_the_key_is_named():
    asked = [question(f"Hỏi {at}?", right=1 if at < 6 else 0) for at in range(8)]

    assert uneven_letters(asked) == {"A": 2, "B": 6, "C": 0}
    assert uneven_letters([question(f"Hỏi {at}?", right=at % 3) for at in range(9)]) == {}
