"""The title of a list of offices follows the number of those that are clearly different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.figures.rules.contrast import Contrast
from survey.figures.rules.spread import ListFinding, Spread, spread

H, L, U = Contrast.HIGHER, Contrast.LOWER, Contrast.UNCLEAR


@pytest.mark.parametrize(
    ("contrasts", "finding"),
    [
        ([], ListFinding.ALIKE),
        ([U, U], ListFinding.ALIKE),
        ([U] * 9 + [L], ListFinding.NEARLY_ALL_NEAR),
        ([U] * 8 + [L] * 2, ListFinding.MOST_NEAR),
        ([U] * 75 + [H] * 24 + [L] * 24, ListFinding.MOST_NEAR),
        ([U, L], ListFinding.APART),
        ([U] * 5 + [H] * 5, ListFinding.APART),
        ([H, L], ListFinding.APART),
    ],
)
def test_the_finding_follows_the_numbers(contrasts, finding):
    assert spread(contrasts).finding is finding


@given(st.lists(st.sampled_from([H, L, U])))
def test_every_office_is_counted_once(contrasts):
    found = spread(contrasts)

    assert found == Spread(contrasts.count(H), contrasts.count(L), contrasts.count(U))


@given(st.lists(st.sampled_from([H, L, U])))
def test_most_is_said_only_of_more_than_half(contrasts):
    found = spread(contrasts)

    if found.finding in (ListFinding.MOST_NEAR, ListFinding.NEARLY_ALL_NEAR):
        assert 2 * found.unclear > len(contrasts)
        assert found.higher or found.lower
