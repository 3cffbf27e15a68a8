"""The bars of a round's days show what a board shows."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from quiz.boards.rules.daily import daily

WEEK = [date(2026, 11, 23) + timedelta(days=number) for number in range(7)]
COUNTS = st.dictionaries(st.sampled_from(WEEK), st.integers(0, 200))


@given(COUNTS, st.integers(-1, 6))
def test_bars_show_every_day_up_to_the_last_and_none_later(counts, last):
    until = WEEK[0] + timedelta(days=last)

    found = daily(WEEK, counts, until)

    if last < 0:
        assert found is None
        return
    by_day = {bar.day: bar for bar in found.bars}
    assert list(by_day) == WEEK
    for day, bar in by_day.items():
        people = counts.get(day, 0)
        assert bar.people == (people if day <= until else None)
        assert bar.top + bar.height == 100
        assert 0 <= bar.height <= 100
        assert (bar.height == 0) == (not bar.people)
    assert found.total == sum(people for day, people in counts.items() if day <= until)


def test_one_day_is_no_course():
    counts = {WEEK[0]: 142, WEEK[1]: 71}

    assert [daily(WEEK, counts, WEEK[at]).has_course for at in (0, 1)] == [False, True]


def test_bars_are_in_proportion_from_zero():
    found = daily(WEEK, {WEEK[0]: 142, WEEK[1]: 71}, WEEK[1])

    assert [(bar.top, bar.height) for bar in found.bars[:3]] == [(0, 100), (50, 50), (100, 0)]
    assert found.total == 213
