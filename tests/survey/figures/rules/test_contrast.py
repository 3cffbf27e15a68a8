"""When a share is called clearly higher or lower than another."""

from hypothesis import given
from hypothesis import strategies as st

from survey.figures.rules.contrast import CONFIDENCE, Contrast, contrast, difference
from survey.figures.rules.interval import wilson

OPPOSITE = {
    Contrast.HIGHER: Contrast.LOWER,
    Contrast.LOWER: Contrast.HIGHER,
    Contrast.UNCLEAR: Contrast.UNCLEAR,
}
COUNTS = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_a_difference_that_chance_may_explain_is_called_unclear():
    assert contrast(14, 15, 0.817) is Contrast.UNCLEAR


def test_ninety_five_percent_are_not_enough_for_a_list_of_a_province():
    low, high = wilson(75, 100)

    assert high < 0.83
    assert contrast(75, 100, 0.83) is Contrast.UNCLEAR


def test_a_share_whose_whole_interval_is_above_is_higher():
    assert contrast(980, 1000, 0.9) is Contrast.HIGHER
    assert contrast(654, 885, 0.817) is Contrast.LOWER


@given(COUNTS, st.floats(0, 1))
def test_the_word_follows_the_thin_interval_that_is_drawn(counts, reference):
    low, high = wilson(*counts, CONFIDENCE)

    found = contrast(*counts, reference)

    assert (found is Contrast.HIGHER) == (low > reference)
    assert (found is Contrast.LOWER) == (high < reference)


def test_two_small_groups_are_not_called_different():
    assert difference((8, 10), (9, 10)) is Contrast.UNCLEAR
    assert difference((500, 1000), (700, 1000)) is Contrast.LOWER


@given(COUNTS, COUNTS)
def test_a_difference_seen_from_the_other_side_is_the_opposite(first, second):
    assert difference(second, first) is OPPOSITE[difference(first, second)]


@given(COUNTS)
def test_a_share_never_differs_from_itself(counts):
    assert difference(counts, counts) is Contrast.UNCLEAR
