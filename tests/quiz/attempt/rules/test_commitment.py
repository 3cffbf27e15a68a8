"""Commitments bind the answers and hide them."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules import commitment

SALT = bytes(16)
ANSWERS = st.dictionaries(st.sampled_from(["1", "2", "3"]), st.sets(st.sampled_from("ABCD"), max_size=3))


def test_what_was_published_is_found_again_by_anybody_who_follows_the_recipe():
    salt = bytes(range(16))
    person = '["participant-v1","000102030405060708090a0b0c0d0e0f","attempt 1","somebody"]'
    paper = '["answers-v2","000102030405060708090a0b0c0d0e0f",{"17":["A","B"],"9":[]},5]'
    older = '["answers-v1","000102030405060708090a0b0c0d0e0f",{"1":["Ô"]},null]'

    assert commitment.of_person(salt, "attempt 1", "somebody") == sha256(person.encode()).digest()
    assert commitment.of_answers(salt, {"9": [], "17": ["B", "A"]}, 5) == sha256(paper.encode()).digest()
    assert commitment.of_answers(salt, {"1": ["Ô"]}, None, format=1) == sha256(older.encode()).digest()


@given(ANSWERS, ANSWERS, st.none() | st.integers(0, 999), st.none() | st.integers(0, 999))
def test_two_papers_share_a_commitment_only_if_they_are_the_same(one, other, guess, another):
    same = (one, guess) == (other, another)

    assert (commitment.of_answers(SALT, one, guess) == commitment.of_answers(SALT, other, another)) is same


def test_the_order_of_letters_is_no_part_of_a_paper():
    assert commitment.of_answers(SALT, {"1": ["B", "A"]}, 5) == commitment.of_answers(SALT, {"1": ["A", "B"]}, 5)


def test_one_person_can_not_be_followed_from_attempt_to_attempt():
    first = commitment.of_person(SALT, "attempt 1", "somebody")

    assert first != commitment.of_person(SALT, "attempt 2", "somebody")
    assert first != commitment.of_person(bytes(15) + b"1", "attempt 1", "somebody")
