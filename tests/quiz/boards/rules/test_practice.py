"""Practice: a mark for each question, remembered by the address alone."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.boards.rules.practice import Practice, read_practice


@given(st.integers(1, 30), st.text(max_size=40), st.text(max_size=60))
def test_any_address_is_a_practice_of_the_right_size(size, place, marks):
    practice = read_practice(size, place, marks)

    assert 1 <= practice.place <= size == practice.size
    assert practice.right <= practice.answered <= size


@given(st.integers(1, 12), st.data())
def test_going_on_from_question_to_question_answers_each_once(size, data):
    practice, seen = read_practice(size, str(data.draw(st.integers(1, size))), ""), []

    while True:
        seen.append(practice.place)
        practice = practice.marked(data.draw(st.booleans()))
        if practice.next_place is None:
            break
        practice = Practice(practice.next_place, practice.marks)

    assert sorted(seen) == list(range(1, size + 1))
    assert practice.is_over


def test_the_next_question_is_one_without_an_answer():
    assert Practice(3, "1-0-").next_place == 4
    assert Practice(4, "1-01").next_place == 2
    assert Practice(2, "1101").next_place is None
