"""Two keyings of one sheet: what differs is named, what is the same is not."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.keying import KeyedPaper, differences, read_letters

PAPER = KeyedPaper("Vàng Seo Páo", "0977123456", 1970, 3, ["taking-part"], {"1": "A", "2": "BC"}, 48)


def test_each_field_that_differs_is_named():
    other = KeyedPaper("Vàng Seo Phử", "0977123457", 1971, 4, [], {"1": "A", "2": "B", "10": "C"}, None)

    found = differences(PAPER, other)

    assert found == ["name", "phone", "birth_year", "unit_id", "guess", "agreed", "q2", "q10"]


def test_the_same_name_in_other_letters_is_the_same():
    assert differences(PAPER, replace(PAPER, name="VÀNG  SEO PÁO")) == []


def test_a_paper_is_read_as_it_was_written():
    assert KeyedPaper.from_text(PAPER.to_text()) == PAPER


@given(st.text(max_size=12), st.booleans())
def test_letters_are_of_the_question_or_none(typed, several):
    found = read_letters(typed, "ABCD", several=several)

    assert found is None or (set(found) <= set("ABCD") and (several or len(found) <= 1))
