"""The silence of a counter that is usually heard."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.figures.rules.silence import silent_since

LAST = date(2026, 5, 18)
WEEK = timedelta(weeks=1)


def heard(n, weeks=12):
    return {LAST - WEEK * back: n for back in range(weeks)}


@pytest.mark.parametrize(("weeks_later", "since"), [(1, None), (2, None), (3, LAST + WEEK), (9, LAST + WEEK)])
def test_a_counter_is_silent_after_two_weeks_without_a_released_rating(weeks_later, since):
    assert silent_since(heard(5), LAST + WEEK * weeks_later) == since


@pytest.mark.parametrize(("n", "is_silent"), [(2, False), (3, True)])
def test_a_counter_that_rarely_gathers_five_in_two_weeks_is_not_called_silent(n, is_silent):
    assert (silent_since(heard(n), LAST + 4 * WEEK) is not None) is is_silent


def test_a_counter_never_heard_is_not_silent():
    assert silent_since({}, LAST) is None


@given(st.dictionaries(st.integers(0, 60), st.integers(0, 40)), st.integers(0, 20))
def test_a_silence_lasts_at_least_two_weeks_and_begins_after_the_last_rating(counts, later):
    released = {LAST - WEEK * back: n for back, n in counts.items()}
    current = LAST + WEEK * (later + 1)

    since = silent_since(released, current)

    if since is not None:
        assert current - since >= 2 * WEEK
        assert all(week < since for week, n in released.items() if n)
