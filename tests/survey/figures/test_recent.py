"""The batches that were released lately, and what their sums may reveal."""

from collections import Counter as Count
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commune.queries.offices import offices_of
from core.values.week import local_date, month_of
from survey.figures.queries.figures import cards_by_counter
from survey.figures.queries.recent import count_released_comments, list_new_ratings
from survey.figures.rules.recent import COURSE, NewRatings, course_of, group_of
from survey.instrument.rules.quick import COMMENT, LEVEL, WRITTEN
from survey.rating.models import OptionTally
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import RatingClass
from tests.factories import MONDAY as FIRST_MOMENT
from tests.factories import make_counter, make_office, make_unit

WEEK, MONDAY = timedelta(weeks=1), local_date(FIRST_MOMENT)


def tally(session, counter, week, *, low=0, high=0, kind=RatingClass.FIRST, channel=Channel.OPEN):
    for option, count in (("2", low), ("5", high)):
        if count:
            session.add(
                OptionTally(
                    counter_id=counter.id,
                    week=week,
                    channel=channel.value,
                    rating_class=kind.value,
                    item=LEVEL,
                    option=option,
                    count=count,
                )
            )
    session.flush()


def found_for(session, counter, today):
    return list_new_ratings(session, [counter.office_id], today)


@pytest.mark.both_databases
def test_a_quiet_week_counts_with_the_week_that_completes_its_batch(session):
    counter = make_counter(session)
    tally(session, counter, MONDAY, high=3)
    tally(session, counter, MONDAY + WEEK, low=1, high=1)

    found = found_for(session, counter, MONDAY + 2 * WEEK)

    assert [(each.weeks, each.n, each.satisfied) for each in found] == [((MONDAY, MONDAY + WEEK), 5, 4)]
    assert found_for(session, counter, MONDAY + WEEK) == []


def test_ratings_left_out_of_the_headline_or_of_another_channel_are_not_among_them(session):
    counter = make_counter(session)
    tally(session, counter, MONDAY, high=6, kind=RatingClass.BURST)
    tally(session, counter, MONDAY, high=6, channel=Channel.PAPER)

    assert found_for(session, counter, MONDAY + WEEK) == []


def test_another_units_ratings_are_not_among_mine(session):
    counter, other = make_counter(session), make_unit(session)
    tally(session, counter, MONDAY, high=6)

    assert list_new_ratings(session, offices_of([other.id]), MONDAY + WEEK) == []


def test_comments_are_counted_with_the_batch_that_they_came_with(session):
    counter = make_counter(session)
    for week, high, comments in ((MONDAY, 6, 2), (MONDAY + WEEK, 3, 1)):
        tally(session, counter, week, high=high)
        session.add(
            OptionTally(
                counter_id=counter.id,
                week=week,
                channel=Channel.OPEN.value,
                rating_class=RatingClass.FIRST.value,
                item=COMMENT,
                option=WRITTEN,
                count=comments,
            )
        )
    session.flush()

    found = found_for(session, counter, MONDAY + 2 * WEEK)

    assert count_released_comments(session, found) == {(counter.id, MONDAY): 2}
    assert count_released_comments(session, []).total() == 0


def test_all_batches_together_are_the_figures_of_the_counter(session):
    counter = make_counter(session)
    for week, n in enumerate([3, 4, 1, 7, 2, 5, 6, 1, 9]):
        tally(session, counter, MONDAY + week * WEEK, low=1, high=n)
    today = MONDAY + 9 * WEEK

    found = found_for(session, counter, today)
    card = cards_by_counter(session, [counter], today)[counter.id]

    assert (sum(each.n for each in found), sum(each.satisfied for each in found)) == (card.n, card.satisfied)


def test_many_offices_cost_one_statement_as_one_does(session, count_queries):
    unit = make_unit(session)
    for _ in range(4):
        counter = make_counter(session, office=make_office(session, unit=unit))
        tally(session, counter, MONDAY, high=6)
    count_queries.clear()

    found = list_new_ratings(session, offices_of([unit.id]), MONDAY + WEEK)

    assert (len(found), len(count_queries)) == (4, 1)


batches = st.lists(
    st.builds(
        lambda back, length, counts: NewRatings(
            1, 1, tuple(MONDAY - WEEK * (back + step) for step in range(length, 0, -1)), counts
        ),
        st.integers(0, 20),
        st.integers(1, 4),
        st.tuples(*[st.integers(1, 9)] * 5),
    )
)


@given(batches)
def test_periods_side_by_side_hold_each_batch_once_and_whole(found):
    periods = [group_of(found, MONDAY - 4 * step * WEEK) for step in range(8)]

    assert sum(each.n for each in periods) == sum(each.n for each in found)
    assert all(each.n == 0 or each.n >= 5 for each in periods)


@given(batches)
def test_a_course_ends_with_the_present_period(found):
    course = course_of(found, MONDAY)

    assert len(course) == COURSE
    assert course[-1] == group_of(found, MONDAY, 1)


def test_a_batch_never_crosses_a_month(session):
    counter = make_counter(session)
    for week in range(10):
        tally(session, counter, MONDAY + week * WEEK, high=2)

    found = found_for(session, counter, MONDAY + 10 * WEEK)

    assert found
    assert set(Count(len({month_of(week) for week in each.weeks}) for each in found)) == {1}
