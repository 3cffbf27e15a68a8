"""Answers that are kept before submission: letters and the guess, and nothing else that a form sends."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.draft import kept_answers, read, written

NAMES = st.sampled_from(["q1", "q2", "q999", "qx", "guess", "start", "is_winner", "q12345"]) | st.text(max_size=6)


@given(st.lists(st.tuples(NAMES, st.sampled_from("ABZa1") | st.text(max_size=30))))
def test_only_letters_and_a_short_guess_are_kept_of_any_form(pairs):
    kept = kept_answers(pairs)

    assert all(name == "guess" or name[1:].isdecimal() for name in kept)
    assert all(len(value) <= 20 for values in kept.values() for value in values)
    assert read(written(kept)) == kept


def test_several_letters_of_a_question_are_kept_and_the_guess_as_typed():
    kept = kept_answers([("q2", "C"), ("q2", "A"), ("guess", " 48o "), ("key", "x")])

    assert kept == {"q2": ["A", "C"], "guess": ["48o"]}
