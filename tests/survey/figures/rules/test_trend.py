"""Consecutive months, and gaps for months with few ratings."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.figures.rules.trend import MonthPoint, trend
from survey.instrument.rules.levels import Level

months = st.dates(date(2020, 1, 1), date(2030, 12, 31)).map(lambda day: day.replace(day=1))
tallies = st.dictionaries(st.sampled_from(Level), st.integers(0, 50))


def test_no_ratings_make_no_trend():
    assert trend({}) == []


def test_a_month_shows_its_share_with_n():
    (point,) = trend({date(2026, 6, 1): {Level.SATISFIED: 9, Level.NEUTRAL: 1}})

    assert (point.month, point.n, point.share) == (date(2026, 6, 1), 10, 0.9)
    assert (round(point.low, 3), round(point.high, 3)) == (0.596, 0.982)


def test_a_month_of_four_ratings_shows_only_their_number():
    (point,) = trend({date(2026, 6, 1): {Level.VERY_DISSATISFIED: 4}})

    assert point == MonthPoint(date(2026, 6, 1), 4, None, 0.0, 1.0)


def test_months_without_ratings_are_gaps_across_the_new_year():
    points = trend({date(2027, 1, 1): {Level.SATISFIED: 5}, date(2026, 11, 1): {Level.SATISFIED: 5}})

    assert [(point.month, point.n) for point in points] == [
        (date(2026, 11, 1), 5),
        (date(2026, 12, 1), 0),
        (date(2027, 1, 1), 5),
    ]


def test_a_day_inside_a_month_is_refused():
    with pytest.raises(ValueError, match="first day"):
        trend({date(2026, 6, 8): {}})


@given(st.dictionaries(months, tallies, max_size=12))
def test_no_rating_is_lost_on_the_way(by_month):
    points = trend(by_month)

    assert sum(point.n for point in points) == sum(sum(tally.values()) for tally in by_month.values())
