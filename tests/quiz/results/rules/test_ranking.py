"""Standings: the order of entries, and the criterion that decides each pair."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.entry import EntryColumns, EntryValue
from quiz.contest.rules.presets import PRESETS, Criterion, Key
from quiz.results.rules.blocs import parts_of
from quiz.results.rules.ranking import Gap, GuessedNumber, Standing, as_target, gap, rank, rank_columns

LAM_BINH = PRESETS["lam-binh"].order
VCNET = PRESETS["vcnet"].order
SMALL = st.integers(0, 3)
ENTRIES = st.lists(
    st.builds(
        EntryValue,
        ref=st.uuids().map(str),
        correct=SMALL,
        duration_ms=st.none() | st.integers(0, 4000),
        guess=st.none() | SMALL,
        submitted_ms=st.none() | st.integers(0, 4000),
    ),
    max_size=12,
)
ORDERS = st.permutations([Key(c, b) for c, b in zip(Criterion, (1, 1000, 1, 1000), strict=True)]).flatmap(
    lambda keys: st.integers(1, 4).map(lambda n: keys[:n])
)
TARGETS = st.none() | SMALL


def entry(
    ref: str = "a", *, correct: int = 10, ms: int | None = 60_000, guess: int | None = 500, at: int | None = 0
) -> EntryValue:
    return EntryValue(ref, correct, ms, guess, at)


def ranks(standings: list[Standing]) -> list[tuple[int, str]]:
    return [(one.rank, one.entry.ref) for one in standings]


def test_more_right_answers_win_before_anything_else() -> None:
    slow, fast = entry("slow", correct=10, ms=900_000), entry("fast", correct=9, ms=60_000)

    assert ranks(rank([fast, slow], LAM_BINH, 500)) == [(1, "slow"), (2, "fast")]


def test_shorter_time_wins_when_scores_tie() -> None:
    slow, fast = entry("slow", ms=62_000, guess=500), entry("fast", ms=61_000, guess=0)

    assert ranks(rank([slow, fast], LAM_BINH, 500)) == [(1, "fast"), (2, "slow")]


def test_closer_guess_wins_when_score_and_time_tie() -> None:
    far, close = entry("far", ms=60_001, guess=480), entry("close", ms=60_999, guess=491)

    assert ranks(rank([far, close], LAM_BINH, 489)) == [(1, "close"), (2, "far")]


def test_a_guess_as_far_above_as_below_ties() -> None:
    standings = rank([entry("b", guess=479), entry("a", guess=499)], LAM_BINH, 489)

    assert ranks(standings) == [(1, "a"), (1, "b")]
    assert [one.distance for one in standings] == [10, 10]


def test_ranks_skip_after_a_tie() -> None:
    entries = [entry("d", correct=8), entry("c", correct=9), entry("b", correct=9), entry("a", correct=10)]

    assert ranks(rank(entries, LAM_BINH, 500)) == [(1, "a"), (2, "b"), (2, "c"), (4, "d")]


def test_a_missing_time_or_guess_ranks_behind_every_known_one() -> None:
    entries = [entry("none", ms=None), entry("slow", ms=9_999_999), entry("guessless", ms=60_000, guess=None)]

    standings = rank([*entries, entry("far", ms=60_000, guess=10**9)], LAM_BINH, 1)

    assert ranks(standings) == [(1, "far"), (2, "guessless"), (3, "slow"), (4, "none")]


def test_without_a_target_guesses_break_no_ties() -> None:
    standings = rank([entry("a", guess=1), entry("b", guess=None)], LAM_BINH, None)

    assert ranks(standings) == [(1, "a"), (1, "b")]


def test_each_standing_names_the_criterion_that_put_it_below_its_neighbour() -> None:
    entries = [
        entry("a"),
        entry("b", guess=501),
        entry("c", ms=90_000),
        entry("d", correct=3),
        entry("e", correct=3),
    ]

    standings = rank(entries, LAM_BINH, 500)

    assert [one.decided_by for one in standings] == [
        None, Criterion.GUESS, Criterion.DURATION, Criterion.CORRECT, None,
    ]  # fmt: skip


def test_in_the_national_contest_the_earlier_submission_is_the_last_criterion() -> None:
    late, early = entry("late", ms=1, at=2_000), entry("early", ms=999_000, at=1_000)

    assert ranks(rank([late, early], VCNET, 500)) == [(1, "early"), (2, "late")]


def test_no_entries_give_empty_standings() -> None:
    assert rank([], LAM_BINH, 500) == []


@pytest.mark.parametrize(
    ("below", "reason"),
    [
        (entry("b", correct=7), Gap(Criterion.CORRECT, 3)),
        (entry("b", ms=63_500), Gap(Criterion.DURATION, 3_000)),
        (entry("b", guess=520), Gap(Criterion.GUESS, 20)),
        (entry("b", ms=None), None),
        (entry("b", ms=60_999), None),
    ],
)
def test_the_gap_is_the_difference_to_the_rank_above(below: EntryValue, reason: Gap | None) -> None:
    standings = rank([entry("a"), below], LAM_BINH, 500)

    assert gap(standings[0], standings[1], LAM_BINH) == reason


def test_a_gap_in_moments_is_in_milliseconds() -> None:
    first, second = rank([entry("a", at=1_000), entry("b", at=9_900)], VCNET, 500)

    assert gap(first, second, VCNET) == Gap(Criterion.SUBMITTED, 8_000)


@given(ENTRIES, ORDERS, TARGETS, st.randoms())
def test_ranking_ignores_input_order(entries: list[EntryValue], order: list[Key], target: int | None, chance) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)

    assert rank(shuffled, order, target) == rank(entries, order, target)


@given(ENTRIES, ORDERS, TARGETS)
def test_each_rank_is_one_more_than_the_number_of_better_standings(
    entries: list[EntryValue], order: list[Key], target: int | None
) -> None:
    standings = rank(entries, order, target)

    assert sorted(one.entry.ref for one in standings) == sorted(one.ref for one in entries)
    assert all(one.rank == 1 + sum(s.rank < one.rank for s in standings) for one in standings)


@given(ENTRIES, ORDERS, TARGETS)
def test_refs_never_affect_a_rank(entries: list[EntryValue], order: list[Key], target: int | None) -> None:
    renamed = [
        EntryValue(f"{99 - i}", e.correct, e.duration_ms, e.guess, e.submitted_ms) for i, e in enumerate(entries)
    ]

    before = [one.rank for one in rank(entries, order, target)]

    assert [one.rank for one in rank(renamed, order, target)] == before


@given(ENTRIES, ORDERS, TARGETS)
def test_only_the_first_and_ties_are_undecided(entries: list[EntryValue], order: list[Key], target: int | None) -> None:
    standings = rank(entries, order, target)

    for above, below in zip(standings, standings[1:], strict=False):
        assert (below.decided_by is None) == (above.rank == below.rank)


@given(ENTRIES, ORDERS, TARGETS)
def test_a_gap_fits_the_deciding_criterion(entries: list[EntryValue], order: list[Key], target: int | None) -> None:
    standings = rank(entries, order, target)

    for above, below in zip(standings, standings[1:], strict=False):
        reason = gap(above, below, order)
        assert reason is None or (reason.criterion is below.decided_by and reason.amount > 0)


def test_a_gap_in_right_answers_is_counted_in_answers_whatever_bucket_the_key_names() -> None:
    order = [Key(Criterion.CORRECT, 1000)]
    first, second = rank([entry("a", correct=10), entry("b", correct=7)], order, None)

    assert gap(first, second, order) == Gap(Criterion.CORRECT, 3)


def test_the_first_and_all_tied_with_the_first_have_rank_one() -> None:
    standings = rank([entry("a"), entry("b"), entry("c", correct=9)], LAM_BINH, 500)

    assert [one.rank for one in standings] == [1, 1, 3]


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 10_000), min_size=1),
    st.integers(1, 10**6).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people))),
    st.integers(0, 2),
)
def test_guessed_percentages_are_ordered_exactly_as_fractions_are(guesses, share, decimals):
    right, people = share
    order, truth = (Key(Criterion.GUESS),), Fraction(100 * right, people)
    entries = [entry(name, guess=guess) for name, guess in guesses.items()]

    standings = rank(entries, order, GuessedNumber(right, people, 100 * 10**decimals))

    apart = {name: abs(Fraction(guess, 10**decimals) - truth) for name, guess in guesses.items()}
    expected = {name: 1 + sum(other < mine for other in apart.values()) for name, mine in apart.items()}
    assert {one.entry.ref: one.rank for one in standings} == expected
    assert all(Fraction(one.distance, people * 10**decimals) == apart[one.entry.ref] for one in standings)


@given(ENTRIES, ORDERS, TARGETS, st.data())
def test_each_bloc_is_ranked_as_if_it_were_alone(entries, order, target, data) -> None:
    blocs = st.none() if data.draw(st.booleans()) else st.integers(1, 3)
    mine = [replace(each, bloc=data.draw(blocs)) for each in entries]

    standings = rank_columns(EntryColumns.of(mine), order, as_target(target))

    alone = [rank([each for each in mine if each.bloc == bloc], order, target) for bloc in (None, 1, 2, 3)]
    assert list(standings) == [line for lines in alone for line in lines]
    assert [(bloc, len(lines)) for bloc, lines in standings.parts] == [
        (lines[0].entry.bloc, len(lines)) for lines in alone if lines
    ]
    assert [part.people for part in parts_of(standings, 3)] == [len(lines) for lines in alone[1:] if lines]
