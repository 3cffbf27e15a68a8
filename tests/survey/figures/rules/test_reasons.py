"""Reasons are shown in batches of five of their own group."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.values.week import month_of
from survey.figures.rules.quarter import quarter_of
from survey.figures.rules.reasons import DISSATISFIED, SATISFIED, Given, ReasonCount, gathered_batches, reasons_of
from survey.instrument.rules.levels import Level
from survey.rating.rules.release import released_batches

FIRST = date(2026, 6, 1)
LISTED = ["attitude", "waiting", "cost"]


def week(number):
    return FIRST + timedelta(weeks=number)


def given_in(number, count, *reasons, level=Level.DISSATISFIED):
    return Given(week(number), level, reasons, count)


histories = st.lists(
    st.lists(
        st.tuples(st.sampled_from(Level), st.sets(st.sampled_from(LISTED)).map(tuple), st.integers(1, 4)), max_size=5
    ).map(lambda rows: rows),
    max_size=8,
)


def test_the_largest_count_comes_first_and_withheld_ones_keep_the_order_of_the_list():
    found = reasons_of([given_in(0, 7, "waiting"), given_in(0, 2, "attitude", "cost")], DISSATISFIED, LISTED)

    assert found.n == 9
    assert found.counts == (ReasonCount("waiting", 7), ReasonCount("attitude", None), ReasonCount("cost", None))


def test_four_of_a_group_wait_for_a_fifth_in_a_later_week():
    four = [given_in(0, 4, "waiting")]

    assert reasons_of(four, DISSATISFIED, LISTED) is None
    assert reasons_of([*four, given_in(3, 1, "waiting")], DISSATISFIED, LISTED).n == 5


def test_the_satisfied_and_the_neutral_are_not_among_the_dissatisfied():
    rows = [given_in(0, 9, "waiting", level=level) for level in Level]

    assert reasons_of(rows, DISSATISFIED, LISTED).n == 18
    assert reasons_of(rows, SATISFIED, LISTED).n == 18


def test_ratings_without_a_reason_are_no_part_of_the_group():
    assert reasons_of([given_in(0, 9)], DISSATISFIED, LISTED) is None


@given(histories)
def test_from_week_to_week_a_group_moves_by_none_or_by_five_and_no_small_count_is_shown(history):
    before, rows = 0, []
    for number, ratings in enumerate(history):
        rows += [Given(week(number), *rating) for rating in ratings]
        found = reasons_of(rows, DISSATISFIED, LISTED)
        n = found.n if found else 0
        assert n - before == 0 or n - before >= 5
        assert all(row.count is None or row.count >= 5 for row in (found.counts if found else ()))
        before = n


weeks_of_counter = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), min_size=8, max_size=8)
"""By week: ratings without and with a reason."""


@given(st.lists(weeks_of_counter, min_size=1, max_size=4))
def test_an_office_whose_counters_are_released_in_any_order_never_moves_by_fewer_than_five(history):
    before = 0
    for now in range(1, 14):
        rows = []
        for weeks in history:
            sums = {week(number): sum(count) for number, count in enumerate(weeks) if sum(count)}
            for batch in released_batches(sums, week(now)):
                said = sum(weeks[(each - FIRST).days // 7][1] for each in batch)
                rows.append(Given(batch[-1], Level.DISSATISFIED, ("waiting",), said))
        found = reasons_of(rows, DISSATISFIED, LISTED)
        n = found.n if found else 0
        assert n - before == 0 or n - before >= 5
        before = n


@given(st.dictionaries(st.integers(0, 30).map(week), st.integers(1, 9)))
def test_gathered_batches_hold_all_weeks_from_the_first_to_the_last_whole_batch(counts):
    shown = [each for batch in gathered_batches(counts) for each in batch]

    waiting = [counts[each] for each in sorted(counts) if each not in shown]
    assert sorted(shown) == sorted(counts)[: len(shown)]
    assert sum(waiting) < 5


@given(histories)
def test_the_quarters_of_a_group_are_apart_by_none_or_by_five(history):
    rows = [Given(week(number), *rating) for number, ratings in enumerate(history) for rating in ratings]
    quarters = {quarter_of(month_of(each.until)) for each in rows}

    whole = reasons_of(rows, DISSATISFIED, LISTED)
    parts = [reasons_of(rows, DISSATISFIED, LISTED, quarter) for quarter in quarters]

    left = (whole.n if whole else 0) - sum(part.n for part in parts if part)
    assert left == 0 or left >= 5
    assert all(part.n >= 5 for part in parts if part)
