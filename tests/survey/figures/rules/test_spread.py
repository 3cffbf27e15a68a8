"""What a list of offices is called, from the number of those that are clearly different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.figures.rules.spread import Finding, Spread, spread
from survey.figures.rules.standing import Standing

H, L, U = Standing.HIGHER, Standing.LOWER, Standing.UNCLEAR


@pytest.mark.parametrize(
    ("standings", "finding"),
    [
        ([], Finding.NOTHING),
        ([None, None], Finding.NOTHING),
        ([H, None], Finding.ONE),
        ([U, U, None], Finding.ALIKE),
        ([U] * 9 + [L], Finding.NEARLY_ALL_NEAR),
        ([U] * 8 + [L] * 2, Finding.MOST_NEAR),
        ([U] * 75 + [H] * 24 + [L] * 24, Finding.MOST_NEAR),
        ([U, L], Finding.APART),
        ([U] * 5 + [H] * 5, Finding.APART),
        ([H, L], Finding.APART),
    ],
)
def test_the_finding_follows_the_numbers(standings, finding):
    assert spread(standings).finding is finding


@given(st.lists(st.sampled_from([H, L, U, None])))
def test_every_office_is_counted_once(standings):
    found = spread(standings)

    assert found.shown + found.few == len(standings)
    assert found == Spread(standings.count(H), standings.count(L), standings.count(U), standings.count(None))


@given(st.lists(st.sampled_from([H, L, U, None])))
def test_most_is_said_only_of_more_than_half(standings):
    found = spread(standings)

    if found.finding in (Finding.MOST_NEAR, Finding.NEARLY_ALL_NEAR):
        assert 2 * found.unclear > found.shown
        assert found.higher or found.lower
