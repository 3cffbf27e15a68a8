"""Marking: a question is right when exactly the key's options were chosen."""

from quiz.attempt.rules.scoring import count_correct

KEY = {"1": frozenset("A"), "2": frozenset("BC"), "3": frozenset("D")}


def test_every_question_answered_like_the_key_is_right() -> None:
    assert count_correct(KEY, KEY) == 3


def test_half_of_several_right_options_is_wrong() -> None:
    assert count_correct(KEY | {"2": frozenset("B")}, KEY) == 2


def test_one_option_too_many_is_wrong() -> None:
    assert count_correct(KEY | {"1": frozenset("AB")}, KEY) == 2


def test_a_question_left_out_is_wrong() -> None:
    assert count_correct({"1": frozenset("A")}, KEY) == 1


def test_an_answer_to_a_question_that_was_not_asked_counts_nothing() -> None:
    assert count_correct(KEY | {"9": frozenset("A")}, KEY) == 3


def test_no_questions_give_no_right_answers() -> None:
    assert count_correct({}, {}) == 0
