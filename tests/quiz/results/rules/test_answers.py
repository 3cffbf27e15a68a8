"""Shares of answers and the spread of guesses."""

from hypothesis import given
from hypothesis import strategies as st

from quiz.results.rules.answers import ChosenShare, hardest, question_shares, spread, whole_percents

KEY = frozenset("A")
COUNTS = st.dictionaries(st.sampled_from(["A", "B", "C", "D", "AB"]), st.integers(1, 400))


def test_right_comes_first_and_wrong_ones_fall():
    shares = question_shares({"B": 38, "A": 41, "D": 5, "C": 14}, KEY, 100)

    assert shares.right == ChosenShare("A", 41)
    assert [(each.letters, each.percent) for each in shares.wrong] == [("B", 38), ("C", 14), ("D", 5)]
    assert (shares.blank, shares.slip) == (2, ChosenShare("B", 38))


def test_a_slip_is_common_from_a_quarter():
    assert question_shares({"A": 75, "B": 25}, KEY, 100).slip == ChosenShare("B", 25)
    assert question_shares({"A": 76, "B": 24}, KEY, 100).slip is None


def test_below_five_papers_there_are_no_shares():
    assert question_shares({"A": 4}, KEY, 4) is None
    assert question_shares({"A": 5}, KEY, 5).right.percent == 100


def test_drawn_questions_count_those_who_answered():
    assert question_shares({"A": 6, "B": 4}, KEY, None).right.percent == 60


@given(COUNTS, st.integers(5, 3_000))
def test_a_bar_is_always_full(counts, people):
    shares = question_shares(counts, KEY, people)

    assert shares.right.percent + sum(each.percent for each in shares.wrong) + shares.blank == 100


@given(st.lists(st.integers(0, 900), min_size=1, max_size=9).filter(any))
def test_whole_percents_add_up_and_are_within_one(counts):
    found = whole_percents(counts, sum(counts))

    assert sum(found) == 100
    assert all(abs(percent - 100 * count / sum(counts)) < 1 for percent, count in zip(found, counts, strict=True))


def test_the_hardest_question_is_one_and_hard():
    assert hardest([88, 41, 66]) == 1
    assert hardest([88, 60, 66]) is None
    assert hardest([41, 41, 66]) is None
    assert hardest([41]) is None
    assert hardest([88, None, 41]) == 2


def test_the_middle_half_and_the_bins():
    found = spread({10: 10, 100: 10, 140: 10, 200: 10}, 143)

    assert (found.low, found.high, found.total, found.exact) == (10, 140, 40, 0)
    assert (found.width, found.end) == (20, 220)
    assert found.tallest.start == 0


def test_a_guess_of_a_million_leaves_the_others_visible():
    found = spread({100: 99, 1_000_000: 1}, 90)

    assert (found.width, found.beyond) == (10, 1)


def test_few_guesses_are_not_drawn():
    assert spread({5: 19}, 5) is None
    assert spread({5: 20}, 5).exact == 20


@given(st.dictionaries(st.integers(0, 10**9), st.integers(1, 50), min_size=1), st.integers(0, 10**7))
def test_every_guess_is_in_a_bin_or_beyond(guesses, truth):
    found = spread(guesses, truth)

    if found is not None:
        assert sum(each.count for each in found.bins) + found.beyond == found.total == sum(guesses.values())
        assert truth < found.end
        assert len(found.bins) <= 12
        assert found.low <= found.high
