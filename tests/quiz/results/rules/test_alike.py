"""Objections that are alike: by the question they name, by their words, and by papers without a rank."""

from quiz.results.rules.alike import AlikeGroup, Likeness, OpenObjection, alike_groups


def test_objections_are_grouped_by_question_by_words_and_without_a_rank():
    waiting = [
        OpenObjection(1, "Câu 2 sai đáp án", True),
        OpenObjection(2, "xem lại câu số 2 giúp tôi", False),
        OpenObjection(3, "cau 2 SAI dap an", False),
        OpenObjection(4, "Câu 7 sai", True),
    ]

    assert alike_groups(waiting) == [
        AlikeGroup(Likeness.QUESTION, (1, 2, 3), 2),
        AlikeGroup(Likeness.UNRANKED, (2, 3)),
        AlikeGroup(Likeness.WORDS, (1, 3)),
    ]


def test_a_question_of_two_digits_is_not_another_of_one():
    waiting = [OpenObjection(1, "Câu 1 sai", True), OpenObjection(2, "Câu 12 sai", True)]

    assert alike_groups(waiting) == []
