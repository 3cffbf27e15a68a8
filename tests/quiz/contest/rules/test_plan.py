"""The rounds that a plan names: patterns, and tables of rounds."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.week import VIETNAM, day_start
from quiz.contest.rules.plan import Mistake, Pattern, PlannedRound, mistakes, spans, weekday_of
from quiz.contest.rules.schedule import Span, weekly

MONDAY = date(2026, 12, 7)


def local(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=VIETNAM)


def planned(opens: datetime, closes: datetime, *, results: datetime | None = None, same_week: bool = False):
    return PlannedRound(Span(opens, closes, results or closes), same_week=same_week)


@given(st.dates(date(2020, 1, 1), date(2080, 1, 1)), st.integers(1, 52))
def test_the_weekly_pattern_is_the_weekly_schedule(day, count):
    monday = day - timedelta(days=day.weekday())

    assert spans(Pattern.WEEKLY, monday, count) == weekly(monday, count)


@pytest.mark.parametrize(
    ("pattern", "first", "opens", "closes", "results"),
    [
        (Pattern.OFFICE_HOURS, MONDAY, local(7, 10), local(14, 9), local(14, 12)),
        (Pattern.FROM_TUESDAY, date(2026, 12, 8), local(8, 7), local(14), local(14, 12)),
        (Pattern.FORTNIGHT, date(2026, 12, 9), local(9), local(23), local(23, 12)),
    ],
)
def test_each_pattern_has_its_own_days_and_hours(pattern, first, opens, closes, results):
    assert spans(pattern, first, 2)[0] == Span(opens, closes, results)


def test_half_a_year_runs_to_the_same_day_or_to_the_end_of_a_shorter_month():
    first, second = spans(Pattern.HALF_YEAR, date(2026, 8, 31), 2)

    assert first.closes_at == second.opens_at == day_start(date(2027, 2, 28))
    assert second.closes_at == day_start(date(2027, 8, 31))


@given(
    st.sampled_from([each for each in Pattern if each is not Pattern.TABLE]),
    st.dates(date(2020, 1, 1), date(2080, 1, 1)),
    st.integers(0, 20),
)
def test_no_pattern_has_a_mistake(pattern, first, count):
    found = spans(pattern, first, count)

    assert len(found) == count
    assert mistakes([PlannedRound(span) for span in found]) == []


def test_a_table_is_no_pattern():
    with pytest.raises(ValueError, match="typed"):
        spans(Pattern.TABLE, MONDAY, 1)


def test_patterns_begin_on_their_weekday():
    assert [weekday_of(each) for each in Pattern] == [0, 0, 1, None, None, None]


@pytest.mark.parametrize(
    ("round", "mistake"),
    [
        (planned(local(9), local(9)), Mistake.CLOSES_FIRST),
        (planned(local(9), local(10), results=local(9, 23)), Mistake.RESULTS_FIRST),
        (planned(local(9), local(9) + timedelta(days=401)), Mistake.TOO_LONG),
        (planned(local(9), local(10), same_week=True), Mistake.NO_WEEK),
    ],
)
def test_a_round_that_can_not_be_held_is_refused(round, mistake):
    assert mistakes([round]) == [(0, mistake)]


def test_rounds_of_different_weeks_do_not_overlap():
    rounds = [planned(local(7), local(14)), planned(local(13, 23, 59), local(20)), planned(local(20), local(27))]

    assert mistakes(rounds) == [(1, Mistake.OVERLAPS)]


def test_papers_of_one_week_may_overlap_but_not_the_week_before():
    week = [planned(local(14), local(21)), planned(local(14), local(20), same_week=True)]

    assert mistakes([planned(local(7), local(14)), *week, planned(local(21), local(28))]) == []
    assert mistakes([planned(local(7), local(15)), *week]) == [(1, Mistake.OVERLAPS), (2, Mistake.OVERLAPS)]


def test_a_week_after_two_papers_waits_for_the_later_close():
    week = [planned(local(7), local(15)), planned(local(7), local(12), same_week=True)]

    assert mistakes([*week, planned(local(14), local(21))]) == [(2, Mistake.OVERLAPS)]


def test_papers_of_a_week_stand_in_the_order_of_their_opening():
    week = [planned(local(8), local(15)), planned(local(7), local(12), same_week=True)]

    assert mistakes(week) == [(1, Mistake.OUT_OF_ORDER)]


_MINUTES = st.integers(0, 60 * 24 * 30).map(lambda at: local(1) + timedelta(minutes=at))
_ROUNDS = st.lists(
    st.builds(
        lambda a, b, c, same: planned(
            min(a, b), max(a, b) + timedelta(minutes=1), results=max(a, b, c) + timedelta(minutes=1), same_week=same
        ),
        _MINUTES,
        _MINUTES,
        _MINUTES,
        st.booleans(),
    ),
    max_size=6,
)


@given(_ROUNDS)
def test_a_table_without_mistakes_overlaps_only_within_a_week(rounds):
    if mistakes(rounds):
        return
    week_of, week = [], 0
    for round in rounds:
        week += not round.same_week
        week_of.append(week)
    for a, first in enumerate(rounds):
        for b, second in enumerate(rounds[:a]):
            overlaps = first.span.opens_at < second.span.closes_at and second.span.opens_at < first.span.closes_at
            assert not overlaps or week_of[a] == week_of[b]
