"""A round from a sheet: turns, people, all-correct entries, turnout, standings."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.entry import EntryValue
from quiz.attempt.rules.sheet_paper import SheetPaper
from quiz.contest.rules.presets import PRESETS, Counts, GuessBinds
from quiz.results.rules.sheet_round import SheetTurnout, decide

ONE_TRY, MANY_TRIES = PRESETS["lam-binh"], PRESETS["vcnet"]


def paper(
    ref: str, *, who: str = "a", unit: str = "xuan lap", correct: int = 10, guess: int = 0, at: int | None = None
) -> SheetPaper:
    return SheetPaper((who,), unit, EntryValue(ref, correct, 60_000, guess, at))


def test_with_one_try_the_earliest_counts_and_the_rest_are_refused() -> None:
    late, early = paper("1", at=2_000), paper("2", at=1_000)

    outcome = decide([late, early], ONE_TRY, 10)

    assert (outcome.turns, outcome.people, outcome.refused) == (1, 1, [late])


def test_without_times_the_first_row_counts() -> None:
    outcome = decide([paper("1", correct=3), paper("2", correct=10)], ONE_TRY, 10)

    assert [one.entry.ref for one in outcome.standings] == ["1"]


def test_with_unlimited_tries_each_is_a_turn_and_the_best_counts() -> None:
    outcome = decide([paper("1", correct=3, at=1), paper("2", correct=10, at=2)], MANY_TRIES, 10)

    assert (outcome.turns, outcome.people, outcome.right) == (2, 1, 1)
    assert [one.entry.ref for one in outcome.standings] == ["2"]


def test_a_limit_of_two_tries_refuses_the_third() -> None:
    papers = [paper(str(n), at=n) for n in (1, 2, 3)]

    outcome = decide(papers, replace(MANY_TRIES, tries=2), 10)

    assert [one.entry.ref for one in outcome.refused] == ["3"]


def test_the_target_is_the_number_of_people_with_all_answers_right() -> None:
    papers = [paper("1", who="a", guess=2), paper("2", who="b", guess=9), paper("3", who="c", correct=9)]

    outcome = decide(papers, ONE_TRY, 10)

    assert outcome.right == 2
    assert [one.distance for one in outcome.standings] == [0, 7, 2]


def test_turns_count_rows_and_people_count_entries() -> None:
    papers = [paper("1", unit="phuc yen", correct=5), paper("2", correct=9), paper("3", who="b")]

    outcome = decide(papers, MANY_TRIES, 10)

    assert outcome.turnout == [SheetTurnout("xuan lap", 2, 2), SheetTurnout("phuc yen", 1, 0)]
    assert [one.entry.ref for one in outcome.moved] == ["1"]


def test_the_first_guess_is_ranked_with_the_attempt_that_counts_where_the_rules_bind_it() -> None:
    papers = [paper("1", correct=5, guess=1, at=1), paper("2", correct=10, guess=9, at=2)]

    outcomes = [decide(papers, replace(MANY_TRIES, guess_binds=binds), 10) for binds in GuessBinds]

    found = {(one.entry.ref, one.entry.guess) for outcome in outcomes for one in outcome.standings}
    assert found == {("2", 1), ("2", 9)}


def test_where_the_first_of_many_tries_counts_it_is_ranked() -> None:
    papers = [paper("1", correct=5, at=1), paper("2", correct=10, at=2)]

    outcome = decide(papers, replace(MANY_TRIES, counts=Counts.FIRST), 10)

    assert [one.entry.ref for one in outcome.standings] == ["1"]


def test_all_right_of_one_question_is_right_and_of_none_is_not() -> None:
    assert decide([paper("1", correct=1)], ONE_TRY, 1).right == 1
    assert decide([paper("1", correct=0)], ONE_TRY, 0).right == 0


def test_of_units_with_as_many_turns_the_one_with_more_people_stands_first_then_by_name() -> None:
    papers = [
        paper("1", who="a", unit="b"),
        paper("2", who="a", unit="b"),
        paper("3", who="c", unit="c"),
        paper("4", who="d", unit="c"),
        paper("5", who="e", unit="a"),
        paper("6", who="f", unit="a"),
    ]

    outcome = decide(papers, MANY_TRIES, 10)

    assert outcome.turnout == [SheetTurnout("a", 2, 2), SheetTurnout("c", 2, 2), SheetTurnout("b", 2, 1)]


def test_no_papers_give_zeros() -> None:
    outcome = decide([], ONE_TRY, 10)

    assert (outcome.turns, outcome.people, outcome.right, outcome.turnout, outcome.standings) == (0, 0, 0, [], [])


PAPERS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.integers(0, 2), st.none() | st.integers(0, 9)),
    max_size=10,
).map(lambda rows: [paper(f"{n:02}", who=w, unit=u, correct=c, at=t) for n, (w, u, c, t) in enumerate(rows)])


@given(PAPERS, st.sampled_from(sorted(PRESETS)), st.randoms())
def test_the_outcome_ignores_the_order_of_rows(papers: list[SheetPaper], preset: str, chance) -> None:
    shuffled = list(papers)
    chance.shuffle(shuffled)

    one, other = decide(papers, PRESETS[preset], 2), decide(shuffled, PRESETS[preset], 2)

    assert (one.standings, one.turnout, one.right) == (other.standings, other.turnout, other.right)


@given(PAPERS, st.sampled_from(sorted(PRESETS)))
def test_units_add_up_to_the_whole(papers: list[SheetPaper], preset: str) -> None:
    outcome = decide(papers, PRESETS[preset], 2)

    assert sum(line.turns for line in outcome.turnout) == outcome.turns == len(papers) - len(outcome.refused)
    assert sum(line.people for line in outcome.turnout) == outcome.people == len(outcome.standings)
