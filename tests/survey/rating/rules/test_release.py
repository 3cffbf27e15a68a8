"""The release of weeks of ratings."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.values.week import month_of
from survey.rating.rules.classes import Sightings, classify
from survey.rating.rules.release import WeekDevices, give_away, is_first_week, released_batches, shown_weeks

JUNE = [date(2026, 6, 1) + timedelta(weeks=week) for week in range(4)]
FIRST = date(2026, 1, 5)
COUNTS = st.lists(st.integers(0, 9), max_size=30).map(
    lambda counts: {FIRST + timedelta(weeks=week): count for week, count in enumerate(counts)}
)


def test_a_week_of_five_is_shown_after_it_ends():
    counts = {JUNE[0]: 5}

    assert shown_weeks(counts, JUNE[0]) == frozenset()
    assert shown_weeks(counts, JUNE[1]) == {JUNE[0]}


@pytest.mark.parametrize(
    ("begun_on", "is_first"),
    [(None, True), (date(2026, 6, 7), False), (date(2026, 6, 8), True), (date(2026, 6, 12), True)],
)
def test_a_first_week_lasts_until_its_sunday_and_hangs_on_the_calendar_alone(begun_on, is_first):
    assert is_first_week(begun_on, date(2026, 6, 8)) is is_first


def test_thin_weeks_are_gathered_until_they_hold_five():
    counts = {JUNE[0]: 2, JUNE[1]: 2, JUNE[2]: 1, JUNE[3]: 4}

    assert shown_weeks(counts, JUNE[2]) == frozenset()
    assert shown_weeks(counts, JUNE[3] + timedelta(weeks=1)) == set(JUNE[:3])


def test_a_month_keeps_its_own_gathering():
    counts = {JUNE[3]: 4, JUNE[3] + timedelta(weeks=1): 4}

    assert shown_weeks(counts, JUNE[3] + timedelta(weeks=5)) == frozenset()


def test_no_ratings_show_no_weeks():
    assert shown_weeks({}, JUNE[0]) == frozenset()


def test_a_week_that_begins_on_another_day_is_refused():
    with pytest.raises(ValueError, match="Monday"):
        shown_weeks({date(2026, 6, 2): 5}, JUNE[3])


@given(COUNTS, st.integers(0, 32), st.integers(0, 32))
def test_two_figures_of_one_month_are_equal_or_five_apart(counts, one, other):
    earlier, later = sorted((FIRST + timedelta(weeks=one), FIRST + timedelta(weeks=other)))
    gained = shown_weeks(counts, later) - shown_weeks(counts, earlier)

    for month in {month_of(week) for week in gained}:
        assert sum(counts[week] for week in gained if month_of(week) == month) >= 5


@given(COUNTS, st.integers(0, 32))
def test_a_shown_week_stays_shown_and_the_present_week_is_not_shown(counts, week):
    now = FIRST + timedelta(weeks=week)

    shown = shown_weeks(counts, now)

    assert shown <= shown_weeks(counts, now + timedelta(weeks=1))
    assert all(each < now for each in shown)


def test_a_few_more_ratings_in_a_shown_month_would_reveal_a_person():
    seen, now = {JUNE[0]: 5, JUNE[1]: 2}, JUNE[3] + timedelta(weeks=2)

    assert give_away(seen, {JUNE[0]: 1}, now) == {date(2026, 6, 1)}
    assert give_away(seen, {JUNE[0]: 5}, now) == frozenset()
    assert give_away(seen, {JUNE[1]: 2}, now) == frozenset()
    assert give_away({JUNE[0]: 3, JUNE[1]: 2}, {JUNE[0]: 5}, now) == {date(2026, 6, 1)}, "the second week would vanish"
    assert give_away({}, {JUNE[0]: 4}, now) == frozenset()


def test_what_is_added_is_counted_over_the_month_and_with_what_is_seen_for_the_first_time():
    now = JUNE[3] + timedelta(weeks=2)

    assert give_away({JUNE[1]: 5}, {JUNE[0]: 4}, now) == {date(2026, 6, 1)}
    assert give_away({JUNE[0]: 5, JUNE[1]: 5}, {JUNE[0]: 3, JUNE[1]: 3}, now) == frozenset()
    assert give_away({}, {JUNE[0]: 5}, now) == frozenset()


def test_the_present_week_takes_as_few_as_come():
    assert give_away({JUNE[0]: 5, JUNE[1]: 5}, {JUNE[1]: 1}, JUNE[1]) == frozenset()


@given(COUNTS, COUNTS)
def test_safe_additions_change_a_month_by_none_or_at_least_five(before, added):
    now = FIRST + timedelta(weeks=40)
    away = give_away(before, added, now)
    safe = {week: count for week, count in added.items() if month_of(week) not in away}
    after = {week: before.get(week, 0) + safe.get(week, 0) for week in before.keys() | safe.keys()}
    seen, will_be_seen = shown_weeks(before, now), shown_weeks(after, now)

    moved = {month_of(week): 0 for week in after}
    for week in will_be_seen:
        moved[month_of(week)] += after[week] - (before[week] if week in seen else 0)
    assert seen <= will_be_seen
    assert all(count == 0 or count >= 5 for count in moved.values())


def test_five_ratings_of_four_devices_wait_for_a_fifth():
    counts = {JUNE[0]: 5, JUNE[1]: 1, JUNE[2]: 5}

    assert shown_weeks(counts, JUNE[1], {JUNE[0]: WeekDevices(4)}) == frozenset()
    assert shown_weeks(counts, JUNE[1], {JUNE[0]: WeekDevices(2, 3)}) == {JUNE[0]}
    devices = {JUNE[0]: WeekDevices(4), JUNE[1]: WeekDevices(1), JUNE[2]: WeekDevices(5)}
    assert released_batches(counts, JUNE[3], devices) == [(JUNE[0], JUNE[1]), (JUNE[2],)]


def test_a_device_that_is_back_is_no_other_device_of_the_batch():
    counts, devices = {JUNE[0]: 4, JUNE[1]: 2}, {JUNE[0]: WeekDevices(4), JUNE[1]: WeekDevices(0, 2)}

    assert shown_weeks(counts, JUNE[2], devices) == frozenset()


def test_a_clerk_who_returns_each_week_releases_no_citizens_rating():
    clerk = {
        JUNE[0]: WeekDevices(1),
        JUNE[1]: WeekDevices(0, 1),
        JUNE[2]: WeekDevices(0, 1),
        JUNE[3]: WeekDevices(1, 1),
    }

    assert shown_weeks(dict(zip(JUNE, (1, 1, 1, 2), strict=True)), JUNE[3] + timedelta(weeks=3), clerk) == frozenset()


PHONES = st.lists(st.tuples(st.integers(0, 27), st.sampled_from("abcdefgh")), max_size=40)
"""Ratings of one month's counter: the day, and the phone that sends it."""


def sent(ratings):
    """Return the ratings, the devices as classes give them, and the phones of each week."""
    counts, devices, phones, seen = {}, {}, {}, {}
    for day, phone in sorted(ratings):
        today = JUNE[0] + timedelta(days=day)
        week = JUNE[day // 7]
        days = seen.setdefault(phone, [])
        weeks = [day - timedelta(days=day.weekday()) for day in (*days, today)]
        was_there = week - timedelta(weeks=1) in weeks
        of_device, in_week = [*days, today].count(today), weeks.count(week)
        kind = classify(Sightings(of_device=of_device, in_week=in_week, was_there=was_there), week)
        new, back = devices.get(week, WeekDevices(0))
        devices[week] = WeekDevices(new + (kind == "first"), back + (kind == "back"))
        counts[week] = counts.get(week, 0) + 1
        phones.setdefault(week, set()).add(phone)
        days.append(today)
    return counts, devices, phones


@given(PHONES)
def test_every_batch_holds_five_ratings_and_almost_as_many_phones(ratings):
    counts, devices, phones = sent(ratings)

    for batch in released_batches(counts, JUNE[3] + timedelta(weeks=2), devices):
        assert sum(counts[week] for week in batch) >= 5
        found = set().union(*(phones[week] for week in batch))
        is_short = (batch[-1] - batch[0]).days <= 7
        assert len(found) >= (5 if is_short else 3), "a phone is known again for two weeks"


@given(PHONES)
def test_a_week_of_five_phones_is_released_by_itself(ratings):
    counts, devices, phones = sent(ratings)

    first = min(counts, default=JUNE[0])
    is_alone = (first,) in released_batches(counts, JUNE[3] + timedelta(weeks=2), devices)
    assert is_alone is (len(phones.get(first, ())) >= 5)


@given(COUNTS, st.integers(0, 32), st.data())
def test_devices_only_ever_delay_a_release(counts, week, data):
    now = FIRST + timedelta(weeks=week)
    devices = {each: WeekDevices(data.draw(st.integers(0, count))) for each, count in counts.items()}

    shown = shown_weeks(counts, now, devices)

    assert shown <= shown_weeks(counts, now + timedelta(weeks=1), devices)
    assert all(each < now for each in shown)
