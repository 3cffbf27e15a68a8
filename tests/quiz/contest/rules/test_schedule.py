"""When a round is open, and what its board may show."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.contest.rules.schedule import Phase, Span, held_day, last_shown_day, phase, weekly

SPAN = weekly(date(2023, 6, 5), 1)[0]
MS = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (SPAN.opens_at - MS, Phase.UPCOMING),
        (SPAN.opens_at, Phase.OPEN),
        (SPAN.closes_at - MS, Phase.OPEN),
        (SPAN.closes_at, Phase.ENDED),
    ],
)
def test_a_round_is_open_half_open(now, expected):
    assert phase(SPAN, None, None, now) is expected


def test_a_publication_waits_for_its_hour():
    noon = SPAN.results_at

    assert phase(SPAN, SPAN.closes_at, noon, noon - MS) is Phase.CLOSED
    assert phase(SPAN, SPAN.closes_at, noon, noon) is Phase.PUBLISHED


def test_lam_binh_ran_eight_weeks_from_monday_to_sunday():
    spans = weekly(date(2023, 6, 5), 8)

    assert spans[0].opens_at == datetime(2023, 6, 4, 17, tzinfo=UTC)
    assert spans[7].closes_at == datetime(2023, 7, 30, 17, tzinfo=UTC)
    assert spans[0].results_at == datetime(2023, 6, 12, 5, tzinfo=UTC)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 60))
def test_weeks_follow_each_other_without_gap_or_overlap(first, weeks):
    spans = weekly(first, weeks)

    assert all(earlier.closes_at == later.opens_at for earlier, later in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        (SPAN.opens_at + timedelta(hours=9), date(2023, 6, 4)),
        (SPAN.opens_at + timedelta(days=2, hours=9), date(2023, 6, 6)),
        (SPAN.opens_at + timedelta(days=5, hours=23), date(2023, 6, 9)),
        (SPAN.opens_at + timedelta(days=6), date(2023, 6, 9)),
        (SPAN.closes_at - MS, date(2023, 6, 9)),
        (SPAN.closes_at, date(2023, 6, 11)),
    ],
)
def test_a_board_shows_finished_days_and_freezes_on_the_last(now, shown):
    assert last_shown_day(SPAN, now) == shown


@given(st.integers(0, 7 * 86_400_000 - 1))
def test_an_open_board_never_shows_the_present_day(ms):
    now = SPAN.opens_at + ms * MS

    assert last_shown_day(SPAN, now) < (now + timedelta(hours=7)).date()


def test_a_round_of_one_day_shows_nothing_while_it_is_open():
    span = Span(SPAN.opens_at, SPAN.opens_at + timedelta(days=1), SPAN.opens_at + timedelta(days=2))

    assert last_shown_day(span, span.opens_at + timedelta(hours=3)) < date(2023, 6, 5)


def test_a_round_that_closes_with_the_first_millisecond_of_a_day_reaches_into_that_day():
    span = replace(SPAN, closes_at=SPAN.closes_at + MS)

    assert last_shown_day(SPAN, span.closes_at) == date(2023, 6, 11)
    assert last_shown_day(span, span.closes_at) == date(2023, 6, 12)


@given(st.integers(1, 7 * 86_400_000 - 1), st.integers(1, 10 * 86_400_000), st.integers(0, 17 * 86_400_000))
def test_prolonging_uncovers_no_day_that_was_hidden(moved, longer, later):
    now, after = SPAN.opens_at + moved * MS, replace(SPAN, closes_at=SPAN.closes_at + longer * MS)
    hidden = last_shown_day(SPAN, now) < (now + timedelta(hours=7)).date() - timedelta(days=1)
    at = min(now + later * MS, after.closes_at - MS)

    held = held_day(SPAN, after, now)

    assert (held is not None) == hidden
    if hidden:
        assert last_shown_day(after, at, held) == last_shown_day(SPAN, now)
        assert held_day(after, replace(after, closes_at=after.closes_at + MS), at, held) == held
    assert last_shown_day(after, after.closes_at, held) == (after.closes_at - MS + timedelta(hours=7)).date()
