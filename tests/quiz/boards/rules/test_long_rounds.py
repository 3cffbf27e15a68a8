"""A long round is drawn by weeks."""

from datetime import date, timedelta

from quiz.boards.rules.daily import MOST_BARS, daily

FIRST = date(2026, 12, 9)
"""A Wednesday."""


def test_a_long_round_has_a_bar_for_each_week_of_the_calendar():
    days = [FIRST + timedelta(days=at) for at in range(MOST_BARS + 1)]

    found = daily(days, dict.fromkeys(days, 2), days[6])

    assert [(bar.day, bar.people) for bar in found.bars] == [
        (FIRST, 10),
        (date(2026, 12, 14), 4),
        (date(2026, 12, 21), None),
    ]
    assert (found.by_week, found.total) == (True, 14)


def test_a_fortnight_has_a_bar_for_each_day():
    days = [FIRST + timedelta(days=at) for at in range(14)]

    found = daily(days, {}, days[0])

    assert (len(found.bars), found.by_week) == (14, False)
