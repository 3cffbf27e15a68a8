"""Weeks and days in Vietnam."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.week import VIETNAM, day_start, local_date, monday_of, month_of


def test_the_day_turns_at_midnight_in_vietnam_not_in_greenwich() -> None:
    before = datetime(2023, 6, 4, 16, 59, 59, tzinfo=UTC)
    after = datetime(2023, 6, 4, 17, 0, tzinfo=UTC)

    assert (local_date(before), local_date(after)) == (date(2023, 6, 4), date(2023, 6, 5))


def test_a_moment_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        local_date(datetime(2023, 6, 5))


@pytest.mark.parametrize("day", [date(2023, 6, 5), date(2023, 6, 8), date(2023, 6, 11)])
def test_a_week_runs_from_monday_to_sunday(day: date) -> None:
    assert monday_of(day) == date(2023, 6, 5)


@pytest.mark.parametrize(
    ("monday", "month"),
    [
        (date(2023, 5, 29), date(2023, 6, 1)),
        (date(2023, 6, 26), date(2023, 6, 1)),
        (date(2023, 7, 31), date(2023, 8, 1)),
        (date(2025, 12, 29), date(2026, 1, 1)),
    ],
)
def test_a_week_belongs_to_the_month_of_its_thursday(monday: date, month: date) -> None:
    assert month_of(monday) == month


def test_only_a_monday_names_a_week() -> None:
    with pytest.raises(ValueError, match="not a Monday"):
        month_of(date(2023, 6, 6))


@given(st.dates(min_value=date(1980, 1, 1), max_value=date(2200, 1, 1)))
def test_the_start_of_a_day_is_its_first_instant(day: date) -> None:
    start = day_start(day)

    assert start.tzinfo is UTC
    assert start.astimezone(VIETNAM).time().isoformat() == "00:00:00"
    assert local_date(start) == day
