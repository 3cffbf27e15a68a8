"""Prizes: their distribution, and the cases for the draw."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.attempt.rules.entry import EntryValue
from quiz.contest.rules.presets import PRESETS, Ties
from quiz.contest.rules.prizes import Tier
from quiz.results.rules.prizes import Award, award, forgone, left_over
from quiz.results.rules.ranking import Standing, rank

FIRST, SECOND, THIRD = Tier("Giải Nhất", 1), Tier("Giải Nhì", 2), Tier("Giải Ba", 3)


def standings(*scores: int) -> list[Standing]:
    """Return standings of people a, b, c … with these scores and no other difference."""
    entries = [EntryValue(chr(97 + i), score, None, None, None) for i, score in enumerate(scores)]
    return rank(entries, PRESETS["guess"].order, None)


def awarded(awards: list[Award]) -> list[tuple[str, str | None]]:
    return [(one.standing.entry.ref, one.tier.name if one.tier else None) for one in awards]


def test_one_right_answer_can_win_and_none_can_not() -> None:
    assert awarded(award(standings(1, 0), [FIRST, SECOND], Ties.SHARE)) == [("a", "Giải Nhất")]


def test_prizes_go_down_the_standings_tier_after_tier() -> None:
    awards = award(standings(9, 8, 7, 6), [FIRST, SECOND], Ties.SHARE)

    assert awarded(awards) == [("a", "Giải Nhất"), ("b", "Giải Nhì"), ("c", "Giải Nhì")]


def test_everyone_in_a_tie_gets_the_prize_it_starts_in() -> None:
    awards = award(standings(9, 9, 9, 6, 5), [FIRST, SECOND, THIRD], Ties.SHARE)

    assert awarded(awards) == [
        ("a", "Giải Nhất"), ("b", "Giải Nhất"), ("c", "Giải Nhất"), ("d", "Giải Ba"), ("e", "Giải Ba"),
    ]  # fmt: skip


def test_a_tie_across_a_prize_boundary_waits_for_the_draw_as_a_whole() -> None:
    awards = award(standings(9, 8, 8, 8, 7), [FIRST, SECOND], Ties.DRAW)

    assert awarded(awards) == [("a", "Giải Nhất"), ("b", None), ("c", None), ("d", None)]
    assert [one.needs_draw for one in awards] == [False, True, True, True]


def test_a_tie_inside_one_tier_needs_no_draw() -> None:
    awards = award(standings(9, 8, 8), [FIRST, SECOND], Ties.DRAW)

    assert awarded(awards) == [("a", "Giải Nhất"), ("b", "Giải Nhì"), ("c", "Giải Nhì")]


def test_a_tie_that_spans_two_prizes_needs_the_draw() -> None:
    awards = award(standings(9, 9, 9), [FIRST, SECOND], Ties.DRAW)

    assert all(one.needs_draw and one.tier is None for one in awards)


def test_the_next_one_moves_up_when_a_winner_steps_aside() -> None:
    awards = award(standings(9, 8, 7), [FIRST], Ties.SHARE, passed={"a"})

    assert awarded(awards) == [("b", "Giải Nhất")]


def test_no_right_answer_wins_no_prize() -> None:
    assert award(standings(0, 0), [FIRST, SECOND], Ties.SHARE) == []


def at_moments(*moments: int | None) -> list[Standing]:
    """Return exact ties of people a, b, c … who submitted at these milliseconds."""
    entries = [EntryValue(chr(97 + i), 9, None, None, moment) for i, moment in enumerate(moments)]
    return rank(entries, PRESETS["guess"].order, None)


def test_a_tie_within_the_declared_number_shares_its_prize() -> None:
    awards = award(at_moments(5, 4, 3), [FIRST, SECOND], Ties.SHARE, most=3)

    assert awarded(awards) == [("a", "Giải Nhất"), ("b", "Giải Nhất"), ("c", "Giải Nhất")]


def test_a_larger_tie_is_ordered_by_the_earlier_submission() -> None:
    awards = award(at_moments(5, 4, 3, 2), [FIRST, SECOND], Ties.SHARE, most=3)

    assert awarded(awards) == [("d", "Giải Nhất"), ("c", "Giải Nhì"), ("b", "Giải Nhì")]


def test_a_tie_may_always_fill_the_quantity_of_its_prize() -> None:
    awards = award(at_moments(5, 4, 3), [THIRD], Ties.SHARE, most=1)

    assert awarded(awards) == [("a", "Giải Ba"), ("b", "Giải Ba"), ("c", "Giải Ba")]


def test_those_who_submitted_at_the_same_moment_wait_for_the_draw() -> None:
    awards = award(at_moments(2, 1, 2, 2), [FIRST, SECOND], Ties.SHARE, most=2)

    assert awarded(awards) == [("b", "Giải Nhất"), ("a", None), ("c", None), ("d", None)]


def test_a_paper_without_a_moment_is_behind_those_with_one() -> None:
    awards = award(at_moments(None, 7), [FIRST], Ties.SHARE, most=1)

    assert awarded(awards) == [("b", "Giải Nhất")]


def test_three_hundred_in_a_tie_are_no_more_winners_than_there_are_prizes() -> None:
    entries = [EntryValue(f"{each:03}", 9, 0, 300, each) for each in range(300)]

    awards = award(rank(entries, PRESETS["guess"].order, 300), [FIRST, SECOND, THIRD], Ties.SHARE, most=3)

    assert [one.standing.entry.ref for one in awards] == ["000", "001", "002", "003", "004", "005"]


def test_a_negative_number_of_prizes_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Tier("Giải Nhất", -1)


SCORES = st.lists(st.integers(0, 4), max_size=10)
TIERS = st.lists(st.builds(Tier, st.sampled_from(["Nhất", "Nhì", "Ba"]), st.integers(0, 3)), max_size=3)


@given(SCORES, TIERS, st.sampled_from(Ties), st.sets(st.sampled_from("abcdef")))
def test_awards_are_fair(scores: list[int], tiers: list[Tier], ties: Ties, passed: set[str]) -> None:
    awards = award(standings(*scores), tiers, ties, passed)

    refs = [one.standing.entry.ref for one in awards]
    assert len(set(refs)) == len(refs) and not passed & set(refs)
    assert all(one.standing.entry.correct > 0 for one in awards)
    assert all((one.tier is None) == one.needs_draw for one in awards)
    outcomes: dict[int, set[tuple[Tier | None, bool]]] = {}
    for one in awards:
        outcomes.setdefault(one.standing.rank, set()).add((one.tier, one.needs_draw))
    assert all(len(group) == 1 for group in outcomes.values())


@given(SCORES, TIERS)
def test_with_draws_no_prize_is_given_twice(scores: list[int], tiers: list[Tier]) -> None:
    awards = award(standings(*scores), tiers, Ties.DRAW)

    assert sum(1 for one in awards if one.tier) <= sum(tier.quantity for tier in tiers)


def test_a_person_not_reached_forgoes_the_prize_they_were_in_line_for() -> None:
    missed = forgone(standings(9, 8, 7, 6, 5), [FIRST, SECOND], Ties.SHARE, {"b", "d"})

    assert {ref: each.tier for ref, each in missed.items()} == {"b": SECOND, "d": SECOND}


def test_a_person_not_reached_who_is_below_the_prizes_forgoes_none() -> None:
    assert forgone(standings(9, 8, 7, 6, 5), [FIRST, SECOND], Ties.SHARE, {"d", "e"}) == {}
    assert forgone(standings(9, 8, 7), [FIRST, SECOND], Ties.SHARE, set()) == {}


@given(st.lists(st.integers(0, 5), max_size=12), st.sets(st.sampled_from("abcdefghijkl")), st.sampled_from(list(Ties)))
def test_the_prizes_are_the_same_without_those_who_forgo_none(scores: list[int], passed: set[str], ties: Ties) -> None:
    ranked, tiers = standings(*sorted(scores, reverse=True)), [FIRST, SECOND]

    missed = set(forgone(ranked, tiers, ties, passed))

    assert missed <= passed
    assert award(ranked, tiers, ties, missed) == award(ranked, tiers, ties, passed)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=10), TIERS, st.integers(1, 4))
def test_no_tier_is_shared_by_more_than_declared(papers: list[tuple[int, int]], tiers: list[Tier], most: int) -> None:
    entries = [EntryValue(chr(97 + i), score, None, None, moment) for i, (score, moment) in enumerate(papers)]
    awards = award(rank(entries, PRESETS["guess"].order, None), tiers, Ties.SHARE, most=most)

    given_to = [one.tier for one in awards if one.tier]
    assert all(sum(tier is each for tier in given_to) <= max(most, each.quantity) for each in tiers)
    assert [one.standing.rank for one in awards] == sorted(one.standing.rank for one in awards)


def test_the_last_prizes_are_left_over_where_fewer_people_win_or_share_a_higher_one() -> None:
    tiers = [FIRST, SECOND, THIRD]

    assert left_over(tiers, 6) == []
    assert left_over(tiers, 2) == [("Giải Nhì", 1), ("Giải Ba", 3)]
