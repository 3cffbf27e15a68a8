"""The bars of a round's days hide what a board hides."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quiz.results.rules.daily import FEWEST, daily

WEEK = [date(2026, 11, 23) + timedelta(days=number) for number in range(7)]
COUNTS = st.dictionaries(st.sampled_from(WEEK), st.integers(0, 200))


@given(COUNTS, st.integers(-1, 6))
def test_bars_show_no_later_day_and_no_small_number(counts, last):
    until = WEEK[0] + timedelta(days=last)

    found = daily(WEEK, counts, until)

    if last < 0:
        assert found is None
        return
    by_day = {bar.day: bar for bar in found.bars}
    assert list(by_day) == WEEK
    for day, bar in by_day.items():
        people = counts.get(day, 0)
        assert bar.people == (people if day <= until and people >= FEWEST else None)
        assert bar.is_few == (day <= until and people < FEWEST)
        assert bar.top + bar.height == 100
        assert 0 <= bar.height <= 100
        assert (bar.height == 0) == (bar.people is None)
    assert (found.total is None) == any(bar.is_few for bar in found.bars)
    assert found.total in (None, sum(people for day, people in counts.items() if day <= until))


def test_bars_are_in_proportion_from_zero():
    found = daily(WEEK, {WEEK[0]: 142, WEEK[1]: 71}, WEEK[1])

    assert [(bar.top, bar.height) for bar in found.bars[:3]] == [(0, 100), (50, 50), (100, 0)]
    assert found.total == 213
