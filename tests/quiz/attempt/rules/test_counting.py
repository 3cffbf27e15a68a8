"""Which attempt counts, whose guess binds, and what a person adds to the tally."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.counting import (
    PersonCount,
    SubmittedAttempt,
    bound_guess,
    count_person,
    counted,
    growth,
    is_better,
)
from quiz.attempt.rules.entry import EntryValue
from quiz.contest.rules.presets import PRESETS, Counts, GuessBinds

EARLY_POOR = EntryValue("1", 7, 60_000, 100, 1_000)
LATE_GOOD = EntryValue("2", 9, 60_000, 200, 2_000)
LATER_GOOD = EntryValue("3", 9, 30_000, 300, 3_000)
ATTEMPTS = st.lists(
    st.builds(EntryValue, st.text(max_size=2), st.integers(0, 3), st.none(), st.none(), st.none() | st.integers(0, 5)),
    min_size=1,
    max_size=6,
)


def test_the_first_attempt_counts_however_poor() -> None:
    assert counted([LATE_GOOD, EARLY_POOR], Counts.FIRST) == EARLY_POOR


def test_the_most_correct_attempt_counts_and_of_those_the_earliest() -> None:
    assert counted([LATER_GOOD, EARLY_POOR, LATE_GOOD], Counts.BEST) == LATE_GOOD


def test_an_equal_attempt_does_not_replace_the_one_before_it() -> None:
    twin = EntryValue("9", 9, 10_000, 900, 2_000)

    assert not is_better(twin, LATE_GOOD, Counts.BEST)
    assert counted([LATE_GOOD, twin], Counts.BEST) == LATE_GOOD


def test_an_attempt_without_a_time_is_the_last() -> None:
    timeless = EntryValue("0", 9, None, None, None)

    assert counted([timeless, LATE_GOOD], Counts.BEST) == LATE_GOOD


def test_no_attempts_give_no_entry() -> None:
    with pytest.raises(ValueError, match="no entry"):
        counted([], Counts.BEST)


def test_the_first_guess_binds_even_when_a_later_attempt_counts() -> None:
    assert bound_guess([LATE_GOOD, EARLY_POOR], LATE_GOOD, GuessBinds.FIRST) == 100


def test_the_guess_of_the_counted_attempt_binds_where_the_rules_say_so() -> None:
    assert bound_guess([LATE_GOOD, EARLY_POOR], LATE_GOOD, GuessBinds.COUNTED) == 200


@given(ATTEMPTS, st.sampled_from(Counts))
def test_no_attempt_is_better_than_the_counted_one(attempts: list[EntryValue], counts: Counts) -> None:
    chosen = counted(attempts, counts)

    assert not any(is_better(one, chosen, counts) for one in attempts)


MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)
BEST, FIRST = PRESETS["vcnet"], PRESETS["lam-binh"]


def submitted(entry: EntryValue, day: date, order: int = 0) -> SubmittedAttempt:
    return SubmittedAttempt(entry, day, order)


def test_turns_stand_on_their_days_the_person_on_the_first_a_perfect_entry_on_its_own() -> None:
    attempts = [submitted(LATER_GOOD, TUESDAY), submitted(LATE_GOOD, TUESDAY), submitted(EARLY_POOR, MONDAY)]

    found = count_person(attempts, BEST, 9)

    assert found.entry == LATE_GOOD
    assert found.days == {MONDAY: (1, 1, 0), TUESDAY: (2, 0, 1)}


def test_an_entry_with_a_mistake_is_not_perfect() -> None:
    assert count_person([submitted(LATE_GOOD, MONDAY)], BEST, 10).days == {MONDAY: (1, 1, 0)}


def test_where_the_first_attempt_counts_a_better_one_later_adds_a_turn_alone() -> None:
    found = count_person([submitted(LATE_GOOD, TUESDAY), submitted(EARLY_POOR, MONDAY)], FIRST, 9)

    assert found.entry == EARLY_POOR
    assert found.days == {MONDAY: (1, 1, 0), TUESDAY: (1, 0, 0)}


def test_of_attempts_at_one_moment_the_one_that_was_stored_first_counts() -> None:
    one, other = (EntryValue(ref, 9, None, guess, 0) for ref, guess in (("1", 5), ("2", 6)))

    found = count_person([submitted(other, MONDAY, 2), submitted(one, MONDAY, 1)], BEST, 9)

    assert (found.entry, found.guess) == (one, 5)


def count(**days: tuple[int, int, int]) -> PersonCount:
    return PersonCount(EARLY_POOR, 1, {date(2026, 6, int(day[1:])): amounts for day, amounts in days.items()})


def test_what_grows_is_the_difference_of_each_day_and_a_day_that_stays_is_left_out() -> None:
    before, after = count(d1=(1, 1, 1), d2=(1, 0, 0), d3=(1, 0, 0)), count(d1=(1, 1, 0), d2=(1, 0, 0), d4=(2, 0, 1))

    grown = growth(before, after)

    assert list(grown.items()) == [
        (date(2026, 6, 1), (0, 0, -1)),
        (date(2026, 6, 3), (-1, 0, 0)),
        (date(2026, 6, 4), (2, 0, 1)),
    ]


def test_a_person_comes_and_goes_with_all_that_they_count() -> None:
    assert growth(None, count(d1=(2, 1, 1))) == {MONDAY: (2, 1, 1)}
    assert growth(count(d1=(2, 1, 1)), None) == {MONDAY: (-2, -1, -1)}
    assert growth(None, None) == {}
