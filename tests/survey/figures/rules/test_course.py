"""Weeks far above a counter's usual one."""

from datetime import date, timedelta

import pytest

from survey.figures.rules.course import UnusualWeek, unusual_weeks

FIRST = date(2026, 6, 1)


def weeks(*counts):
    return {FIRST + timedelta(weeks=at): count for at, count in enumerate(counts)}


def test_a_week_of_more_than_three_usual_ones_is_found_with_the_usual_one():
    assert unusual_weeks(weeks(10, 12, 8, 40, 10)) == [UnusualWeek(date(2026, 6, 22), 40, 10.0)]


@pytest.mark.parametrize(
    "counts", [(), (200,), (10, 10, 10, 200), (10, 10, 10, 30, 10), (1, 1, 1, 15, 1), (10, 12, 8, 11, 10)]
)
def test_a_short_course_three_usual_weeks_and_a_quiet_counter_show_none(counts):
    assert unusual_weeks(weeks(*counts)) == []


def test_a_quiet_counter_is_compared_with_five():
    assert [each.n for each in unusual_weeks(weeks(1, 1, 16, 1, 2))] == [16]
