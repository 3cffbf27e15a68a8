"""Questions on printed sheets and the same questions of the round today."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.printed import PrintedChoice, PrintedQuestion, QuestionPrint, counterparts

TEXTS = ("Một", "Hai", "Ba")


def question(position=1, text="Ai ký?", texts=TEXTS, **other):
    choices = tuple(PrintedChoice(letter, words) for letter, words in zip("ABC", texts, strict=True))
    return PrintedQuestion(position, text, choices, **other)


def found(printed, present):
    return counterparts([printed], present, lambda one, other: one.lower() == other.lower())[printed.position]


def test_a_question_is_found_wherever_it_stands_today():
    moved = question(3, text="AI KÝ?")

    assert found(question(1), [question(1, text="Khác?"), moved]) == moved


@pytest.mark.parametrize(
    "other",
    [
        question(text="Ai không ký?"),
        question(texts=("Một", "Hai", "Bốn")),
        question(picture="f" * 64),
        question(asks_several=True),
    ],
)
def test_a_question_that_reads_otherwise_is_another(other):
    assert found(question(), [other]) is None


def test_one_question_of_today_is_found_once():
    pairs = counterparts([question(1), question(2)], [question(1)], lambda one, other: one == other)

    assert [each is None for each in pairs.values()] == [False, True]


@given(st.permutations(TEXTS))
def test_choices_keep_their_meaning_in_any_order(order):
    printed, today = question(), question(texts=tuple(order))
    words = {each.letter: each.text for each in today.choices}

    letters = printed.letters_in(today)

    assert [words[letters[each.letter]] for each in printed.choices] == list(TEXTS)


def test_a_print_is_stored_as_one_text():
    paper = QuestionPrint((question(topic="Đất đai", keeps_choices=True),), True, 5)

    assert QuestionPrint.from_text(paper.to_text()) == paper
