"""Score bands of a bulletin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.awards.rules.bands import Band, score_bands


@pytest.mark.parametrize(
    ("right", "asked", "band"),
    [
        (10, 10, Band.ALL),
        (9, 10, Band.HIGH),
        (3, 4, Band.HIGH),
        (7, 10, Band.MIDDLE),
        (1, 4, Band.MIDDLE),
        (2, 10, Band.LOW),
        (0, 1, Band.LOW),
        (1, 1, Band.ALL),
    ],
)
def test_a_mark_is_in_the_band_of_its_share(right, asked, band):
    assert score_bands({right: 3}, asked)[band] == 3


@given(
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.dictionaries(st.integers(0, n), st.integers(0, 99))))
)
def test_everybody_is_in_one_band(case):
    asked, marks = case

    assert sum(score_bands(marks, asked).values()) == sum(marks.values())


def test_more_right_than_asked_is_refused():
    with pytest.raises(ValueError, match="at least one question"):
        score_bands({5: 1}, 4)
