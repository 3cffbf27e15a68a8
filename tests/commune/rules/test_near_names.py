"""Names that are suggested for a search without a result."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commune.rules.near_names import nearest_names, slips_between

NAMES = ["xã Bình An", "xã Bình Xa", "xã Lâm Bình", "phường Mỹ Lâm", "xã Mèo Vạc", "xã Thượng Lâm", "xã Yên Minh"]


@pytest.mark.parametrize("typed", ["lan binh", "lam bing", "LÂM BINHH", "xã lâm bìn", "lambinh", "lm binh", "lan bing"])
def test_a_slip_of_the_finger_is_understood(typed):
    assert nearest_names(typed, NAMES)[0] == "xã Lâm Bình"


def test_names_that_share_a_word_come_after_those_with_a_slip():
    assert nearest_names("lam bing", NAMES) == ["xã Lâm Bình", "phường Mỹ Lâm", "xã Thượng Lâm"]


@pytest.mark.parametrize("typed", ["", " ", "?!", "__", "hà nội", "xã", "ab"])
def test_text_that_is_like_no_name_suggests_nothing(typed):
    assert nearest_names(typed, NAMES) == []


@given(st.text(max_size=100))
def test_whatever_is_typed_at_most_three_names_are_suggested_each_once(typed):
    found = nearest_names(typed, NAMES)

    assert len(found) <= 3
    assert len(set(found)) == len(found)
    assert set(found) <= set(NAMES)


letters = st.text("abđ ", max_size=8)


@given(letters, letters)
def test_slips_are_the_same_both_ways_and_none_only_between_equals(one, other):
    assert slips_between(one, other, 3) == slips_between(other, one, 3)
    assert (slips_between(one, other, 3) == 0) == (one == other)
