"""Which attempt counts, and which guess binds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.counting import bound_guess, counted, is_better
from quiz.attempt.rules.entry import EntryValue
from quiz.contest.rules.presets import Counts, GuessBinds

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
