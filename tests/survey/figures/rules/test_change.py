"""Whether the share of an office has changed between two halves of a year."""

from datetime import date

import pytest

from survey.figures.rules.change import change
from survey.figures.rules.contrast import Contrast
from survey.instrument.rules.levels import Level

CURRENT = date(2026, 11, 30)
"""The last finished week is of November: the halves are June to November, and December to May."""


def month(number, *, good=0, bad=0, year=2026):
    return {date(year, number, 1): {Level.SATISFIED: good, Level.DISSATISFIED: bad}}


def test_a_great_fall_is_a_change():
    found = change(month(5, good=90, bad=10) | month(11, good=60, bad=40), CURRENT)

    assert found.contrast is Contrast.LOWER
    assert round(found.difference, 2) == -0.3
    assert (found.before.n, found.recent.n) == (100, 100)


def test_a_small_one_may_be_chance():
    assert change(month(5, good=80, bad=20) | month(6, good=85, bad=15), CURRENT).contrast is Contrast.UNCLEAR


@pytest.mark.parametrize(
    "months",
    [
        {},
        month(11, good=50),
        month(5, good=50),
        month(5, good=4) | month(6, good=50),
        month(11, good=50, year=2025) | month(11, good=50),
    ],
)
def test_both_halves_need_five_ratings(months):
    assert change(months, CURRENT) is None


def test_the_halves_are_six_months_each_and_end_with_the_last_finished_week():
    whole = {key: value for number in range(1, 12) for key, value in month(number, good=10).items()}
    whole |= month(12, good=10, year=2025) | month(11, bad=500, year=2025) | month(12, bad=500)

    found = change(whole, CURRENT)

    assert (found.before.n, found.recent.n, found.difference) == (60, 60, 0.0)
